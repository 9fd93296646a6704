//go:build !race

package oracle_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"
)

// form is one way in which a word may stand in bytes, in small letters of ASCII.
type form struct {
	word string
	text []byte
}

// finder looks for all marked words in one pass: 13 words in nine forms each, over a gigabyte of answers.
type finder struct {
	begins [1 << 16]bool // the first two bytes of a form
	forms  map[[2]byte][]form
	known  sync.Map // packed stream of a PDF, by its SHA-256 -> the words in it: every copy holds the same fonts
}

func newFinder() *finder {
	f := &finder{forms: map[[2]byte][]form{}}
	for word := range canaries {
		for _, w := range []string{strings.ToLower(word), strings.ToUpper(word)} { // beyond ASCII, where small is not made of capital by a bit
			for _, text := range [][]byte{[]byte(w), []byte(url.QueryEscape(w)), wide(w), narrow(w)} {
				text = small(text)
				at := [2]byte{text[0], text[1]}
				f.begins[int(at[0])<<8|int(at[1])] = true
				if !slices.ContainsFunc(f.forms[at], func(x form) bool { return bytes.Equal(x.text, text) }) {
					f.forms[at] = append(f.forms[at], form{word, text})
				}
			}
		}
	}
	return f
}

// in lists the marked words in the text.
func (f *finder) in(text []byte) (out []string) {
	for i := 0; i+1 < len(text); i++ {
		a, b := letter(text[i]), letter(text[i+1])
		if !f.begins[int(a)<<8|int(b)] {
			continue
		}
		for _, x := range f.forms[[2]byte{a, b}] {
			if len(text)-i >= len(x.text) && bytes.Equal(small(text[i:i+len(x.text)]), x.text) && !slices.Contains(out, x.word) {
				out = append(out, x.word)
			}
		}
	}
	return out
}

// inAnswer lists the marked words in headers, body and, of a PDF, its packed streams.
func (f *finder) inAnswer(a answer) []string {
	var head bytes.Buffer
	_ = a.header.Write(&head)
	out := append(f.in(head.Bytes()), f.in(a.body)...)
	if !bytes.HasPrefix(a.body, []byte("%PDF")) {
		return out
	}
	for body := a.body; ; {
		_, rest, found := bytes.Cut(body, []byte("stream"))
		if !found {
			return out
		}
		body = rest
		packed, _, _ := bytes.Cut(rest[:min(len(rest), 1<<20)], []byte("endstream"))
		sum := sha256.Sum256(packed)
		words, known := f.known.Load(sum)
		if !known {
			words = f.in(unpacked(rest[:min(len(rest), 1<<20)]))
			f.known.Store(sum, words)
		}
		out = append(out, words.([]string)...)
	}
}

// unpacked is the beginning of a deflated stream; empty for everything else.
func unpacked(packed []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(packed, "\r\n")))
	if err != nil {
		return nil
	}
	plain, _ := io.ReadAll(io.LimitReader(r, 64<<10)) // fonts are longer; their beginning tells nothing either
	return plain
}

func letter(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

func small(text []byte) []byte {
	out := make([]byte, len(text))
	for i, b := range text {
		out[i] = letter(b)
	}
	return out
}

// wide is PDF's UTF-16, narrow Latin-1.
func wide(word string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(word)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

func narrow(word string) []byte {
	var out []byte
	for _, r := range word {
		out = append(out, byte(r))
	}
	return out
}

// A word is found in every form and place, and nothing is found where there is none.
func TestTheFinder(t *testing.T) {
	f := newFinder()
	packed := func(text string) []byte {
		var b bytes.Buffer
		b.WriteString("%PDF-1.7\n1 0 obj <<>> stream\r\n")
		z := zlib.NewWriter(&b)
		_, _ = z.Write([]byte(text))
		_ = z.Close()
		b.WriteString("\nendstream endobj")
		return b.Bytes()
	}
	for text, want := range map[string]string{"ein klöppelbund": "Klöppelbund", "KLÖPPELBUND": "Klöppelbund", "x=Kl%C3%B6ppelbund&": "Klöppelbund",
		"Kl\xf6ppelbund": "Klöppelbund", string(wide("Der Klöppelbund.")): "Klöppelbund", string(wide("KLÖPPELBUND")): "Klöppelbund", "zZWIRNSTEG": "Zwirnsteg"} {
		for range 2 { // the second time a stream is known
			for _, body := range [][]byte{[]byte(text), packed(text)} {
				if got := f.inAnswer(answer{body: body}); !slices.Contains(got, want) {
					t.Errorf("%q in %q: found %q", want, body, got)
				}
			}
		}
	}
	for _, text := range []string{"", "Z", "Zwirnste", "Klo\u0308ppelbund", "Bauhofleitun g"} {
		if got := f.inAnswer(answer{body: packed(text)}); len(got)+len(f.in([]byte(text))) > 0 {
			t.Errorf("%q: found %q", text, got)
		}
	}
}
