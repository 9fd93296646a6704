package searchtest

import (
	"slices"
	"testing"

	"ris/auth/policy"
)

// sentences are the pages of the German set, one file each, numbered from 0.
var sentences = []string{
	0:  "Der Rat beschließt die Satzung über die Erhebung von Gebühren für den Friedhof.",
	1:  "Der Ausschuss hat beschlossen, den Antrag der Fraktion abzulehnen.",
	2:  "Die Ratsmitglieder lehnten den Vorschlag nach langer Aussprache ab.",
	3:  "Die Sanierung der Straßenbeleuchtung im Mühlenweg beginnt im Frühjahr.",
	4:  "Am Muehlenweg wird die Beleuchtung der Strasse erneuert.",
	5:  "Die 4. Änderung des Bebauungsplans Nr. 17 liegt öffentlich aus.",
	6:  "Zur Bebauungsplanänderung gingen zwölf Stellungnahmen ein.",
	7:  "Das Vorhaben ist nach § 34 Abs. 2 BauGB zulässig.",
	8:  "Nach §§ 34, 35 BauGB war die Zulassung zu versagen.",
	9:  "Rechtsgrundlage ist § 34 der Gemeindeordnung.",
	10: "Siehe Vorlage V/2025/0123-1 der Verwaltung.",
	11: "Die Drucksache 2025/123 wird vertagt.",
	12: "Die Vorlage V/2025/1234 wurde zurückgezogen.",
	13: "Die Sitzung fand am 12. März 2025 statt.",
	14: "Nächster Termin: 12.03.2025, 18:30 Uhr im Sitzungssaal.",
	15: "Der Termin am 12.04.2025 entfällt.",
	16: "Im Haushaltsjahr 2024 wurden 1.250.000 Euro für Kindertagesstätten ausgegeben.",
	17: "Die Gewerbesteuereinnahmen sanken, der Hebesatz bleibt gleich.",
	18: "Für den Kinderspielplatz am Lindenplatz werden neue Spielgeräte angeschafft.",
	19: "Die Kläranlage erhält eine vierte Reinigungsstufe.",
	20: "Der Ausbau der Kreisstraße wird mit Mitteln des Landes gefördert.",
	21: "Die Kreisstraße bleibt während des Ausbaus gesperrt.",
	22: "Die Häuser am Hang drohen abzurutschen; ein Gutachten ist beauftragt.",
	23: "Das Feuerwehrgerätehaus im Ortsteil Altenberg wird erweitert.",
	24: "Der Jugendhilfeausschuss empfiehlt die Förderung der Vereine.",
	25: "Eine Empfehlung des Seniorenbeirats lag dem Gremium vor.",
	26: "Die Baugenehmigung wurde erteilt, Nachbarn hatten widersprochen.",
	27: "Die Verwaltung wird beauftragt, Fördermittel zu beantragen.",
	28: "Der Vorstand des Heimatvereins stellte die Planungen vor.",
	29: "Die Beratung über den Stellenplan wurde zurückgestellt.",
	30: "Größere Bäume dürfen nur mit Genehmigung gefällt werden.",
	31: "Für jede Baumfällung ist eine Ersatzpflanzung vorzusehen.",
}

