package pdf

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
)

func onDisk(t testing.TB, b []byte) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.pdf")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// pictures is a paper of n pages of a large picture each; length writes the number behind /Length.
func pictures(n, bytesEach int, length func(object, n int) string) []byte {
	objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>"}
	var kids []string
	for i := range n {
		page := 10 + 4*i
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
		objects[page] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>", page+1, page+2)
		objects[page+1] = pdftest.Stream("", "595 0 0 842 0 0 cm /I Do")
		data := bytes.Repeat([]byte{byte(200 + i)}, bytesEach)
		side := 512
		objects[page+2] = fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray/Length %s>>\nstream\n%s\nendstream", side, bytesEach/side, length(page+3, bytesEach), data)
		objects[page+3] = fmt.Sprint(bytesEach)
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), n)
	return pdftest.Raw(objects)
}

// A file in its short form is read like the whole one, and written with all that it had.
func TestLargePicturesAreBorrowed(t *testing.T) {
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	direct := func(_, n int) string { return fmt.Sprint(n) }
	for _, c := range []struct {
		name string
		file []byte
		want int
	}{
		{"scan", pdftest.Scan(4, 300), 4},
		{"direct length", pictures(4, 1<<20, direct), 4},
		{"length in another object", pictures(4, 1<<20, func(object, _ int) string { return fmt.Sprintf("%d 0 R", object) }), 4},
		{"length that lies", pictures(4, 1<<20, func(_, n int) string { return fmt.Sprint(n - 7) }), 0},
		{"encrypted", bytes.Replace(pictures(4, 1<<20, direct), []byte("/Root 1 0 R"), []byte("/Root 1 0 R/Encrypt 99 0 R"), 1), 0},
		{"small pictures", pictures(9, 1<<17, direct), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := onDisk(t, c.file)
			short, err := borrow(f, int64(len(c.file)))
			if err != nil || len(short.bodies) != c.want {
				t.Fatalf("%d bodies, %v", len(short.bodies), err)
			}
			short.close()
			if strings.HasPrefix(c.name, "encrypted") {
				return
			}
			out, scratch := empty(t), empty(t)
			b, err := e.Prepare(f, int64(len(c.file)), out, scratch, Options{Pages: 5000, Mode: council.Standard, Step: func(string) {}})
			if err != nil || b.Prepared.Repaired || b.Identical != len(b.PageSizes) || b.Marked != len(b.PageSizes) || b.Prepared.Size < int64(len(c.file))*9/10 {
				t.Fatalf("%+v, %v", b, err)
			}
		})
	}
}

func empty(t testing.TB) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "out.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Whatever part is asked for, the short form differs from the file in lengths and first bytes of pictures only.
func TestShortFormIsTheSameAtEveryOffset(t *testing.T) {
	file := pictures(3, 1<<19, func(_, n int) string { return fmt.Sprint(n) })
	short, err := borrow(onDisk(t, file), int64(len(file)))
	if err != nil || len(short.bodies) != 3 {
		t.Fatal(len(short.bodies), err)
	}
	defer short.close()
	whole, err := io.ReadAll(io.NewSectionReader(short, 0, int64(len(file))))
	if err != nil || len(whole) != len(file) || bytes.Equal(whole, file) {
		t.Fatal(len(whole), err)
	}
	for _, x := range short.bodies {
		if string(whole[x.at:x.at+tokenBytes]) != x.token || string(whole[x.lengthAt:x.lengthAt+2]) != "40" {
			t.Fatalf("a body reads %q", whole[x.at:x.at+50])
		}
		for from := x.lengthAt - 5; from < x.at+80; from++ {
			for _, n := range []int64{1, 7, 64} {
				b := make([]byte, n)
				if _, err := short.ReadAt(b, from); err != nil || !bytes.Equal(b, whole[from:from+n]) {
					t.Fatalf("%d bytes from %d: %q, %v", n, from, b, err)
				}
			}
		}
	}
}
