package pagetext_test

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"ris/app/council"
	"ris/documents/pagetext"
)

func TestEncodeKeepsTextAndBoxes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coord := rapid.Float32Range(-20000, 20000)
		var pages []council.PageText
		for i := range rapid.IntRange(0, 4).Draw(t, "pages") {
			p := council.PageText{Page: i + 1, Text: rapid.String().Draw(t, "text")}
			for range utf8.RuneCountInString(p.Text) {
				if rapid.Bool().Draw(t, "box") {
					x, y := coord.Draw(t, "x"), coord.Draw(t, "y")
					p.Boxes = append(p.Boxes, council.Box{X0: x, Y0: y, X1: x + 7.3, Y1: y + 11})
				} else {
					p.Boxes = append(p.Boxes, council.Box{})
				}
			}
			pages = append(pages, p)
		}
		got, err := pagetext.Decode(pagetext.Encode(pages))
		if err != nil || len(got) != len(pages) {
			t.Fatalf("%d pages of %d, %v", len(got), len(pages), err)
		}
		for i := range pages {
			if got[i].Text != pages[i].Text || got[i].Page != pages[i].Page || len(got[i].Boxes) != utf8.RuneCountInString(pages[i].Text) {
				t.Fatalf("page %d changed: %q", i, got[i].Text)
			}
			for j, b := range got[i].Boxes {
				w := pages[i].Boxes[j]
				for _, d := range []float32{b.X0 - w.X0, b.Y0 - w.Y0, b.X1 - w.X1, b.Y1 - w.Y1} {
					if math.Abs(float64(d)) > 0.053 {
						t.Fatalf("box %d moved by %v points", j, d)
					}
				}
			}
		}
	})
}

func TestDecodeNeverPanics(t *testing.T) {
	good := pagetext.Encode([]council.PageText{{Page: 1, Text: "Haushalt", Boxes: make([]council.Box, 8)}})
	rapid.Check(t, func(t *rapid.T) {
		b := append([]byte{}, good...)
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "to")
		}
		_, _ = pagetext.Decode(b[:rapid.IntRange(0, len(b)).Draw(t, "cut")])
		_, _ = pagetext.Decode(append([]byte{'P', 'T', 1}, rapid.SliceOf(rapid.Byte()).Draw(t, "any")...))
	})
	if p, err := pagetext.Decode(nil); p != nil || err != nil {
		t.Fatal("nothing stored is no text")
	}
}

func TestEncodeIsSmall(t *testing.T) {
	text := strings.Repeat("Der Rat der Stadt beschließt den Haushalt. ", 70)
	p := council.PageText{Page: 1, Text: text}
	x, y := float32(70), float32(780)
	for range utf8.RuneCountInString(text) {
		p.Boxes = append(p.Boxes, council.Box{X0: x, Y0: y, X1: x + 4.7, Y1: y + 8.1})
		if x += 5; x > 500 {
			x, y = 70, y-14
		}
	}
	if n := len(pagetext.Encode([]council.PageText{p})); n > 3*len(p.Boxes) {
		t.Fatalf("%d bytes for %d letters", n, len(p.Boxes))
	}
}

func TestJoin(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Haus\u0002halt", "Haushalt"},
		{"Haus\u0002\nhalt", "Haushalt"},
		{"Haus\u0002\r\nhalt", "Haushalt"},
		{"Nord\u0002Süd", "Nord-Süd"},
		{"E-Mail\u0002Adresse", "E-Mail-Adresse"},
		{"BEBAUUNGS\u0002PLAN", "BEBAUUNGSPLAN"},
		{"Haupt\u0002und Nebensatzung", "Haupt- und Nebensatzung"},
		{"2024\u00022025", "2024-2025"},
		{"öffent\u0002lich", "öffentlich"},
		{"P\ufb02ege Sta\ufb00el", "Pflege Staffel"},
		{"Haus\u00adhalt", "Haushalt"},
		{"am Ende\u0002", "am Ende-"},
		{"a\nb", "a\nb"},
		{"", ""},
	} {
		got, offsets := pagetext.Join(council.PageText{Text: c.in})
		if got != c.want {
			t.Errorf("Join(%q) = %q, want %q", c.in, got, c.want)
		}
		if len(offsets) != len(got)+1 || int(offsets[len(got)]) != utf8.RuneCountInString(c.in) {
			t.Errorf("Join(%q): %d offsets for %d bytes", c.in, len(offsets), len(got))
		}
	}
}

func TestJoinOffsetsPointAtTheSameLetters(t *testing.T) {
	p := council.PageText{Text: "Der öffent\u0002liche Haushalt"}
	text, offsets := pagetext.Join(p)
	at := strings.Index(text, "öffentliche")
	from, to := offsets[at], offsets[at+len("öffentliche")-1]
	if got := string([]rune(p.Text)[from : to+1]); got != "öffent\u0002liche" {
		t.Fatalf("letters %d..%d are %q", from, to, got)
	}
}

func TestQuadsOnePerLine(t *testing.T) {
	p := council.PageText{Text: "ab\ncd"}
	p.Boxes = []council.Box{{X0: 10, Y0: 700, X1: 15, Y1: 710}, {X0: 15, Y0: 698, X1: 20, Y1: 710}, {},
		{X0: 10, Y0: 680, X1: 15, Y1: 690}, {X0: 15, Y0: 680, X1: 20, Y1: 690}}
	q := pagetext.Quads(p, 0, 5)
	if len(q) != 2 || q[0] != [4]float64{10, 698, 20, 710} || q[1] != [4]float64{10, 680, 20, 690} {
		t.Fatalf("quads %v", q)
	}
	if q := pagetext.Quads(p, 1, 2); len(q) != 1 || q[0][0] != 15 {
		t.Fatalf("one letter: %v", q)
	}
	if q := pagetext.Quads(p, -3, 99); len(q) != 2 {
		t.Fatal("bounds are cut")
	}
}
