package copies_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
)

// base is a stand-in for a prepared file: junk around a real slot. Real PDFs are served in documents/pipeline's tests.
func base(t testing.TB, before, after int) (*memory, council.Prepared) {
	t.Helper()
	const length = copies.SlotBytes + 200
	slot, err := copies.EmptySlot(7, length)
	if err != nil || len(slot) != length {
		t.Fatalf("empty slot: %d bytes, %v", len(slot), err)
	}
	b := append(bytes.Repeat([]byte("a"), before), slot...)
	b = append(b, bytes.Repeat([]byte("z"), after)...)
	return &memory{Reader: bytes.NewReader(b)}, council.Prepared{Blob: strings.Repeat("ab", 32), Size: int64(len(b)), SlotOffset: int64(before), SlotLength: length, SlotObject: 7}
}

type memory struct {
	*bytes.Reader
	closed bool
}

func (m *memory) Close() error { m.closed = true; return nil }

var anna = documents.Mark{Name: "Anna Müller", Account: "anna.mueller@demo.example", Date: "21.11.2026"}

func open(t testing.TB, m documents.Mark) (*copies.Copy, []byte) {
	t.Helper()
	b, p := base(t, 5000, 7000)
	c, err := copies.Open(b, p, m)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(c)
	if err != nil || int64(len(all)) != c.Size() || c.Size() != p.Size {
		t.Fatalf("read %d of %d: %v", len(all), c.Size(), err)
	}
	return c, all
}

// drawing unpacks the slot of a whole copy.
func drawing(t testing.TB, all []byte) string {
	t.Helper()
	_, rest, ok := bytes.Cut(all, []byte("stream\n"))
	if !ok {
		t.Fatal("no stream in the slot")
	}
	z, err := zlib.NewReader(bytes.NewReader(rest))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestOnlyTheSlotDiffers(t *testing.T) {
	_, a := open(t, anna)
	_, b := open(t, documents.Mark{Name: "Bernd Öztürk", Account: "b@demo.example", Date: "21.11.2026", NonPublic: true})
	if !bytes.Equal(a[:5000], b[:5000]) || !bytes.Equal(a[len(a)-7000:], b[len(b)-7000:]) {
		t.Fatal("bytes outside the slot differ")
	}
	if bytes.Equal(a, b) {
		t.Fatal("two persons have the same bytes")
	}
	if d := drawing(t, b); strings.Count(d, " cm\n") < len("NICHT ÖFFENTLICH Bernd Öztürk") {
		t.Fatal("letters are missing")
	}
}

func TestEqualMarksGiveEqualBytesAndTag(t *testing.T) {
	c1, a := open(t, anna)
	c2, b := open(t, anna)
	if !bytes.Equal(a, b) || c1.ETag() != c2.ETag() {
		t.Fatal("not stable")
	}
	_, p := base(t, 5000, 7000)
	if tag, err := copies.ETag(p, anna); err != nil || tag != c1.ETag() {
		t.Fatalf("the tag known before is %s, then %s (%v)", tag, c1.ETag(), err)
	}
	other := anna
	other.Date = "22.11.2026"
	if tag, _ := copies.ETag(p, other); tag == c1.ETag() {
		t.Fatal("another day, the same tag")
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name string
		mark documents.Mark
		want string
		err  string
	}{
		{"usual", anna, "Anna Müller|anna.mueller@demo.example · 21.11.2026", ""},
		{"non-public", documents.Mark{Name: "A", Account: "a@x", Date: "1.1.2026", NonPublic: true}, "NICHT ÖFFENTLICH|A|a@x · 1.1.2026", ""},
		{"Latin Extended, Greek, Cyrillic", documents.Mark{Name: "Şahin Łukasz Őri Γιώργος Иван", Account: "x", Date: "d"}, "Şahin Łukasz Őri Γιώργος Иван|x · d", ""},
		{"accents apart", documents.Mark{Name: "Mu\u0308ller", Account: "m", Date: "d"}, "Müller|m · d", ""},
		{"no glyph: the account", documents.Mark{Name: "محمد", Account: "m@x.example", Date: "d"}, "m@x.example · d", ""},
		{"no glyph anywhere: its number", documents.Mark{Account: "ก@x", Date: "d"}, "<U+0E01>@x · d", ""},
		{"a line break in a name is a blank", documents.Mark{Name: "A\nB\u202e", Account: "a", Date: "d"}, "A B|a · d", ""},
		{"template", documents.Mark{Name: "N", Account: "a", Date: "d", Body: "Stadt X", Template: "{body}: {name}"}, "Stadt X: N", ""},
		{"template without a person", documents.Mark{Name: "N", Account: "a", Template: "Nur für den Rat"}, "Nur für den Rat|N a", ""},
		{"a name with a placeholder is not filled twice", documents.Mark{Name: "{date}", Account: "a", Date: "d"}, "{date}|a · d", ""},
		{"nobody", documents.Mark{Name: " \u200b", Date: "d"}, "", copies.ErrEmpty},
		{"too long", documents.Mark{Name: strings.Repeat("x", 500), Account: "a"}, "", copies.ErrTooLong},
		{"too many lines", documents.Mark{Name: "n", Account: "a", Template: strings.Repeat("{name}\n", 9)}, "", copies.ErrTooLong},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := copies.Lines(c.mark)
			if c.err != "" {
				var e *council.Error
				if !errors.As(err, &e) || e.Key != c.err {
					t.Fatalf("error %v, want %s", err, c.err)
				}
				return
			}
			if err != nil || strings.Join(got, "|") != c.want {
				t.Fatalf("%q %v, want %q", strings.Join(got, "|"), err, c.want)
			}
		})
	}
}

