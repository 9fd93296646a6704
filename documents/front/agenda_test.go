package front_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ris/documents/front"
)

func agenda(items int) front.Agenda {
	a := front.Agenda{Body: "Stadt Auenrode", Meeting: "Sitzung des Ausschusses für Bauen, Umwelt und Verkehr",
		Facts: [][2]string{{"Beginn", "Donnerstag, 3. Dezember 2026, 18:00 Uhr"}, {"Ort", "Rathaus, Großer Sitzungssaal, Markt 1, 12345 Auenrode"}}}
	part := 0
	for i := range items {
		part++
		a.Items = append(a.Items, front.Item{Number: strings.TrimPrefix("Ö 1.", "x") + string(rune('0'+i%10)), Name: "Ausbau der Lindenstraße zwischen Markt und Bahnhof: Beschluss über die Vorzugsvariante und die Finanzierung",
			NonPublic: i > items*2/3, Papers: []front.Paper{{Reference: "V/2026/0123", Name: "Őri Łukasz Şahin Ђорђе Ελληνικά Nguyễn",
				Files: []front.File{{Name: "Vorlage", Pages: 12, Part: part}, {Name: "Anlage 1 – Plan", Part: 0, Note: front.NoteSingle}}}}})
	}
	return a
}

// The pages hold every word, say where the parts begin, and are the same bytes each time.
func TestAgenda(t *testing.T) {
	p, err := front.Make(agenda(30))
	if err != nil {
		t.Fatal(err)
	}
	again, err := front.Make(agenda(30))
	if err != nil || !bytes.Equal(p.PDF, again.PDF) {
		t.Error("the same agenda gives other bytes", err)
	}
	if p.Count < 3 || p.First[1] != p.Count+1 || p.First[2] != p.Count+13 || len(p.Links) != 30 {
		t.Errorf("%d pages, parts begin at %v, %d links", p.Count, p.First, len(p.Links))
	}
	for _, l := range p.Links {
		if l.Page < 1 || l.Page > p.Count || l.Box[0] >= l.Box[2] || l.Box[1] >= l.Box[3] || l.Box[1] < 0 || l.Box[3] > 842 {
			t.Errorf("link %+v", l)
		}
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	path := filepath.Join(t.TempDir(), "agenda.pdf")
	if dir := os.Getenv("RIS_KEEP"); dir != "" {
		path = filepath.Join(dir, "agenda.pdf")
	}
	if err := os.WriteFile(path, p.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := exec.Command("pdftotext", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"Großer Sitzungssaal", "Őri Łukasz Şahin Ђорђе Ελληνικά Nguyễn", "Nichtöffentlicher Teil", "streng vertraulich", "V/2026/0123"} {
		if !strings.Contains(string(b), w) {
			t.Errorf("%q does not stand on the pages", w)
		}
	}
}

// Whatever people have typed, there are pages.
func TestAgendaTakesAnyText(t *testing.T) {
	for _, text := range []string{"", "   ", strings.Repeat("Donaudampfschifffahrtsgesellschaft", 40), strings.Repeat("ein Wort ", 900), "𝔘𝔫𝔦 🦊 \x00\xff\u200f שלום", "\u0301\u0301"} {
		a := agenda(2)
		a.Meeting, a.Items[0].Name, a.Items[1].Papers[0].Name, a.Items[1].Papers[0].Files[0].Name, a.Items[0].Number = text, text, text, text, text
		if p, err := front.Make(a); err != nil || p.Count == 0 {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if p, err := front.Make(front.Agenda{Meeting: "Leer"}); err != nil || p.Count != 1 {
		t.Errorf("an empty agenda: %d pages, %v", p.Count, err)
	}
}
