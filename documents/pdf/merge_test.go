package pdf

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"ris/app/council"
	"ris/documents/copies"
	"ris/documents/pdf/pdftest"
)

// packetEngine is loaded once for the tests of packets and renditions.
var packetEngine = sync.OnceValues(func() (*Engine, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "ris", "pdfium")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return NewEngine(dir)
})

func emptyFile(t testing.TB) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "*.pdf")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func noStep(string) {}

// parts prepares the files and lays them one behind the other; the first is the front, as it is. Files that are refused are left out.
func parts(t testing.TB, front []byte, files ...[]byte) (*os.File, []Part) {
	t.Helper()
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	all := emptyFile(t)
	list := []Part{{Base: council.Prepared{Size: int64(len(front))}}}
	if _, err := all.Write(front); err != nil {
		t.Fatal(err)
	}
	at := int64(len(front))
	for _, f := range files {
		base := emptyFile(t)
		b, err := e.Prepare(bytes.NewReader(f), int64(len(f)), base, emptyFile(t), Options{Pages: 5000, Step: noStep})
		var refused *Refusal
		if errors.As(err, &refused) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(all, io.NewSectionReader(base, 0, b.Prepared.Size)); err != nil {
			t.Fatal(err)
		}
		list = append(list, Part{Offset: at, Base: b.Prepared})
		at += b.Prepared.Size
	}
	return all, list
}

func merge(t testing.TB, all *os.File, p Packet) (Merged, *os.File, error) {
	t.Helper()
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	out := emptyFile(t)
	m, err := e.Merge(all, p, out, emptyFile(t), emptyFile(t), noStep, func(int, int) {})
	return m, out, err
}

// personal writes a copy with the mark to a file of its own.
func personal(t testing.TB, out *os.File, p council.Prepared) string {
	t.Helper()
	c, err := copies.Open(section{io.NewSectionReader(out, 0, p.Size)}, p, testMark)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.pdf")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.Copy(f, c); err != nil {
		t.Fatal(err)
	}
	return path
}

// check asks qpdf; a packet may be faulty where one of its parts is.
func check(t *testing.T, path string, all *os.File, list []Part) {
	t.Helper()
	if _, err := exec.LookPath("qpdf"); err != nil {
		t.Log("qpdf is not installed: its check is left out")
		return
	}
	b, err := exec.Command("qpdf", "--check", path).CombinedOutput()
	if err == nil {
		return
	}
	for _, p := range list[1:] {
		one := emptyFile(t)
		if _, err := io.Copy(one, io.NewSectionReader(all, p.Offset, p.Base.Size)); err != nil {
			t.Fatal(err)
		}
		if exec.Command("qpdf", "--check", one.Name()).Run() != nil {
			return
		}
	}
	t.Errorf("qpdf --check: %v\n%s", err, b)
}

// markedPages counts the pages on which the mark is seen, by pictures of the merged file alone.
func markedPages(t *testing.T, out *os.File, p council.Prepared) (marked, pages int) {
	t.Helper()
	e, err := packetEngine()
	if err != nil {
		t.Fatal(err)
	}
	i, err := e.New()
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	with, err := copies.Open(section{io.NewSectionReader(out, 0, p.Size)}, p, testMark)
	if err != nil {
		t.Fatal(err)
	}
	var pics [2]picture
	var docs [2]*document
	for k, r := range []io.ReaderAt{out, with} {
		if docs[k], err = i.open(r, p.Size); err != nil {
			t.Fatal(err)
		}
		defer docs[k].close()
	}
	for n := range docs[0].pages {
		for k, d := range docs {
			if err := d.page(n, func(page uint64) error {
				size, err := d.size(page)
				if err != nil {
					return err
				}
				return d.render(page, proofSide/max(size.Width, size.Height, 0.1), proofSide, &pics[k])
			}); err != nil {
				t.Fatal(err)
			}
		}
		if differs(&pics[0], &pics[1], seenLevel) >= seenShare {
			marked++
		}
	}
	return marked, docs[0].pages
}

func TestMergeKeepsEveryMark(t *testing.T) {
	all, list := parts(t, pdftest.Report(2), pdftest.Report(5), pdftest.Mixed(), pdftest.Scan(2, 100), pdftest.Report(3))
	p := Packet{Title: "Sitzungsmappe Größe Łódź", Language: "de", Parts: list,
		Labels:    []Label{{Page: 0, Roman: true, First: 1}, {Page: 2, Prefix: "TOP 1 / ", First: 1}, {Page: 7, Prefix: "TOP 2 / ", First: 1}},
		Bookmarks: []Bookmark{{Level: 1, Title: "Tagesordnung"}, {Level: 1, Title: "TOP 1", Part: 1}, {Level: 2, Title: "Vorlage", Part: 1, Outline: true}, {Level: 1, Title: "TOP 2", Part: 2}, {Level: 2, Title: "Plan", Part: 2, Outline: true}},
		Links:     []PartLink{{Page: 1, Box: [4]float64{50, 700, 300, 720}, Part: 2}}}
	m, out, err := merge(t, all, p)
	if err != nil {
		t.Fatal(err)
	}
	marked, pages := markedPages(t, out, m.Prepared)
	if want := len(m.Sizes); pages != want || marked != pages || m.Marked != pages {
		t.Errorf("%d of %d pages show the mark, the proof says %d of %d", marked, pages, m.Marked, want)
	}
	path := personal(t, out, m.Prepared)
	check(t, path, all, list)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	empty := make([]byte, m.Prepared.Size)
	if _, err := out.ReadAt(empty, 0); err != nil {
		t.Fatal(err)
	}
	// Outside of the slots the copy is the packet, and no slot of a part is left.
	if n := bytes.Count(empty, []byte("/Subtype/Form/BBox[0 0 1000 1000]/Resources<<>>")); n != 1 {
		t.Errorf("%d slots", n)
	}
	at := m.Prepared.SlotOffset + m.Prepared.SlotLength
	if m.Prepared.Parts.ID == 0 || !bytes.Equal(whole[at:m.Prepared.Parts.ID], empty[at:m.Prepared.Parts.ID]) {
		t.Error("the copy differs outside of its slots")
	}
	s, err := readStructure(bytes.NewReader(empty), true)
	if err != nil {
		t.Fatalf("another reader's check: %v", err)
	}
	if s.PageCount != pages {
		t.Errorf("%d pages counted, %d there", s.PageCount, pages)
	}
}