func TestTextTooLongForTheSlotIsAnError(t *testing.T) {
	b, p := base(t, 100, 100)
	m := documents.Mark{Account: "a", Template: "{name}\n{account}"}
	for _, r := range [][2]rune{{0xc0, 0x17e}, {0x3b1, 0x3c9}, {0x410, 0x44f}} { // each letter once: outlines that do not repeat
		for c := r[0]; c <= r[1]; c++ {
			m.Name += string(c)
		}
	}
	_, err := copies.Open(b, p, m)
	if council.KindOf(err) != council.Invalid || b.closed {
		t.Fatalf("want an error before anything is sent, got %v", err)
	}
}

func TestNeverWithoutASlot(t *testing.T) {
	b, p := base(t, 100, 100)
	for name, change := range map[string]func(*council.Prepared){
		"no slot":         func(p *council.Prepared) { p.SlotLength = 0 },
		"no object":       func(p *council.Prepared) { p.SlotObject = 0 },
		"another object":  func(p *council.Prepared) { p.SlotObject = 8 },
		"another place":   func(p *council.Prepared) { p.SlotOffset++ },
		"beyond the end":  func(p *council.Prepared) { p.SlotOffset = p.Size - 10 },
		"another size":    func(p *council.Prepared) { p.Size++ },
		"nothing at all":  func(p *council.Prepared) { *p = council.Prepared{} },
		"negative offset": func(p *council.Prepared) { p.SlotOffset = -5 },
	} {
		q := p
		change(&q)
		if c, err := copies.Open(b, q, anna); err == nil || c != nil || council.KindOf(err) != council.Internal {
			t.Errorf("%s: got a copy (%v)", name, err)
		}
	}
}

func TestRangesAreSlices(t *testing.T) {
	c, all := open(t, anna)
	size := len(all)
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, size-1).Draw(t, "from")
		to := rapid.IntRange(from, size+100).Draw(t, "to")
		a := copies.Respond(copies.Request{Method: "GET", Range: "bytes=" + strconv.Itoa(from) + "-" + strconv.Itoa(to)}, c)
		got, err := io.ReadAll(a.Body)
		want := all[from:min(to+1, size)]
		if err != nil || a.Status != 206 || a.Length != int64(len(want)) || !bytes.Equal(got, want) {
			t.Fatalf("%d-%d: status %d, %d bytes, %v", from, to, a.Status, len(got), err)
		}
	})
}

