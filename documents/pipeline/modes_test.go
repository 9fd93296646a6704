package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
	"ris/documents/pdf/pdftest"
	"ris/documents/pipeline"
)

func (b bench) processAs(t testing.TB, file []byte, mode council.PreparationMode) documents.Result {
	t.Helper()
	key, _, err := b.blobs.Put(context.Background(), blob.Originals, bytes.NewReader(file), 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Process(context.Background(), documents.Input{SHA256: key, Mode: mode})
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(b.temp); len(left) > 0 {
		t.Errorf("%d temporary files were left", len(left))
	}
	return r
}

// personal writes the copy of a mark to disk.
func (b bench) personal(t testing.TB, p council.Prepared, m documents.Mark) (string, []byte) {
	t.Helper()
	base, err := b.blobs.Open(context.Background(), blob.Bases, p.Blob)
	if err != nil {
		t.Fatal(err)
	}
	c, err := copies.Open(base, p, m)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	all, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, all), all
}

func seeded(n byte) documents.Mark {
	m := anna
	m.Seed, m.Code = [32]byte{n, 1, 2, 3}, "7K3M-Q9XA"
	return m
}

func (b bench) baseBytes(t testing.TB, p council.Prepared) []byte {
	t.Helper()
	base, err := b.blobs.Open(context.Background(), blob.Bases, p.Blob)
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	all := make([]byte, base.Size())
	if _, err := base.ReadAt(all, 0); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return all
}

// Each mode, with and without the outside program that puts objects in order: the places are where they were recorded, the file is a
// sound PDF with the original's text, and two persons' copies differ in these places only.
func TestModesKeepTheirSlots(t *testing.T) {
	for _, mode := range []council.PreparationMode{council.Standard, council.Interleaved} {
		for _, plain := range []bool{true, false} {
			t.Run(fmt.Sprint(mode, " plain ", plain), func(t *testing.T) {
				b := openAs(t, plain)
				original := pdftest.Report(9)
				r := b.processAs(t, original, mode)
				if r.Refused != "" || r.Identical != 9 || r.Marked != 9 {
					t.Fatalf("refused %q, %d identical, %d marked", r.Refused, r.Identical, r.Marked)
				}
				p := r.Prepared
				base := b.baseBytes(t, p)
				checkPlaces(t, base, p, mode, 9)
				path, one := b.personal(t, p, seeded(1))
				_, two := b.personal(t, p, seeded(2))
				outside(t, p, base, one, two)
				if bytes.Equal(one[p.Parts.ID:p.Parts.ID+32], two[p.Parts.ID:p.Parts.ID+32]) {
					t.Error("two persons have the same identifier")
				}
				tool(t, "qpdf", "--check", path)
				if a, c := tool(t, "pdftotext", write(t, original), "-"), tool(t, "pdftotext", path, "-"); a != c {
					t.Error("the copy's text differs from the original's")
				}
				_, haveTool := exec.LookPath("qpdf")
				if arranged := bytes.Contains(base[:2000], []byte("%\xbf\xf7\xa2\xfe")); arranged == plain && haveTool == nil { // the sign that qpdf puts behind the header
					t.Errorf("arranged: %v", arranged)
				}
			})
		}
	}
}

func checkPlaces(t *testing.T, base []byte, p council.Prepared, mode council.PreparationMode, pages int) {
	t.Helper()
	digits := string(base[p.Parts.ID : p.Parts.ID+32])
	if around := string(base[p.Parts.ID-36 : p.Parts.ID+33]); !strings.HasSuffix(around, "<"+digits+">") || strings.Count(around, "<"+digits+">") != 2 {
		t.Errorf("the identifier is %q", around) // both strings are the same in the base
	}
	want := 0
	if mode == council.Interleaved {
		want = pages
	}
	if len(p.Parts.Shifts) != want {
		t.Fatalf("%d shifts for %d pages", len(p.Parts.Shifts), pages)
	}
	for _, at := range p.Parts.Shifts {
		if got := string(base[at-10 : at+council.ShiftBytes+3]); got != "q 1 0 0 1 +0.0000 +0.0000 cm" {
			t.Errorf("a shift stands in %q", got)
		}
	}
	if len(p.Parts.CRC) != len(p.Parts.Shifts)+3 {
		t.Fatalf("%d sums", len(p.Parts.CRC))
	}
	first := min(p.SlotOffset, p.Parts.ID)
	if want > 0 {
		for _, at := range p.Parts.Shifts {
			first = min(first, at)
		}
	}
	if p.Parts.CRC[0] != crc32.ChecksumIEEE(base[:first]) {
		t.Error("the first piece has another sum")
	}
}

