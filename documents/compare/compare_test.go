package compare_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ris/app/council"
	"ris/documents/compare"
)

var vocabulary = strings.Fields(`Der Rat der Stadt beschließt die Satzung über Gebühren für Benutzung öffentlicher Einrichtungen im Gebiet
	Verwaltung wird beauftragt Öffentlichkeitsbeteiligung durchzuführen und zu berichten Ausschuss empfiehlt Haushaltsplan Mittel stehen bereit
	12.500 1.250,00 2026 § 3 Absatz 2 gemäß Gemeindeordnung Grundstück Bebauungsplan Nummer Straße Schule Kindertageseinrichtung Neubau Kosten
	Deckung Land Förderung Anteil Bürgerinnen Bürger Anregungen Begründung Niederschrift Sitzung Vorlage Beschluss einstimmig Enthaltung`)

// paragraph is a sentence of the vocabulary's words, like no other: equal paragraphs cannot be told apart by anybody.
func paragraph(t *rapid.T, label string, number uint64) string {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, label), number))
	words := make([]string, 15+r.IntN(50))
	for i := range words {
		words[i] = vocabulary[r.IntN(len(vocabulary))]
	}
	return "Der " + strings.Join(words, " ") + "."
}

func paragraphs(t *rapid.T, least, most int) (out []string) {
	for i := range rapid.IntRange(least, most).Draw(t, "paragraphs") {
		out = append(out, fmt.Sprintf("Nr%d ", i)+paragraph(t, "p", uint64(i)))
	}
	return out
}

// words of one side, by the parts.
func sides(d *compare.Difference) (old, new string) {
	var a, b strings.Builder
	for _, r := range d.Rows {
		a.WriteString(" ")
		b.WriteString(" ")
		for _, p := range r.Parts {
			switch {
			case p.Kind == compare.Both:
				a.WriteString(p.Text)
				b.WriteString(p.Text)
			case p.Kind == compare.Old && p.In == 0, p.Kind == compare.Away:
				a.WriteString(p.Text)
			case p.Kind == compare.New, p.Kind == compare.Here:
				b.WriteString(p.Text)
			}
		}
	}
	return a.String(), b.String()
}

// squash leaves the letters: blanks, hyphens of line ends and what the sheet added do not count.
func squash(s string) string { return strings.NewReplacer(" ", "", "\n", "", "-", "").Replace(s) }

func text(paras []string) string { return squash(strings.Join(paras, "")) }

// Taking away what went and putting in what came turns the old text into the new one, whatever was done to it.
func TestOldAndNewComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := paragraphs(t, 1, 14)
		new := slices.Clone(old)
		for range rapid.IntRange(0, 6).Draw(t, "edits") {
			at := rapid.IntRange(0, len(new)-1).Draw(t, "at")
			switch rapid.IntRange(0, 4).Draw(t, "edit") {
			case 0:
				new = slices.Insert(new, at, paragraph(t, "new", uint64(100+len(new))))
			case 1:
				if len(new) > 1 {
					new = slices.Delete(new, at, at+1)
				}
			case 2:
				words := strings.Fields(new[at])
				words[rapid.IntRange(0, len(words)-1).Draw(t, "word")] = rapid.SampledFrom(vocabulary).Draw(t, "to")
				new[at] = strings.Join(words, " ")
			case 3:
				to := rapid.IntRange(0, len(new)-1).Draw(t, "to")
				p := new[at]
				new = slices.Insert(slices.Delete(new, at, at+1), min(to, len(new)-1), p)
			case 4:
				words := strings.Fields(new[at])
				cut := rapid.IntRange(0, len(words)).Draw(t, "cut")
				new[at] = strings.Join(slices.Concat(words[cut:], words[:cut]), " ")
			}
		}
		d := compare.Texts(sheet{width: 80, lines: 40}.set(old...), sheet{width: 70, lines: 33}.set(new...))
		a, b := sides(d)
		if squash(a) != text(old) {
			t.Fatalf("the old text became\n%s\nit was\n%s", squash(a), text(old))
		}
		if squash(b) != text(new) {
			t.Fatalf("the new text became\n%s\nit was\n%s", squash(b), text(new))
		}
		packed, err := compare.Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		back, err := compare.Decode(packed)
		if err != nil || len(back.Rows) != len(d.Rows) || len(back.Changes) != len(d.Changes) {
			t.Fatalf("kept: %v, %d rows of %d", err, len(back.Rows), len(d.Rows))
		}
		for n, c := range d.Changes {
			for i, p := range c.New {
				if fmt.Sprint(p) != fmt.Sprint(back.Changes[n].New[i]) {
					t.Fatalf("place %v came back as %v", p, back.Changes[n].New[i])
				}
			}
		}
	})
}

// The same paragraphs on other pages, in other lines, with torn words and another running head are no change.
func TestReflowIsNoChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paras := paragraphs(t, 16, 30) // at least two pages: a running head is known by its being repeated
		old := a4.set(paras...)
		new := sheet{width: rapid.IntRange(40, 95).Draw(t, "width"), lines: rapid.IntRange(12, 50).Draw(t, "lines"), head: "Entwurf vom Oktober",
			torn: rapid.Bool().Draw(t, "torn")}.set(paras...)
		d := compare.Texts(old, new)
		if len(d.Changes) > 0 {
			t.Fatalf("%d changes, the first %+v", len(d.Changes), d.Changes[0])
		}
		if d.Similarity() != 1 {
			t.Fatalf("similarity %v", d.Similarity())
		}
	})
}