func TestRespond(t *testing.T) {
	c, all := open(t, anna)
	size := strconv.Itoa(len(all))
	for _, x := range []struct {
		name   string
		req    copies.Request
		status int
		length int
		rng    string
		body   []byte
	}{
		{"whole", copies.Request{Method: "GET"}, 200, len(all), "", all},
		{"HEAD", copies.Request{Method: "HEAD"}, 200, len(all), "", nil},
		{"first byte", copies.Request{Method: "GET", Range: "bytes=0-0"}, 206, 1, "bytes 0-0/" + size, all[:1]},
		{"from", copies.Request{Method: "GET", Range: "bytes=5005-"}, 206, len(all) - 5005, "bytes 5005-" + strconv.Itoa(len(all)-1) + "/" + size, all[5005:]},
		{"last", copies.Request{Method: "GET", Range: "bytes=-10"}, 206, 10, "bytes " + strconv.Itoa(len(all)-10) + "-" + strconv.Itoa(len(all)-1) + "/" + size, all[len(all)-10:]},
		{"more than all, from the end", copies.Request{Method: "GET", Range: "bytes=-999999999"}, 206, len(all), "bytes 0-" + strconv.Itoa(len(all)-1) + "/" + size, all},
		{"beyond", copies.Request{Method: "GET", Range: "bytes=" + size + "-"}, 416, 0, "bytes */" + size, nil},
		{"nothing from the end", copies.Request{Method: "GET", Range: "bytes=-0"}, 416, 0, "bytes */" + size, nil},
		{"far beyond", copies.Request{Method: "GET", Range: "bytes=99999999999999999999-"}, 416, 0, "bytes */" + size, nil},
		{"two ranges", copies.Request{Method: "GET", Range: "bytes=0-1,5-6"}, 200, len(all), "", all},
		{"backwards", copies.Request{Method: "GET", Range: "bytes=9-3"}, 200, len(all), "", all},
		{"other unit", copies.Request{Method: "GET", Range: "pages=1-2"}, 200, len(all), "", all},
		{"signed", copies.Request{Method: "GET", Range: "bytes=+1-2"}, 200, len(all), "", all},
		{"If-Range met", copies.Request{Method: "GET", Range: "bytes=1-2", IfRange: c.ETag()}, 206, 2, "bytes 1-2/" + size, all[1:3]},
		{"If-Range not met", copies.Request{Method: "GET", Range: "bytes=1-2", IfRange: `"other"`}, 200, len(all), "", all},
		{"If-Range weak", copies.Request{Method: "GET", Range: "bytes=1-2", IfRange: "W/" + c.ETag()}, 200, len(all), "", all},
		{"has it", copies.Request{Method: "GET", IfNoneMatch: `"x", W/` + c.ETag()}, 304, 0, "", nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			a := copies.Respond(x.req, c)
			var got []byte
			if a.Body != nil {
				got, _ = io.ReadAll(a.Body)
			}
			if a.Status != x.status || a.Length != int64(x.length) || a.Header["Content-Range"] != x.rng || !bytes.Equal(got, x.body) {
				t.Fatalf("%d, Length %d, Content-Range %q, %d bytes", a.Status, a.Length, a.Header["Content-Range"], len(got))
			}
			if a.Header["ETag"] != c.ETag() || a.Header["Accept-Ranges"] != "bytes" {
				t.Fatalf("headers %v", a.Header)
			}
		})
	}
}

func TestReadAndSeekAgree(t *testing.T) {
	c, all := open(t, anna)
	for _, at := range []int64{0, 4999, 5000, 5001, 13000, int64(len(all)) - 1, int64(len(all))} {
		if _, err := c.Seek(at, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c)
		if err != nil || !bytes.Equal(got, all[at:]) {
			t.Fatalf("from %d: %d bytes, %v", at, len(got), err)
		}
	}
	if _, err := c.Seek(-1, io.SeekStart); err == nil {
		t.Fatal("before the start")
	}
}

// A copy costs the slot and nothing of the base.
func TestAllocationsDoNotGrowWithTheBase(t *testing.T) {
	b, p := base(t, 5_000_000, 5_000_000)
	n := testing.AllocsPerRun(200, func() {
		if _, err := copies.Open(b, p, anna); err != nil {
			t.Fatal(err)
		}
	})
	if n > 60 {
		t.Fatalf("%v allocations per copy", n)
	}
}