// outside: copies and base differ in the recorded places only.
func outside(t *testing.T, p council.Prepared, files ...[]byte) {
	t.Helper()
	cut := func(b []byte) []byte {
		b = bytes.Clone(b)
		clear(b[p.SlotOffset : p.SlotOffset+p.SlotLength])
		clear(b[p.Parts.ID : p.Parts.ID+32])
		for _, at := range p.Parts.Shifts {
			clear(b[at : at+council.ShiftBytes])
		}
		return b
	}
	for _, f := range files[1:] {
		if !bytes.Equal(cut(f), cut(files[0])) {
			t.Error("bytes outside the slots differ")
		}
	}
}

// No page of an interleaved copy has its mark at the same place of the content as a list of equal streams would.
func TestInterleavedStandsInsideThePages(t *testing.T) {
	b := open(t)
	r := b.processAs(t, pdftest.Report(6), council.Interleaved)
	path, _ := b.personal(t, r.Prepared, seeded(1))
	plain := filepath.Join(t.TempDir(), "plain.pdf")
	tool(t, "qpdf", "--qdf", "--object-streams=disable", path, plain)
	all, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	inside := 0
	for _, stream := range bytes.Split(all, []byte("endstream")) {
		if _, rest, ok := bytes.Cut(stream, []byte(" Do EMC Q\n")); ok && bytes.Contains(rest, []byte("Tj")) {
			inside++
		}
	}
	if inside < 4 {
		t.Errorf("%d of 6 pages go on behind their mark", inside)
	}
}

func TestRasterHasPicturesOnly(t *testing.T) {
	b := open(t)
	original := pdftest.Report(3)
	r := b.processAs(t, original, council.Raster)
	if r.Refused != "" || r.Prepared.Parts.Mode != council.Raster || len(r.PageSizes) != 3 || r.Marked != 3 || r.Letters < 3000 {
		t.Fatalf("%+v", r.Refused)
	}
	path, _ := b.personal(t, r.Prepared, seeded(1))
	tool(t, "qpdf", "--check", path)
	if text := tool(t, "pdftotext", path, "-"); strings.TrimSpace(text) != "" {
		t.Errorf("text %.80q", text)
	}
	if dir := os.Getenv("RIS_KEEP_PICTURES"); dir != "" {
		tool(t, "pdftoppm", "-png", "-scale-to", "900", path, filepath.Join(dir, "raster"))
	}
	key, _, err := pipeline.PublicRendition(context.Background(), b.blobs, r.Prepared)
	if err != nil {
		t.Fatal(err)
	}
	public, _ := b.blobs.Path(blob.Public, key)
	tool(t, "qpdf", "--check", public)
	again, _, err := pipeline.PublicRendition(context.Background(), b.blobs, r.Prepared)
	if err != nil || again != key {
		t.Errorf("repeating it gives %s, %v", again, err)
	}
	marked, unmarked := tool(t, "pdftoppm", "-r", "40", "-gray", path), tool(t, "pdftoppm", "-r", "40", "-gray", public)
	if len(marked) != len(unmarked) || marked == unmarked {
		t.Error("the personal copy looks like the public one")
	}
}

func TestProgressTellsOfEachStep(t *testing.T) {
	b := open(t)
	key, _, err := b.blobs.Put(context.Background(), blob.Originals, bytes.NewReader(pdftest.Report(5)), 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[documents.Step][]int{}
	_, err = b.Process(context.Background(), documents.Input{SHA256: key, Progress: func(s documents.Step, done, total int) {
		seen[s] = append(seen[s], done)
		if s != documents.StepPrepare && total != 5 || done > total {
			t.Errorf("%s: %d of %d", s, done, total)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := "map[prepare:[0 0] proof:[0 1 2 3 4] text:[0 1 2 3 4]]"
	if got := fmt.Sprint(seen); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
