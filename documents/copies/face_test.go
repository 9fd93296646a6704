package copies_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"ris/documents"
	"ris/documents/copies"
)

// without are the letters of the three scripts that no face has: found in no name, of phonetics, medieval print and the Roman
// numeral C turned around. Everything else must be drawn.
var without = []*unicode.RangeTable{{
	R16: []unicode.Range16{{0x1C89, 0x1C8A, 1}, {0x2183, 0x2184, 1}, {0xA7C0, 0xA7C1, 1}, {0xA7CB, 0xA7CD, 1}, {0xA7D0, 0xA7DC, 1}},
	R32: []unicode.Range32{{0x10780, 0x107BA, 1}, {0x1DF00, 0x1DF2A, 1}, {0x1E030, 0x1E06D, 1}},
}}

func TestEveryLetterOfTheThreeScripts(t *testing.T) {
	letters, missing := 0, []string{}
	for r := rune('A'); r < 0x20000; r++ {
		if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) || !unicode.IsLetter(r) || unicode.In(r, without...) {
			continue
		}
		letters++
		name := "A" + string(r) + "a"
		lines, err := copies.Lines(documents.Mark{Name: name, Account: "konto", Template: "{name}"})
		if err != nil || strings.Contains(lines[0], "konto") || strings.Contains(lines[0], "<") {
			missing = append(missing, fmt.Sprintf("%04X", r))
		}
		if unicode.IsUpper(r) && len(copies.Picture([]string{string(r)})) < 20 && err == nil && !strings.Contains(lines[0], "konto") && string(r) == strings.Trim(lines[0], "Aa") {
			t.Errorf("%04X leaves nothing on the page", r)
		}
	}
	if len(missing) > 0 || letters < 1900 {
		t.Errorf("%d of %d letters have no glyph: %v", len(missing), letters, missing)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"Nguyễn Thị Ánh":      "Nguyễn Thị Ánh",
		"Ἀλέξανδρος Ὀδυσσεύς": "Ἀλέξανδρος Ὀδυσσεύς",
		"Қасым-Жомарт Ғабит":  "Қасым-Жомарт Ғабит",
		"Ɖɛƒɔŋ Ƴusuf Ɓala":    "Ɖɛƒɔŋ Ƴusuf Ɓala",
		"Ｆｒａｎｚ":               "Franz",              // full-width letters of an Asian keyboard
		"M\u0304u\u0331ller":  "M\u0304u\u0331ller", // no letter of its own with that accent: drawn with the accent over it
		"Jo\u0302\u0301n":     "Jốn",
		"محمد علي":            "konto@x",
		"דוד לוי":             "konto@x",
		"प्रिया शर्मा":        "konto@x",
		"สมชาย":               "konto@x",
		"王小明":                 "konto@x",
		"გიორგი":              "konto@x",
		"Anna \U0001F600":     "konto@x",
		"\u0301":              "\u0301", // an accent alone is still something
	} {
		lines, err := copies.Lines(documents.Mark{Name: name, Account: "konto@x", Template: "{name}"})
		if err != nil || len(lines) != 1 || lines[0] != want {
			t.Errorf("%q: %q, %v; want %q", name, lines, err, want)
		}
		if len(copies.Picture(lines)) < 50 {
			t.Errorf("%q: nothing is drawn", name)
		}
	}
}

// Whatever somebody is called, something that names the person is on the page.
func TestNoNameLeavesABlank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := documents.Mark{Name: rapid.String().Draw(t, "name"), Account: "a@x.example", Date: "1.1.2026", Code: rapid.SampledFrom([]string{"", "7K3M-Q9XA"}).Draw(t, "code")}
		lines, err := copies.Lines(m)
		if err != nil {
			if copies.Check(m) == nil {
				t.Fatal("Check says it can be printed")
			}
			return
		}
		all := strings.Join(lines, "\n")
		if !strings.Contains(all, "a@x.example") || m.Code != "" && !strings.HasSuffix(all, m.Code) {
			t.Fatalf("%q", lines)
		}
		if _, err := copies.AppendSlot(nil, 7, copies.SlotBytes+200, copies.Form(lines), true); (err == nil) != (copies.Check(m) == nil) && copies.Check(m) == nil {
			t.Fatalf("Check says yes, the slot says %v", err)
		}
	})
}

func TestPlaceholders(t *testing.T) {
	m := documents.Mark{Name: "N", Account: "a@x", Date: "1.1.2026", Body: "Stadt", Code: "7K3M-Q9XA", Template: "{" + strings.Join(copies.Placeholders, "}|{") + "}"}
	lines, err := copies.Lines(m)
	if err != nil || !slices.Equal(lines, []string{"N|a@x|1.1.2026|Stadt|7K3M-Q9XA"}) {
		t.Errorf("%q %v", lines, err)
	}
	m.Template = ""
	if lines, err = copies.Lines(m); err != nil || !slices.Equal(lines, []string{"N", "a@x · 1.1.2026", "7K3M-Q9XA"}) {
		t.Errorf("%q %v", lines, err)
	}
}

// The bytes of a mark go under a tag that promises them: when this fails (another compressor, another drawing), raise formatVersion
// and put the new value here.
func TestTheBytesOfAMarkAreTheSameForGood(t *testing.T) {
	lines := []string{"NICHT ÖFFENTLICH", "Nguyễn Müller", "a@x.example · 21.11.2026 · 7K3M-Q9XA"}
	if got := fmt.Sprintf("%x", hash(copies.Form(lines))); got != "1445df79a852638f" {
		t.Errorf("the drawing has the hash %s", got)
	}
}
