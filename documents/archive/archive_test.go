package archive_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ris/documents/archive"
)

// counting notes which bytes were read how often.
type counting struct {
	data  []byte
	reads []int
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	n, err := bytes.NewReader(c.data).ReadAt(p, off)
	for i := range n {
		c.reads[off+int64(i)]++
	}
	return n, err
}

type file struct {
	*counting
	sums int
	done int
}

func entry(name string, data []byte, late bool) (archive.Entry, *file) {
	f := &file{counting: &counting{data, make([]int, len(data))}}
	return archive.Entry{Name: name, Content: f, Size: int64(len(data)), Tag: name, Modified: time.Date(2026, 11, 21, 14, 30, 8, 0, time.UTC), Late: late,
		CRC: func() (uint32, error) { f.sums++; return crc32.ChecksumIEEE(data), nil }, Done: func() { f.done++ }}, f
}

func all(t testing.TB, a *archive.Archive) []byte {
	t.Helper()
	b, err := io.ReadAll(io.NewSectionReader(a, 0, a.Size()))
	if err != nil || int64(len(b)) != a.Size() {
		t.Fatalf("%d of %d bytes, %v", len(b), a.Size(), err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatIsPackedComesOut(t *testing.T) {
	var names archive.Names
	var entries []archive.Entry
	var files []*file
	for i, data := range []string{"eins", "", strings.Repeat("zwei ", 40_000), "drei"} {
		e, f := entry(names.Path(".pdf", "Vorlage: Straße?", "TOP 03 Haushalt 2027"), []byte(data), i == 2)
		entries, files = append(entries, e), append(files, f)
	}
	a, err := archive.New(entries)
	if err != nil {
		t.Fatal(err)
	}
	b := all(t, a)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r) // checks the CRC
		if err != nil || !bytes.Equal(got, files[i].data) || f.NonUTF8 || f.Method != zip.Store || f.Name != entries[i].Name {
			t.Errorf("%s: %d bytes, %v", f.Name, len(got), err)
		}
		if f.Modified.Format("02.01.2006 15:04:05") != "21.11.2026 14:30:08" {
			t.Errorf("time %v", f.Modified)
		}
		for at, n := range files[i].reads {
			if n != 1 {
				t.Fatalf("%s: byte %d was read %d times", f.Name, at, n)
			}
		}
		if late := entries[i].Late; files[i].done != 1 || late != (files[i].sums == 0) {
			t.Errorf("%s: CRC asked %d times, left %d times", f.Name, files[i].sums, files[i].done)
		}
	}
	if len(z.File) != 4 || z.File[1].Name != "TOP 03 Haushalt 2027/Vorlage- Straße- (2).pdf" {
		t.Errorf("%d files, the second is %q", len(z.File), z.File[1].Name)
	}
	path := filepath.Join(t.TempDir(), "all.zip")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tool := range [][]string{{"unzip", "-tq", path}, {"python3", "-m", "zipfile", "-t", path}, {"bsdtar", "-tf", path}} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			continue
		}
		if out, err := exec.Command(tool[0], tool[1:]...).CombinedOutput(); err != nil || bytes.Contains(out, []byte("bad")) {
			t.Errorf("%s: %v\n%s", tool[0], err, out)
		}
	}
}

