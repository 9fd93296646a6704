package pdfgen

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func sample(kind Kind, pages int) Document {
	return Document{Kind: kind, Body: "Stadt Auenrode", Title: "Prüfung der Brücke", Reference: "V/2026/0001", PaperType: "Beschlussvorlage",
		Department: "Kämmerei", Date: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Proposal: "Der Rat beschließt.", Text: []string{"Der Überbau wird ersetzt."},
		Stops: [][3]string{{"Rat", "02.03.2026", "Entscheidung"}}, Pages: pages,
		Phrases: Phrases{Sentences: []string{"Die Maßnahme ist geprüft.", "Die Kosten sind ermittelt.", "Der Rat ist zuständig."}, Headings: []string{"Ausgangslage"},
			Statute: []string{"Geltungsbereich"}, Products: []string{"Straßen"}, Accounts: []string{"Steuern", "Umlagen", "a", "b", "c", "d", "Personal"}, Rows: []string{"Ortsteil Lohe"}}}
}

// Every kind is a PDF that another tool reads, with at least the wanted pages, the same bytes each time, and text where text belongs.
func TestMakeIsReadByAnotherTool(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Fatal("pdftotext is missing: apt install poppler-utils")
	}
	for _, kind := range []Kind{Letter, Report, Statute, Table, Budget, Plan, Scan} {
		t.Run(string(kind), func(t *testing.T) {
			d := sample(kind, 2)
			data, err := Make(d)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := Make(d)
			if !bytes.Equal(data, again) {
				t.Error("two runs give different bytes")
			}
			path := filepath.Join(t.TempDir(), "x.pdf")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			info, err := exec.Command("pdfinfo", path).Output()
			if err != nil {
				t.Fatal(err)
			}
			if m := regexp.MustCompile(`Pages:\s+(\d+)`).FindSubmatch(info); m == nil || string(m[1]) < "2" {
				t.Errorf("pages: %s", info)
			}
			text, err := exec.Command("pdftotext", path, "-").Output()
			if err != nil {
				t.Fatal(err)
			}
			if has := strings.Contains(string(text), "Prüfung der Brücke"); has != (kind != Scan) {
				t.Errorf("title in the text layer: %v", has)
			}
		})
	}
}

func TestEuroWritesGermanThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0 €", 999: "999 €", 1234: "1.234 €", -1234567: "-1.234.567 €"} {
		if got := euro(n); got != want {
			t.Errorf("euro(%d) = %q, want %q", n, got, want)
		}
	}
}
