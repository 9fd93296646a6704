package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// paper is a grey page with lines of "words" and a dark block, as levels that survive 4 bits.
func paper(w, h int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	g := bytes.Repeat([]byte{255}, w*h)
	for y := h / 10; y < h*9/10; y++ {
		if y/12%2 == 0 {
			continue
		}
		for x := w / 10; x < w*9/10; x++ {
			if x/5%3 != 0 && r.IntN(9) > 1 {
				g[y*w+x] = byte(r.IntN(16)) * 17
			}
		}
	}
	for y := h / 2; y < h/2+40 && y < h; y++ {
		clear(g[y*w : y*w+w/2])
	}
	return g
}

func stack(t testing.TB, sizes ...[2]int) (*Stack, []byte) {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	for i, s := range sizes {
		if err := w.Page(float64(s[0])*72/100, float64(s[1])*72/100, s[0], s[1], paper(s[0], s[1], uint64(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return s, b.Bytes()
}

// bar is a mark of one thick line; seed makes it another person's.
func bar(seed int) Ink {
	return func(_, _ float64, w, h int) []byte {
		ink := make([]byte, w*h)
		for y := h/3 + seed; y < h/3+seed+20; y++ {
			for x := w / 5; x < w*4/5; x++ {
				ink[y*w+x] = 0xf0
			}
			ink[y*w+w/5-1], ink[y*w+w*4/5] = 0x0f, 0x0f
		}
		return ink
	}
}

func TestTheStackKeepsSixteenGreys(t *testing.T) {
	sizes := [][2]int{{301, 420}, {64, 33}, {3, 2}}
	s, _ := stack(t, sizes...)
	for i, size := range sizes {
		got, err := s.Gray(i)
		if err != nil || !bytes.Equal(got, paper(size[0], size[1], uint64(i))) {
			t.Fatalf("page %d differs (%v)", i+1, err)
		}
	}
	if _, err := s.Gray(len(sizes)); err == nil {
		t.Error("a page that is not there")
	}
}

var sum = crc32.ChecksumIEEE

func TestBrokenStacks(t *testing.T) {
	_, good := stack(t, [2]int{40, 50}, [2]int{40, 50})
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(good)
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			b = b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]
		case 1:
			b[rapid.IntRange(len(b)-trailBytes-2*indexBytes, len(b)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		case 2: // an index that lies, with the right checksum
			p := decodePage(b[len(b)-trailBytes-indexBytes:])
			p.offset = rapid.Int64().Draw(t, "offset")
			p.W = int(uint32(rapid.Int64().Draw(t, "width")))
			index := append(bytes.Clone(b[len(b)-trailBytes-2*indexBytes:len(b)-trailBytes-indexBytes]), appendPage(nil, p)...)
			copy(b[len(b)-trailBytes-2*indexBytes:], index)
			binary.BigEndian.PutUint32(b[len(b)-trailBytes+12:], sum(index))
		}
		s, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for n := range s.Pages { // whatever it says: an error or a page, no panic and no endless memory
			_, _ = New(s, Options{Ink: bar(1)}).packed(n)
		}
	})
}

func TestRangesOfACopy(t *testing.T) {
	s, _ := stack(t, [2]int{300, 420}, [2]int{420, 300}, [2]int{90, 90})
	for _, o := range []Options{{Ink: bar(3), ID: strings.Repeat("ab", 16), Key: "t1"}, {Ink: bar(4)}, {}} {
		var all bytes.Buffer
		if n, err := New(s, o).WriteTo(&all); err != nil || n != New(s, o).Size() {
			t.Fatalf("%d bytes, %v", n, err)
		}
		c := New(s, o)
		rapid.Check(t, func(t *rapid.T) {
			from := rapid.IntRange(0, all.Len()-1).Draw(t, "from")
			p := make([]byte, rapid.IntRange(0, 5000).Draw(t, "length"))
			n, err := c.ReadAt(p, int64(from))
			if want := all.Bytes()[from:min(from+len(p), all.Len())]; !bytes.Equal(p[:n], want) || (n < len(p)) != errors.Is(err, io.EOF) {
				t.Fatalf("%d from %d: %v", n, from, err)
			}
		})
	}
}

func TestCopiesDifferInTheirMarksOnly(t *testing.T) {
	s, _ := stack(t, [2]int{300, 420}, [2]int{300, 420})
	a, b := New(s, Options{Ink: bar(1)}), New(s, Options{Ink: bar(30)})
	if a.Size() != b.Size() {
		t.Fatalf("%d and %d bytes", a.Size(), b.Size())
	}
	for n := range s.Pages {
		before, err := s.Gray(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []*Copy{a, b} {
			ink := c.o.Ink(0, 0, s.Pages[n].W, s.Pages[n].H)
			after := pixels(t, c, n)
			changed := 0
			for i, v := range after {
				if ink[i] == 0 && v != before[i] {
					t.Fatalf("page %d: pixel %d has no ink and changed", n+1, i)
				}
				if v != before[i] {
					changed++
				}
			}
			if changed < 1000 {
				t.Fatalf("page %d: only %d pixels show the mark", n+1, changed)
			}
		}
	}
}

// A mark that packs badly gets fewer greys; when nothing helps there is no page.
func TestAMarkNeverGoesMissing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	noise := func(_, _ float64, w, h int) []byte {
		ink := make([]byte, w*h)
		for i := range ink {
			ink[i] = byte(r.IntN(256))
		}
		return ink
	}
	s, _ := stack(t, [2]int{300, 420})
	var rungs [3]int64
	c := New(s, Options{Ink: noise})
	ink := noise(0, 0, 300, 420)
	for i, table := range []*table{fine, coarse, few} {
		data, err := c.burnt(0, ink, table)
		if err != nil {
			t.Fatal(err)
		}
		rungs[i] = int64(len(data))
	}
	if rungs[0] <= rungs[1] || rungs[1] <= rungs[2] {
		t.Fatalf("the steps do not get smaller: %v", rungs)
	}
	c = New(s, Options{Ink: func(_, _ float64, w, h int) []byte { return ink }})
	for i, want := range rungs {
		s.Pages[0].room = want
		if data, err := c.packed(0); err != nil || int64(len(data)) != want {
			t.Errorf("step %d: %d bytes, %v", i, len(data), err)
		}
	}
	s.Pages[0].room = rungs[2] - 1
	if _, err := c.packed(0); !errors.Is(err, errRoom) {
		t.Errorf("a page came out: %v", err)
	}
	for level := range 16 { // on white and on black the mark is seen at every step
		for _, table := range []*table{fine, coarse, few} {
			if (level == 0 || level == 15) && table[0xf0][level] == table[0][level] {
				t.Errorf("level %d: letters do not show", level)
			}
		}
	}
}

func TestOtherProgramsReadIt(t *testing.T) {
	s, _ := stack(t, [2]int{600, 850}, [2]int{850, 600})
	dir := t.TempDir()
	for name, o := range map[string]Options{"own": {Ink: bar(2), Doc: strings.Repeat("0a", 16), ID: strings.Repeat("0b", 16)}, "plain": {}} {
		path := filepath.Join(dir, name+".pdf")
		var b bytes.Buffer
		if _, err := New(s, o).WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, tool := range [][]string{{"qpdf", "--check", path}, {"pdfimages", "-png", path, filepath.Join(dir, name)}} {
			if _, err := exec.LookPath(tool[0]); err != nil {
				t.Skipf("%s is not installed", tool[0])
			}
			if out, err := exec.Command(tool[0], tool[1:]...).CombinedOutput(); err != nil || strings.Contains(strings.ToLower(string(out)), "warning") || strings.Contains(string(out), "Error") {
				t.Fatalf("%s: %v\n%s", tool[0], err, out)
			}
		}
		f, err := os.Open(filepath.Join(dir, name+"-000.png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		img, err := png.Decode(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range pixels(t, New(s, o), 0) {
			if got := color.GrayModel.Convert(img.At(i%600, i/600)).(color.Gray).Y; got != want {
				t.Fatalf("%s: pixel %d is %d, want %d", name, i, got, want)
			}
		}
	}
}

// pixels unpacks a page of a copy.
func pixels(t testing.TB, c *Copy, n int) []byte {
	t.Helper()
	data, err := c.packed(n)
	if err != nil {
		t.Fatal(err)
	}
	p := c.stack.Pages[n]
	p.offset, p.length = 0, int64(len(data))
	g, err := (&Stack{r: bytes.NewReader(data), Pages: []Page{p}}).Gray(0)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// A key that is used for two stacks is our own fault: an error, no endless reading and nobody else's page.
func TestAKeyOfTwoStacks(t *testing.T) {
	a, _ := stack(t, [2]int{300, 420})
	b, _ := stack(t, [2]int{90, 90})
	for _, s := range []*Stack{a, b} {
		var out bytes.Buffer
		c := New(s, Options{Ink: bar(1), Key: "twice"})
		if _, err := io.Copy(&out, io.NewSectionReader(c, 0, c.Size())); (err == nil) != (s == a) {
			t.Errorf("%v", err)
		}
	}
}

// A mark is seen on pages of every grey; where there is no ink, nothing is.
func TestSeen(t *testing.T) {
	ink := bar(3)(0, 0, 300, 420)
	for level := range 16 {
		if got := Seen(bytes.Repeat([]byte{byte(level * 17)}, 300*420), ink); got < 0.0002 {
			t.Errorf("level %d: %.5f of the page", level, got)
		}
	}
	if Seen(make([]byte, 300*420), make([]byte, 300*420)) != 0 || Seen(make([]byte, 9), ink) != 0 {
		t.Error("something is seen without ink")
	}
}
