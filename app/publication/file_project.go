package publication

import (
	"context"
	"strings"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/documents/blob"
	"ris/documents/pagetext"
)

// publicFile is a written file with its place in the paper.
type publicFile struct {
	id    council.ID
	role  council.FileRole
	oparl readmodel.OParlFile
}

// putFiles writes the public files of a public paper. A file is public when the rule says so of the file and of its current
// version; the bytes are those of that version alone, so an unpublished newer one changes nothing.
func (r *run) putFiles(ctx context.Context, p council.Paper) ([]publicFile, error) {
	files, err := r.source.Files(ctx, r.viewer, council.FileFilter{Paper: p.ID})
	if err != nil {
		return nil, err
	}
	var out []publicFile
	for _, f := range files {
		if !public(f.Audience) || f.Current == "" {
			continue
		}
		v, err := r.source.FileVersion(ctx, r.viewer, f.Current)
		if err != nil {
			return nil, err
		}
		if !public(v.Audience) {
			continue
		}
		o, err := r.putFile(ctx, f, v, len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, publicFile{id: f.ID, role: f.Role, oparl: o})
	}
	return out, nil
}

func (r *run) putFile(ctx context.Context, f council.File, v council.FileVersion, position int) (readmodel.OParlFile, error) {
	missing := council.E(council.Unavailable, "publication.error.rendition_missing", "name", f.Name)
	if v.Prepared.Public == "" {
		return readmodel.OParlFile{}, missing
	}
	sha512, size, err := r.model.Rendition(ctx, v.Prepared.Public)
	if err != nil && council.KindOf(err) == council.NotFound {
		return readmodel.OParlFile{}, missing.Because(err)
	}
	if err != nil {
		return readmodel.OParlFile{}, err
	}
	access := readmodel.URL("/dateien/" + string(f.ID))
	o := readmodel.OParlFile{
		Name: readmodel.Clean(f.Name), FileName: readmodel.Clean(f.FileName), MimeType: "application/pdf", Date: readmodel.Date(v.PublishedAt),
		Size: size, SHA512Checksum: sha512, AccessURL: access, DownloadURL: access + "/herunterladen",
		Paper: []readmodel.URL{readmodel.ObjectURL(readmodel.Paper, f.Paper)},
	}
	o.Web = readmodel.URL("/vorlagen/" + string(f.Paper) + "#datei-" + string(f.ID))
	if err := r.putBytes(ctx, f, v, sha512, size); err != nil {
		return o, err
	}
	links := []readmodel.Link{{Source: f.ID, Relation: readmodel.OfPaper, Target: f.Paper, Position: position}}
	err = r.put(ctx, row{id: f.ID, typ: readmodel.File, body: f.Body, links: links, head: &o.Head, oparl: &o})
	return o, err
}

// putBytes tells the portal where the bytes lie and what text they hold. The text is read again only when the version has
// changed since: it is long, and this runs inside a transaction.
func (r *run) putBytes(ctx context.Context, f council.File, v council.FileVersion, sha512 string, size int64) error {
	row := readmodel.FileRow{
		ID: f.ID, Body: f.Body, Paper: f.Paper, Version: v.ID, Revision: v.Revision, Blob: v.Prepared.Public, Size: size, SHA512: sha512,
		FileName: readmodel.Clean(f.FileName), Pages: len(v.PageSizes),
	}
	old, err := r.model.PublicFile(ctx, f.ID)
	if err != nil && council.KindOf(err) != council.NotFound {
		return err
	}
	if err == nil {
		row.Modified = old.Modified
		if row == old {
			return nil
		}
	}
	// The bytes must lie there before anything points at them: another file's withdrawal may have just taken them away.
	bytes, err := r.blobs.Open(ctx, blob.Public, row.Blob)
	if err != nil {
		return council.E(council.Unavailable, "publication.error.rendition_missing", "name", f.Name).Because(err)
	}
	_ = bytes.Close() // opened for reading only
	texts, err := r.source.Text(ctx, r.viewer, v.ID, 0)
	if err != nil && council.KindOf(err) != council.NotFound {
		return err
	}
	pages := make([]readmodel.PageRow, 0, len(texts))
	for _, t := range texts {
		if text := joined(t); text != "" {
			pages = append(pages, readmodel.PageRow{File: f.ID, Page: t.Page, Text: text})
		}
	}
	row.Modified = r.clock()
	return r.model.SavePublicFile(ctx, row, pages)
}

// joined is a page's text on one line, with words made whole that a line end had torn.
func joined(page council.PageText) string {
	text, _ := pagetext.Shown(page)
	return strings.Join(strings.Fields(readmodel.Clean(text)), " ")
}