// Two blocks that changed places are moved, and nothing else is said.
func TestSwappedBlocksAreMoved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		paras := paragraphs(t, 16, 24)
		i := rapid.IntRange(0, len(paras)-2).Draw(t, "i")
		j := rapid.IntRange(i+1, len(paras)-1).Draw(t, "j")
		swapped := slices.Clone(paras)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		d := compare.Texts(a4.set(paras...), a4.set(swapped...))
		for _, c := range d.Changes {
			if c.Kind != compare.Moved {
				t.Fatalf("%s: %q -> %q", c.Kind, c.OldText, c.NewText)
			}
		}
		if n := len(d.Changes); n < 1 || n > 2 {
			t.Fatalf("%d moves", n)
		}
	})
}

func TestIdenticalTextsGiveNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := a4.set(paragraphs(t, 1, 20)...)
		if d := compare.Texts(p, p); len(d.Changes) != 0 || d.Similarity() != 1 || d.Note != "" {
			t.Fatalf("%+v", d.Changes)
		}
	})
	if d := compare.Texts(nil, nil); len(d.Changes) != 0 || d.Similarity() != 1 {
		t.Fatal("nothing differs from nothing")
	}
	blank := []council.PageText{{Page: 1}, {Page: 2}}
	if d := compare.Texts(blank, blank); len(d.Changes) != 0 || d.Note != compare.NoText || len(d.Pairs.Pairs) != 2 {
		t.Fatalf("two scans: %+v", d)
	}
}

// Whatever letters and boxes a file claims, nothing panics and it ends.
func TestAnyText(t *testing.T) {
	any := rapid.Custom(func(t *rapid.T) []council.PageText {
		var out []council.PageText
		for i := range rapid.IntRange(0, 4).Draw(t, "pages") {
			p := council.PageText{Page: i + 1, Text: rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("aA1. -\u0002\n(§")))).Draw(t, "text")}
			for range len([]rune(p.Text)) / 2 {
				x, y := rapid.Float32Range(-9e9, 9e9).Draw(t, "x"), rapid.Float32Range(-900, 900).Draw(t, "y")
				p.Boxes = append(p.Boxes, council.Box{X0: x, Y0: y, X1: x + 5, Y1: y + 9})
			}
			out = append(out, p)
		}
		return out
	})
	rapid.Check(t, func(t *rapid.T) {
		d := compare.Texts(any.Draw(t, "old"), any.Draw(t, "new"))
		b, err := compare.Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := compare.Decode(b); err != nil {
			t.Fatal(err)
		}
	})
}

func TestDecodeNeverPanics(t *testing.T) {
	good, err := compare.Encode(compare.Texts(a4.set("Der Rat beschließt 12.500 Euro."), a4.set("Der Rat beschließt 12.800 Euro.")))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := slices.Clone(good)
		for range rapid.IntRange(1, 5).Draw(t, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "to")
		}
		_, _ = compare.Decode(b[:rapid.IntRange(0, len(b)).Draw(t, "cut")])
	})
}

// A long paper of 500 pages with light edits, beside its old version: the time that the design allows, and what is kept.
func TestFiveHundredPages(t *testing.T) {
	paras := make([]string, 0, 3000)
	x := uint32(1)
	for i := range 3000 {
		words := make([]string, 62)
		for k := range words {
			x = x*1664525 + 1013904223
			words[k] = vocabulary[int(x>>16)%len(vocabulary)]
		}
		paras = append(paras, fmt.Sprintf("Punkt %d: %s.", i, strings.Join(words, " ")))
	}
	edited := slices.Clone(paras)
	for i := range edited {
		switch {
		case i%40 == 7:
			edited[i] = strings.Replace(edited[i], " ", " sogenannte ", 5)
		case i%100 == 50:
			edited[i] = edited[i] + " Dieser Satz ist neu hinzugekommen."
		}
	}
	edited[100], edited[2500] = edited[2500], edited[100]
	s := sheet{width: 85, lines: 42, head: "Haushaltsplan 2026"}
	old, new := s.set(paras...), s.set(edited...)
	var a, b compare.Document
	for _, p := range old {
		a.Add(p)
	}
	for _, p := range new {
		b.Add(p)
	}
	began := time.Now()
	d := compare.Compare(&a, &b)
	took := time.Since(began)
	packed, err := compare.Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	whole := time.Now()
	full := compare.Texts(old, new)
	t.Logf("%d and %d pages, %d words: compared in %v, with reading and places %v; %d changes, %d moved, kept in %d bytes",
		d.OldPages, d.NewPages, d.OldWords, took.Round(time.Millisecond), time.Since(whole).Round(time.Millisecond), len(d.Changes), d.Count(compare.Moved), len(packed))
	if d.OldPages < 450 || time.Since(whole) > 20*time.Second {
		t.Errorf("%d pages took %v", d.OldPages, time.Since(whole))
	}
	if full.Count(compare.Moved) != 2 || full.Count(compare.Added) < 100 {
		t.Errorf("%d moved, %d added", full.Count(compare.Moved), full.Count(compare.Added))
	}
}
