package convert

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"ris/documents"
	"ris/documents/sandbox"
)

// Bounds of an Office file: a report of 500 pages has some 200 entries and 20 MB of XML.
const (
	mostEntries = 20_000
	mostXML     = 200 << 20 // bytes of one XML part, unpacked
	mostAll     = 1 << 30   // bytes of all parts, unpacked
)

func init() {
	sandbox.Register(taskOffice, func(c *sandbox.Child) (any, error) {
		var o order
		if err := json.Unmarshal(c.Arguments, &o); err != nil {
			return nil, err
		}
		if _, err := c.Seal(); err != nil {
			return nil, err
		}
		c.Step("look")
		v, err := cleanOffice(c.Files[0], o.Size, c.Files[1])
		return refusedOr(v, err)
	})
}

// refusal ends a child's work with a message for the clerk.
type refusal struct {
	key     string
	details []string
	cause   error
}

func (r *refusal) Error() string { return fmt.Sprintf("%s: %v", r.key, r.cause) }

func refusedOr(v verdict, err error) (any, error) {
	var r *refusal
	if errors.As(err, &r) {
		return verdict{Refused: r.key, Details: r.details, Cause: r.Error()}, nil
	}
	return v, err
}

// cleanOffice copies the package without what may run or lead outside, and notes what a clerk should know.
func cleanOffice(in *os.File, size int64, out io.Writer) (verdict, error) {
	z, err := zip.NewReader(io.NewSectionReader(in, 0, size), size)
	if err != nil {
		return verdict{}, &refusal{key: documents.RefusedTruncated, cause: err}
	}
	kind := kindOf(z)
	if kind == Unknown {
		return verdict{}, &refusal{key: RefusedArchive, cause: errors.New("no Office file")}
	}
	var all uint64
	for _, f := range z.File {
		all += f.UncompressedSize64
	}
	if len(z.File) > mostEntries || all > mostAll {
		return verdict{}, &refusal{key: documents.RefusedBomb, cause: fmt.Errorf("%d entries, %d bytes", len(z.File), all)}
	}
	w := zip.NewWriter(out)
	c := &cleaner{kind: kind, seen: map[string]bool{}}
	for _, f := range z.File {
		if err := c.entry(w, f); err != nil {
			return verdict{}, err
		}
	}
	if err := w.Close(); err != nil {
		return verdict{}, err
	}
	return verdict{Kind: kind, Notes: c.notes()}, nil
}

// kindOf reads the kind from the parts that each format must have (ECMA-376 part 1; ODF 1.3 part 2).
func kindOf(z *zip.Reader) Kind {
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			return Docx
		case "xl/workbook.xml":
			return Xlsx
		case "ppt/presentation.xml":
			return Pptx
		case "mimetype":
			b, err := readPart(f, 200)
			if err != nil {
				continue
			}
			for _, k := range []Kind{Odt, Ods, Odp} {
				if strings.TrimSpace(string(b)) == mediaTypes[k] {
					return k
				}
			}
		}
	}
	return Unknown
}

// readPart reads at most limit bytes, whatever the directory says of the size.
func readPart(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &refusal{key: RefusedOffice, cause: err}
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, &refusal{key: documents.RefusedTruncated, cause: err}
	}
	if int64(len(b)) > limit {
		return nil, &refusal{key: documents.RefusedBomb, cause: fmt.Errorf("%s is larger than %d bytes", f.Name, limit)}
	}
	return b, nil
}

// cleaner works through the entries of one package.
type cleaner struct {
	kind Kind
	seen map[string]bool // what there is to note
	all  int64           // bytes written
}

func (c *cleaner) note(what string) { c.seen[what] = true }

// noteKeys in the order in which a clerk wants to know them.
var noteKeys = []string{"changes", "comments", "hidden_sheets", "hidden_rows", "macros", "links"}

func (c *cleaner) notes() (out []Note) {
	for _, k := range noteKeys {
		if c.seen[k] {
			out = append(out, Note{Key: "file.note.convert." + k})
		}
	}
	return out
}

func (c *cleaner) entry(w *zip.Writer, f *zip.File) error {
	name := f.Name
	switch base := path.Base(name); {
	case strings.HasSuffix(name, "/"):
		return nil
	case base == "vbaProject.bin", base == "vbaData.xml", strings.HasPrefix(name, "Basic/"), strings.HasPrefix(name, "Scripts/"), strings.Contains(name, "/activeX/"):
		c.note("macros")
		return nil
	case strings.Contains(name, "/comments") && strings.HasSuffix(name, ".xml"), strings.Contains(name, "/threadedComments/"):
		c.note("comments") // the part stays: other parts point at it; the PDF is made without
	}
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: f.Modified}
	if name == "mimetype" {
		header.Method = zip.Store
	}
	to, err := w.CreateHeader(header)
	if err != nil {
		return err
	}
	if change := c.change(name); change != nil {
		b, err := readPart(f, mostXML)
		if err != nil {
			return err
		}
		if b, err = change(b); err != nil {
			return err
		}
		_, err = to.Write(b)
		return err
	}
	r, err := f.Open()
	if err != nil {
		return &refusal{key: RefusedOffice, cause: err}
	}
	defer r.Close()
	n, err := io.Copy(to, io.LimitReader(r, mostAll-c.all+1))
	if c.all += n; c.all > mostAll {
		return &refusal{key: documents.RefusedBomb, cause: errors.New("more bytes than the directory says")}
	}
	if err != nil {
		return &refusal{key: documents.RefusedTruncated, cause: err}
	}
	return nil
}

// change is what has to be done to a part, or nil.
func (c *cleaner) change(name string) func([]byte) ([]byte, error) {
	base := path.Base(name)
	switch {
	case strings.HasSuffix(name, ".rels"):
		return c.relations
	case c.kind == Docx && path.Dir(name) == "word" && strings.HasSuffix(base, ".xml") &&
		slices.ContainsFunc([]string{"document", "header", "footer", "footnotes", "endnotes"}, func(p string) bool { return strings.HasPrefix(base, p) }):
		return c.word
	case name == "xl/workbook.xml":
		return c.workbook
	case c.kind == Xlsx && path.Dir(name) == "xl/worksheets" && strings.HasSuffix(name, ".xml"):
		return c.sheet
	case base == "META-INF/manifest.xml" || name == "META-INF/manifest.xml":
		return c.manifest
	case (c.kind == Odt || c.kind == Ods || c.kind == Odp) && (name == "content.xml" || name == "styles.xml"):
		return c.openDocument
	}
	return nil
}