func TestRangesAreSlices(t *testing.T) {
	make := func() *archive.Archive {
		x, _ := entry("a.pdf", bytes.Repeat([]byte("abc"), 3000), false)
		y, _ := entry("b.pdf", bytes.Repeat([]byte("xyz"), 2000), true)
		a, err := archive.New([]archive.Entry{x, y})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	whole := all(t, make())
	rapid.Check(t, func(t *rapid.T) {
		a := make() // nobody has read anything of it before
		from := rapid.IntRange(0, len(whole)).Draw(t, "from")
		p := bytes.Repeat([]byte("?"), rapid.IntRange(0, 4000).Draw(t, "length"))
		n, err := a.ReadAt(p, int64(from))
		if want := whole[from:min(len(whole), from+len(p))]; !bytes.Equal(p[:n], want) || n < len(p) && !errors.Is(err, io.EOF) {
			t.Fatalf("%d bytes at %d: %v", n, from, err)
		}
	})
}

// zeros is a content that is too long to keep.
type zeros int64

func (z zeros) ReadAt(p []byte, off int64) (int, error) {
	clear(p[:min(int64(len(p)), int64(z)-off)])
	return len(p), nil
}

func TestLargeArchives(t *testing.T) {
	const large = 5 << 30
	none := func() (uint32, error) { return 0, nil }
	var entries []archive.Entry
	for _, name := range []string{"a.pdf", "b.pdf", "c.pdf"} {
		entries = append(entries, archive.Entry{Name: name, Content: zeros(large), Size: large, CRC: none})
	}
	a, err := archive.New(entries)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(a, a.Size())
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range z.File {
		at, err := f.DataOffset()
		if err != nil || f.UncompressedSize64 != large || f.Name != entries[i].Name || at < int64(i)*large {
			t.Errorf("%s: %d bytes at %d, %v", f.Name, f.UncompressedSize64, at, err)
		}
	}
	many := make([]archive.Entry, 70_000)
	var names archive.Names
	for i := range many {
		many[i] = archive.Entry{Name: names.Path("", string(rune('a'+i%26))+strings.Repeat("x", i%13)+"-"+time.Unix(int64(i), 0).UTC().Format("150405.000")), Content: zeros(1), Size: 1, CRC: none}
	}
	if a, err = archive.New(many); err != nil {
		t.Fatal(err)
	}
	if z, err = zip.NewReader(a, a.Size()); err != nil || len(z.File) != len(many) {
		t.Fatalf("%d files, %v", len(z.File), err)
	}
}

func TestABrokenEntryEndsTheArchive(t *testing.T) {
	e, _ := entry("a.pdf", []byte("abc"), false)
	e.Size = 10 // more than there is
	a, err := archive.New([]archive.Entry{e})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(io.NewSectionReader(a, 0, a.Size())); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
	if _, err := archive.New([]archive.Entry{{Name: "a", CRC: e.CRC}, {Name: "a", CRC: e.CRC}}); err == nil {
		t.Error("one name twice")
	}
}

func TestTheTagFollowsTheEntries(t *testing.T) {
	tag := func(change func(*archive.Entry)) string {
		e, _ := entry("a.pdf", []byte("abc"), false)
		change(&e)
		a, err := archive.New([]archive.Entry{e})
		if err != nil {
			t.Fatal(err)
		}
		return a.ETag()
	}
	same := tag(func(*archive.Entry) {})
	for name, change := range map[string]func(*archive.Entry){
		"name": func(e *archive.Entry) { e.Name = "b.pdf" }, "tag": func(e *archive.Entry) { e.Tag = "x" }, "size": func(e *archive.Entry) { e.Size++ },
		"time": func(e *archive.Entry) { e.Modified = e.Modified.Add(time.Hour) },
	} {
		if tag(change) == same {
			t.Errorf("another %s, the same tag", name)
		}
	}
	if tag(func(*archive.Entry) {}) != same {
		t.Error("not stable")
	}
}

func TestSafeNames(t *testing.T) {
	for in, want := range map[string]string{
		"": "Ohne Titel", "...": "Ohne Titel", "CON": "_CON", "con.txt": "_con.txt", "Com1": "_Com1", "Konto": "Konto", "a/b\\c:d": "a-b-c-d",
		" Vorlage  12 . ": "Vorlage 12", "Zeile\nzwei\u202efdp": "Zeile zweifdp", "u\u0308ber": "über", strings.Repeat("ä", 200): strings.Repeat("ä", 80),
		"../../etc/passwd": "-..-etc-passwd",
	} {
		if got := archive.Safe(in, 80); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	var n archive.Names
	a, b := n.Path(".pdf", "Plan", "TOP 01"), n.Path(".pdf", "PLAN", "top 01")
	if strings.EqualFold(a, b) {
		t.Errorf("%q and %q fall together on Windows and iPadOS", a, b)
	}
}
