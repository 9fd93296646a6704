package packets

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"strings"
	"time"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/archive"
	"ris/documents/blob"
	"ris/documents/copies"
)

// PapersZip is the viewer's copies of all papers of a meeting: close it when the answer has been sent.
type PapersZip struct {
	*archive.Archive
	FileName string
}

// ZipWords are the words in an archive that are nobody's paper: the name of the note on what is missing, and its first sentence.
type ZipWords struct{ Note, Missing string }

// zipped is a file of the archive on its way.
type zipped struct {
	path    string
	file    council.File
	version council.FileVersion
	given   council.Receipt
	seed    [32]byte
}

// OpenPapers opens the archive of the viewer's own copies of all papers on the meeting's agenda, as far as the viewer may read them,
// in the order of the agenda. A paper that stands on two items is in the folder of the first.
//
// It is built from what is known: no base is read before its bytes go out, and none twice. All rules of OpenFile hold for each
// version in it (receipt, day of the mark, log); peek is for HEAD.
// Errors: not found; conflict when there is nothing to give.
func (s *Service) OpenPapers(ctx context.Context, v policy.Viewer, meeting council.ID, words ZipWords, peek bool) (*PapersZip, error) {
	if !v.SignedIn() {
		return nil, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	m, err := s.Store.Meeting(ctx, v, meeting)
	if err != nil {
		return nil, err
	}
	full, err := s.meeting(ctx, v, freshness{nobody: true}, m)
	if err != nil {
		return nil, err
	}
	var names archive.Names
	files, missing := zipPlan(full, &names)
	if len(files) == 0 && len(missing) == 0 {
		return nil, council.E(council.Conflict, "zip.error.empty")
	}
	for _, f := range files {
		if err := policy.Confirmed(v, nonPublic(f.file, f.version)); err != nil {
			return nil, err
		}
	}
	give := func(ctx context.Context) error {
		for i := range files {
			if err := s.zipGive(ctx, v, &files[i], peek); err != nil {
				return err
			}
		}
		return nil
	}
	if peek {
		err = give(ctx)
	} else {
		if err = s.Store.InTx(ctx, give); err != nil { // all receipts and lines of the log at once, or none
			for _, f := range files {
				s.reads.forget(v.Person(), f.version.ID)
			}
		}
	}
	if err != nil {
		return nil, err
	}
	var entries []archive.Entry
	for _, f := range files {
		e, err := s.zipEntry(ctx, v, full.In, f)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	if len(missing) > 0 {
		entries = append(entries, note(&names, words, full.Meeting, missing))
	}
	a, err := archive.New(entries)
	if err != nil {
		return nil, council.E(council.Internal, "error.internal").Because(err)
	}
	return &PapersZip{a, zipName(full.Meeting)}, nil
}

// zipPlan lists what goes into the archive, and the names of what is still being prepared. Both hold only what the viewer sees on
// the agenda anyway.
func zipPlan(m Meeting, names *archive.Names) (files []zipped, missing []string) {
	taken := map[council.ID]bool{}
	for i, it := range m.Agenda {
		folder := itemFolder(it, i+1)
		n := 0
		for _, p := range it.Papers {
			if p.State == council.Withdrawn {
				continue
			}
			for _, f := range p.Files {
				if f.State == council.Withdrawn || taken[f.ID] {
					continue
				}
				taken[f.ID] = true
				n++
				title := f.Name
				if len(it.Papers) > 1 && p.Reference != "" {
					title = p.Reference + " " + title
				}
				if !f.Shown.Processing.Ready() {
					missing = append(missing, folder+": "+title)
					continue
				}
				files = append(files, zipped{path: names.Path(".pdf", fmt.Sprintf("%02d %s", n, title), folder), file: f.File, version: f.Shown})
			}
		}
	}
	return files, missing
}

var firstNumber = regexp.MustCompile(`\d+`)

// itemFolder is "TOP 03 Haushalt 2027": the item's number with two digits, so that folders sort as the agenda does.
func itemFolder(it AgendaItem, place int) string {
	number := strings.TrimSpace(it.Number)
	if number == "" {
		number = fmt.Sprint(place)
	}
	done := false
	number = firstNumber.ReplaceAllStringFunc(number, func(d string) string {
		if done || len(d) > 1 {
			done = true
			return d
		}
		done = true
		return "0" + d
	})
	return "TOP " + number + " " + it.Name
}

// zipGive notes that the viewer is given the version.
func (s *Service) zipGive(ctx context.Context, v policy.Viewer, f *zipped, peek bool) (err error) {
	now := s.Clock()
	if f.given, f.seed, err = s.receipt(ctx, v, f.version.ID, now, peek); err != nil || peek {
		return err
	}
	return s.logReading(ctx, v, f.file, f.version, now, "archive", "zip")
}

// zipEntry makes the copy and lets go of its base until its turn comes: an archive of a hundred papers holds one open.
func (s *Service) zipEntry(ctx context.Context, v policy.Viewer, body council.Body, f zipped) (archive.Entry, error) {
	base := &laterBase{size: f.version.Prepared.Size, open: func() (blob.Reader, error) {
		r, err := s.Blobs.Open(context.WithoutCancel(ctx), blob.Bases, f.version.Prepared.Blob)
		if err != nil {
			return nil, council.E(council.Unavailable, "file.error.unreadable").Because(err)
		}
		return r, nil
	}}
	c, err := copies.Open(base, f.version.Prepared, mark(v, body, f.given, f.seed, nonPublic(f.file, f.version)))
	_ = base.Close()
	if err != nil {
		return archive.Entry{}, err
	}
	return archive.Entry{Name: f.path, Content: c, Size: c.Size(), Tag: c.ETag(), Modified: zipTime(f.version), CRC: c.CRC,
		Late: !c.KnowsCRC(), Done: func() { _ = base.Close() }}, nil
}

// zipTime is when readers got the version; of a draft, when it came.
func zipTime(v council.FileVersion) time.Time {
	at := v.PublishedAt
	if at.IsZero() {
		at = v.Created
	}
	return at.In(Berlin)
}

// note says in words what is not in the archive yet.
func note(names *archive.Names, words ZipWords, m council.Meeting, missing []string) archive.Entry {
	text := words.Missing + "\r\n\r\n- " + strings.Join(missing, "\r\n- ") + "\r\n"
	data := []byte("\ufeff" + text) // so that Windows' editor takes it for UTF-8
	sum := crc32.ChecksumIEEE(data)
	return archive.Entry{Name: names.Path(".txt", words.Note), Content: bytes.NewReader(data), Size: int64(len(data)),
		Tag: fmt.Sprint(sum), Modified: m.Modified.In(Berlin), CRC: func() (uint32, error) { return sum, nil }}
}

// zipName is "2026-12-03 Bauausschuss.zip".
func zipName(m council.Meeting) string {
	return archive.Safe(m.Start.In(Berlin).Format("2006-01-02")+" "+m.Name, 100) + ".zip"
}

// laterBase opens its blob when it is read, and again after it was closed.
type laterBase struct {
	blob.Reader
	size int64
	open func() (blob.Reader, error)
}

var _ blob.Reader = (*laterBase)(nil)

// Size is known from the version.
func (b *laterBase) Size() int64 { return b.size }

// ReadAt implements io.ReaderAt.
func (b *laterBase) ReadAt(p []byte, off int64) (int, error) {
	if b.Reader == nil {
		r, err := b.open()
		if err != nil {
			return 0, err
		}
		if r.Size() != b.size {
			_ = r.Close()
			return 0, fmt.Errorf("base of %d bytes, recorded are %d: %w", r.Size(), b.size, io.ErrUnexpectedEOF)
		}
		b.Reader = r
	}
	return b.Reader.ReadAt(p, off)
}

// Close lets go of the blob.
func (b *laterBase) Close() error {
	if b.Reader == nil {
		return nil
	}
	err := b.Reader.Close()
	b.Reader = nil
	return err
}
