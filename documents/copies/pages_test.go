package copies_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
	"ris/documents/raster"
)

// pictures is a raster base of pages with one grey each, -1 = noise.
func pictures(t testing.TB, w, h int, greys ...int) ([]byte, council.Prepared) {
	t.Helper()
	var b bytes.Buffer
	s := raster.NewWriter(&b)
	r := rand.New(rand.NewPCG(4, 4))
	for _, g := range greys {
		page := bytes.Repeat([]byte{byte(max(g, 0))}, w*h)
		for i := range page {
			if g < 0 {
				page[i] = byte(r.IntN(256))
			}
		}
		if err := s.Page(float64(w)*0.36, float64(h)*0.36, w, h, page); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), council.Prepared{Blob: fmt.Sprintf("%064x", hash(b.Bytes())), Size: int64(b.Len()), Parts: council.Parts{Mode: council.Raster}}
}

// The longest and the most varied mark fits into the room of every page, white, black, grey or noisy, of every size, and is seen on each.
func TestEveryMarkFitsIntoPictures(t *testing.T) {
	marks := []documents.Mark{seeded,
		{Name: "Prof. Dr. Friederike-Wilhelmine Musterfrau-Beispielmann", Account: "friederike.musterfrau-beispielmann@stadtverwaltung.example", Date: "21.11.2026", NonPublic: true, Code: "7K3M-Q9XA"},
		{Name: "Nguyễn Ộ Ẵ Ặ ử Ἀλέξανδρος Ὀδυσσεύς Щ", Account: strings.Repeat("wmQ§&", 20), Date: "21.11.2026", NonPublic: true, Code: "7K3M-Q9XA",
			Template: "{name}\n{account}\n{name}\n{date} {code}"}}
	for _, size := range [][2]int{{300, 420}, {1200, 700}, {1653, 2339}} {
		base, p := pictures(t, size[0], size[1], 255, 0, 128, -1)
		for i, m := range marks {
			if testing.Short() && i > 0 {
				break
			}
			_, all := composed(t, base, p, m)
			if i > 0 {
				continue
			}
			other := m
			other.Name, other.Seed[0] = "Bernd", 77
			_, second := composed(t, base, p, other)
			if len(all) != len(second) || bytes.Equal(all, second) {
				t.Errorf("%v: %d and %d bytes", size, len(all), len(second))
			}
		}
	}
}

func TestRangesOfPictures(t *testing.T) {
	base, p := pictures(t, 300, 420, 255, 0, 200)
	c, all := composed(t, base, p, seeded)
	if tag, err := copies.ETag(p, seeded); err != nil || tag != c.ETag() || c.KnowsCRC() {
		t.Errorf("tag %s and %s, %v", tag, c.ETag(), err)
	}
	for _, from := range []int{0, 5, 700, len(all) / 2, len(all) - 20} {
		part := make([]byte, 3000)
		n, err := c.ReadAt(part, int64(from))
		if !bytes.Equal(part[:n], all[from:min(len(all), from+3000)]) || n < 3000 && !errors.Is(err, io.EOF) {
			t.Errorf("%d bytes at %d, %v", n, from, err)
		}
	}
	if !bytes.Contains(all, []byte("<"+copies.FileID(seeded.Seed)+">")) {
		t.Error("the file identifier is not the person's")
	}
	for _, word := range []string{"Anna", "anna@", seeded.Code} {
		if bytes.Contains(all, []byte(word)) {
			t.Errorf("%q stands in the file as text", word)
		}
	}
	path := filepath.Join(t.TempDir(), "own.pdf")
	if err := os.WriteFile(path, all, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("qpdf"); err != nil {
		t.Skip("qpdf is not installed")
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func BenchmarkPictures(b *testing.B) {
	base, p := pictures(b, 1653, 2339, 255, -1)
	n := 0
	for b.Loop() {
		n++
		m := seeded
		m.Code = fmt.Sprint(n) // nobody's page is in memory
		c, err := copies.Open(&memory{Reader: bytes.NewReader(base)}, p, m)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.WriteTo(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(2*b.N), "ms/page")
}