// judged are queries with the sentences they must find, by class. A query without a blank at its end has its last word open.
var judged = []struct {
	class, query string
	want         []int
}{
	{"inflection", "Satzungen ", []int{0}}, {"inflection", "beschlossene ", []int{0, 1}}, {"inflection", "beschließen ", []int{0, 1}},
	{"inflection", "abgelehnt ", []int{1, 2}}, {"inflection", "Haus ", []int{22, 23}}, {"inflection", "Anträge ", []int{1}},
	{"inflection", "empfehlen ", []int{24, 25}}, {"inflection", "Genehmigungen ", []int{26, 30}}, {"inflection", "Verein ", []int{24, 28}},
	{"umlaut", "Mühlenweg ", []int{3, 4}}, {"umlaut", "Muehlenweg ", []int{3, 4}}, {"umlaut", "Muhlenweg ", []int{3, 4}},
	{"umlaut", "Strasse ", []int{3, 4, 20, 21}}, {"umlaut", "GEBUEHREN ", []int{0}}, {"umlaut", "oeffentlich ", []int{5}},
	{"umlaut", "Mu\u0308hlenweg ", []int{3, 4}},
	{"compound", "Bebauungsplan ", []int{5, 6}}, {"compound", "Änderung ", []int{5, 6}}, {"compound", "Beleuchtung ", []int{3, 4}},
	{"compound", "Gewerbesteuer ", []int{17}}, {"compound", "Spielplatz ", []int{18}}, {"compound", "Feuerwehr ", []int{23}},
	{"compound", "Beirat ", []int{25}}, {"compound", "Jugendhilfe ", []int{24}}, {"compound", "Weg ", []int{3, 4}}, {"compound", "Baum ", []int{30, 31}},
	{"compound", "Reinigung ", []int{19}}, {"compound", "Saal ", []int{14}},
	{"compound as words", "Straßenbeleuchtung ", []int{3, 4}},
	{"number", "V/2025/0123 ", []int{10}}, {"number", "2025/0123 ", []int{10, 11}}, {"number", "V/2025/123-1 ", []int{10}}, {"number", "2025/1234 ", []int{12}},
	{"number", "1250000 ", []int{16}}, {"number", "2024 ", []int{16}},
	{"paragraph", "§ 34 BauGB ", []int{7, 8}}, {"paragraph", "§34 Absatz 2 BauGB ", []int{7}}, {"paragraph", "§ 35 baugb ", []int{8}}, {"paragraph", "Paragraph 34 ", []int{7, 8, 9}},
	{"date", "12.03.2025 ", []int{13, 14}}, {"date", "12. März 2025 ", []int{13, 14}}, {"date", "2025-03-12 ", []int{13, 14}}, {"date", "April 2025 ", []int{15}},
	{"phrase", `"Ausbau der Kreisstraße"`, []int{20}}, {"phrase", "„Antrag der Fraktion“", []int{1}}, {"phrase", `"Kreisstraße Ausbau"`, nil},
	{"prefix", "Kinderspi", []int{18}}, {"prefix", "Klär", []int{19}}, {"prefix", "Ausbau Kreisstr", []int{20, 21}}, {"prefix", "Gewerbesteuerei", []int{17}},
	{"typo", "Strasenbeleuchtung ", []int{3}}, {"typo", "Feuerwehrgeretehaus ", []int{23}}, {"typo", "Stellenplam ", []int{29}}, {"typo", "Fraktoin ", []int{1}},
	{"not", "Rat ", []int{0, 2}}, {"not", "Vorstand ", []int{28}}, {"not", "Haushalt Straße ", nil}, {"not", "Gemeindeordnung BauGB ", nil},
}

// german checks recall and precision on the judged set: overall and in each class.
func german(t *testing.T, o Options) {
	e := open(t, o)
	for i, s := range sentences {
		d := document(i, 1, public, "", s)
		d.Reference = ""
		if err := e.Replace(background, d); err != nil {
			t.Fatal(err)
		}
	}
	flush(t, e)
	type tally struct{ right, missed, wrong int }
	all, classes := tally{}, map[string]*tally{}
	for _, j := range judged {
		c := classes[j.class]
		if c == nil {
			c = &tally{}
			classes[j.class] = c
		}
		got := found(t, e, policy.Anonymous(), j.query)
		for _, n := range got {
			if slices.Contains(j.want, n) {
				c.right++
			} else {
				c.wrong++
			}
		}
		for _, n := range j.want {
			if !slices.Contains(got, n) {
				c.missed++
			}
		}
		if !slices.Equal(got, j.want) {
			t.Logf("%s: %q found %v, want %v", j.class, j.query, got, j.want)
		}
	}
	for class, c := range classes {
		all.right, all.missed, all.wrong = all.right+c.right, all.missed+c.missed, all.wrong+c.wrong
		if c.right*100 < (c.right+c.missed)*88 {
			t.Errorf("class %s: %d found, %d missed, want recall 0.88", class, c.right, c.missed)
		}
	}
	t.Logf("recall %.3f, precision %.3f of %d queries", float64(all.right)/float64(all.right+all.missed), float64(all.right)/float64(all.right+all.wrong), len(judged))
	if all.right*100 < (all.right+all.missed)*95 || all.right*100 < (all.right+all.wrong)*95 {
		t.Errorf("%d found, %d missed, %d wrong: want recall and precision 0.95", all.right, all.missed, all.wrong)
	}
}
