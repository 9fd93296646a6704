package pagetext_test

import (
	"bytes"
	"compress/flate"
	"fmt"
	"math"
	"reflect"
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
		{"Haus\u00ad\nhalt", "Haushalt"},
		{"Haus-\nhalt", "Haushalt"},
		{"Haus\u2010\r\nhalt", "Haushalt"},
		{"Bau- und Planungs-\nausschuss", "Bau- und Planungsausschuss"},
		{"Bau-\nund Planungsausschuss", "Bau- und Planungsausschuss"},
		{"Nord-\nSüd-Achse", "Nord-Süd-Achse"},
		{"E-\nMail", "E-Mail"},
		{"EU\u0002weit", "EU-weit"},
		{"100\u0002jährig", "100-jährig"},
		{"zwei-\nbis dreimal", "zwei- bis dreimal"},
		{"20/12-\n34", "20/12-34"},
		{"ein Strich -\nund weiter", "ein Strich -\nund weiter"},
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

func TestShownLeavesOutWhatNobodyShouldFind(t *testing.T) {
	p := council.PageText{Text: "Kopfzeile\nHaus\u0002halt geheim offen\nSeite 3"}
	p.Boxes = make([]council.Box, utf8.RuneCountInString(p.Text))
	letters := []rune(p.Text)
	at := func(s string) council.LetterRange {
		i := utf8.RuneCountInString(p.Text[:strings.Index(p.Text, s)])
		return council.LetterRange{Start: i, End: i + utf8.RuneCountInString(s)}
	}
	p.Furniture = []council.Furniture{{LetterRange: at("Kopfzeile"), Kind: council.RunningAgain}, {LetterRange: at("Seite 3"), Kind: council.PageNumber}}
	p.Hidden = []council.LetterRange{at("geheim")}
	text, offsets := pagetext.Shown(p)
	if words := strings.Join(strings.Fields(text), " "); words != "Haushalt offen" {
		t.Fatalf("%q", words)
	}
	i := strings.Index(text, "offen")
	if got := string(letters[offsets[i] : offsets[i+4]+1]); got != "offen" {
		t.Fatalf("the word stands on %q", got)
	}
	p.Furniture[0].Kind = council.RunningFirst
	if text, _ := pagetext.Shown(p); !strings.HasPrefix(text, "Kopfzeile\n") {
		t.Fatalf("the first page has its head: %q", text)
	}
	decoded, err := pagetext.Decode(pagetext.Encode([]council.PageText{p}))
	if err != nil || len(decoded) != 1 || !reflect.DeepEqual(decoded[0], p) {
		t.Fatalf("%v %+v", err, decoded)
	}
}

// What version 1 has stored is still read: bytes written by the first release.
func TestFormerFormatIsRead(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("PT\x01")
	w, _ := flate.NewWriter(&b, 9)
	_, _ = w.Write([]byte{1, 7, 2, 'a', 'b', 1 + 20, 40, 10, 14, 0}) // page 7: "a" with a box, "b" without
	_ = w.Close()
	pages, err := pagetext.Decode(b.Bytes())
	want := council.PageText{Page: 7, Text: "ab", Boxes: []council.Box{{X0: 1, Y0: 2, X1: 1.5, Y1: 2.7}, {}}}
	if err != nil || len(pages) != 1 || !reflect.DeepEqual(pages[0], want) {
		t.Fatalf("%v %+v", err, pages)
	}
}

// line puts words at a place, one box per letter.
func line(p *council.PageText, x, y float32, words string) {
	if p.Text != "" {
		p.Text += "\n"
		p.Boxes = append(p.Boxes, council.Box{})
	}
	for _, r := range words {
		p.Text += string(r)
		b := council.Box{X0: x, Y0: y, X1: x + 5, Y1: y + 9}
		if r == ' ' {
			b = council.Box{}
		}
		p.Boxes = append(p.Boxes, b)
		x += 5.5
	}
}

func TestFurniture(t *testing.T) {
	var pages []council.PageText
	for n := 1; n <= 6; n++ {
		p := council.PageText{Page: n}
		line(&p, 60, 810, "Stadt Musterhausen")
		line(&p, 60, 780, "Konto Ansatz Ergebnis") // the head of a table that goes on
		for k := range 10 {
			line(&p, 60, float32(740-k*14), fmt.Sprintf("Zeile %d auf %d kostet %d Euro", k, n, n*1000+k*37))
		}
		line(&p, 280, 40, fmt.Sprintf("Seite %d von 6", n))
		line(&p, 60, 40, "Drucksache 20/6415")
		pages = append(pages, p)
	}
	pagetext.MarkFurniture(pages, func(int) int { return 0 })
	for _, p := range pages {
		text, _ := pagetext.Shown(p)
		first := p.Page == 1
		if strings.Contains(text, "Musterhausen") != first || strings.Contains(text, "20/6415") != first {
			t.Errorf("page %d: head and foot count once: %q", p.Page, text)
		}
		if strings.Contains(text, "Seite") {
			t.Errorf("page %d: its number counts", p.Page)
		}
		if strings.Count(text, "kostet") != 10 {
			t.Errorf("page %d lost text: %q", p.Page, text)
		}
	}
	single := []council.PageText{{Page: 1}}
	line(&single[0], 60, 800, "Antrag der Fraktion")
	line(&single[0], 60, 700, "Text")
	line(&single[0], 60, 40, "Seite 1 von 1")
	pagetext.MarkFurniture(single, func(int) int { return 0 })
	if text, _ := pagetext.Shown(single[0]); strings.Contains(text, "Seite") || !strings.Contains(text, "Fraktion") {
		t.Errorf("one page: %q", text)
	}
}

func TestLanguage(t *testing.T) {
	for want, text := range map[string]string{
		"de": "Der Rat der Stadt beschließt die Satzung und beauftragt die Verwaltung mit der Umsetzung, sofern die Mittel für das Jahr nicht durch den Haushalt gedeckt sind oder bei einer Prüfung",
		"en": "The council of the city adopts the bylaw and asks the administration to carry it out, as far as the means for this year have not been covered by the budget or with a review of it that is in",
		"":   "1.250 2.300 4.711 Konto 4812 Konto 4813 Ansatz 2026 Ansatz 2027",
	} {
		if got := pagetext.Language([]council.PageText{{Text: text}}); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
	for said, want := range map[string]string{"de_DE": "de-DE", "DE": "de", "Deutsch (Deutschland)": "", "und": "", "": "", "en-us": "en-US"} {
		if got := pagetext.LanguageTag(said); got != want {
			t.Errorf("%q is %q", said, got)
		}
	}
}
