package german

import (
	"html"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// meets reports whether the query's clauses all find a mark in the text.
func meets(query, text string) bool {
	found := map[int]bool{}
	clauses := Parse(query)
	for _, m := range match(clauses, text) {
		found[m.clause] = true
	}
	return len(clauses) > 0 && len(found) == len(clauses)
}

func TestWhatMeetsWhat(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        bool
	}{
		{"Strasse ", "Die Straße wird saniert.", true},
		{"Straßen ", "in der STRASSE", true},
		{"Muehlenweg ", "Ausbau des Mühlenwegs", true},
		{"Mühlenweg ", "am Muehlenweg 3", true},
		{"Mühle ", "am Muehlenweg 3", true},
		{"Mühlenweg ", norm.NFD.String("Ausbau des Mühlenwegs"), true},
		{"beschließen ", "Der Rat hat beschlossen.", true},
		{"beschlossen ", "Der Ausschuss beschließt die Satzung.", true},
		{"ablehnen ", "Der Antrag wurde abgelehnt.", true},
		{"abgelehnt ", "Es wird empfohlen, den Antrag abzulehnen.", true},
		{"genehmigen ", "die genehmigten Mittel", true},
		{"empfehlen ", "Die Verwaltung empfiehlt die Annahme.", true},
		{"Vorstand ", "Der Vorstand des Vereins", true},
		{"vorstand ", "Der Vorstand des Vereins", true},
		{"Plan ", "Bebauungsplanänderung", true},
		{"Bebauungsplan ", "Bebauungsplanänderung", true},
		{"Rat ", "Beratung des Haushalts", false},
		{"Haus ", "Haushalt", false},
		{"Sicherheit ", "ist sicher", false},
		{"V/2026/0123 ", "Vorlage V/2026/0123-1 vom", true},
		{"2026/123 ", "Vorlage V/2026/0123-1 vom", true},
		{"V/2026/0123 ", "Vorlage V/2026/01234", false},
		{"0123/26 ", "DS 0123/26", true},
		{"§ 34 BauGB ", "nach § 34 Abs. 2 BauGB zulässig", true},
		{"§ 34 Abs. 2 BauGB ", "nach § 34 Abs. 2 Satz 1 BauGB zulässig", true},
		{"§34 ", "nach § 34 Abs. 2 BauGB", true},
		{"Paragraph 34 baugb ", "nach § 34 BauGB", true},
		{"§ 35 BauGB ", "§§ 34, 35 und 36 BauGB", true},
		{"§ 34 BauGB ", "nach § 34 GemO", false},
		{"§ 3 BauGB ", "nach § 34 BauGB", false},
		{"§ 34a BauGB ", "nach § 34 BauGB", false},
		{"Art. 28 GG ", "aus Artikel 28 Abs. 2 GG", true},
		{"12.03.2026 ", "am 12. März 2026 um 18 Uhr", true},
		{"12. März 2026 ", "am 12.3.26", true},
		{"2026-03-12 ", "am 12. Mrz. 2026", true},
		{"März 2026 ", "Sitzung am 12.03.2026", true},
		{"12.03.2026 ", "am 12.04.2026", false},
		{"1250000 ", "Kosten von 1.250.000 Euro", true},
		{"1.250.000 ", "Kosten von 1250000 Euro", true},
		{"2025 ", "im Jahr 2024", false},
		{`"Ausbau der Kreisstraße"`, "der Ausbau der Kreisstraße", true},
		{`"Ausbau der Kreisstraße"`, "Ausbau und Sanierung der Kreisstraße", false},
		{`„Ausbau der Kreisstraße“`, "Ausbau\nder Kreisstraße", true},
		{"Bebauungspl", "Der Bebauungsplan liegt aus.", true},
		{"Genehmigun", "Die Genehmigung liegt vor.", true},
		{"Strasenbeleuchtung ", "Die Straßenbeleuchtung", true},
		{"Radwegausbau ", "der Radweg-Ausbau", true},
		{"Radweg ", "der Radweg-Ausbau", true},
	} {
		if got := meets(c.query, c.text); got != c.want {
			t.Errorf("%q meets %q: %v, want %v (clauses %+v, tokens %+v)", c.query, c.text, got, c.want, Parse(c.query), Analyse(c.text))
		}
	}
}

func TestMarksAreTheRightBytes(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"Plan ", "Die Bebauungsplanänderung", "plan"},
		{"Änderung ", "Die Bebauungsplanänderung", "änderung"},
		{"Bebauung ", "ÄÖÜ Bebauungsplanänderung", "Bebauungs"},
		{"§ 34 BauGB ", "nach § 34 Abs. 2 BauGB zulässig", "§ 34 Abs. 2 BauGB"},
		{`"Rat der Stadt"`, "im Rat der Stadt Köln", "Rat der Stadt"},
		{"Weg ", norm.NFD.String("der Mühlenweg"), "weg"},
		{"Weg ", "der Muehlenweg", "weg"},
	} {
		var got []string
		for _, r := range Marks(c.query, c.text) {
			got = append(got, c.text[r.Start:r.End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func TestSnippetMarksAndEscapes(t *testing.T) {
	text := strings.Repeat("Fülltext ohne Treffer. ", 40) + `<script>alert("x")</script> Die Straße & der Weg. ` + strings.Repeat("Ende der Seite. ", 40)
	got := Snippet("Straße Weg", text, 120)
	if !strings.Contains(got, "<mark>Straße</mark>") || !strings.Contains(got, "<mark>Weg</mark>") || strings.Contains(got, "<script") {
		t.Error(got)
	}
	if n := len([]rune(html.UnescapeString(got))); n > 180 {
		t.Errorf("%d characters: %s", n, got)
	}
}

// Whatever text and query are: tokens and marks lie within the text on letter borders, and a snippet has no other markup.
func TestAnyTextIsSafe(t *testing.T) {
	alphabet := []rune("aeouäöüßsSntgrRB Vv§/.-0126<>&\"'„“\u0308\u00ad\xff\nĀЖ漢")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 200, -1).Draw(t, "text")
		query := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 30, -1).Draw(t, "query")
		for _, k := range Analyse(text) {
			if k.Start < 0 || k.End > len(text) || k.Start >= k.End || k.Term == "" {
				t.Fatalf("token %+v of %q", k, text)
			}
		}
		end := 0
		for _, m := range Marks(query, text) {
			if m.Start < end || m.End > len(text) || m.Start >= m.End {
				t.Fatalf("mark %+v of %q", m, text)
			}
			end = m.End
		}
		s := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(Snippet(query, text, 100))
		if strings.ContainsAny(s, "<>") {
			t.Fatalf("markup in %q", s)
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	text := strings.Repeat("Der Ausschuss für Umwelt und Verkehr empfiehlt, die Bebauungsplanänderung nach § 34 Abs. 2 BauGB am 12. März 2026 zu beschließen (V/2026/0123-1). ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Analyse(text)
	}
}
