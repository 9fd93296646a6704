package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"ris/documents/compare"
)

// What a clerk would say changed, in papers as councils have them. A line is "kind: old -> new".
func TestCouncilExamples(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new []string
		want     string
	}{
		{"Satzung: ein Absatz neu gefasst",
			[]string{"§ 1 Geltungsbereich", "Diese Satzung gilt für alle öffentlichen Spielplätze der Stadt Auenrode.",
				"§ 2 Benutzung", "(1) Die Spielplätze sind von 8 Uhr bis 20 Uhr geöffnet.", "(2) Hunde sind auf den Spielplätzen nicht erlaubt.",
				"§ 3 Inkrafttreten", "Diese Satzung tritt am Tag nach ihrer Bekanntmachung in Kraft."},
			[]string{"§ 1 Geltungsbereich", "Diese Satzung gilt für alle öffentlichen Spielplätze und Bolzplätze der Stadt Auenrode.",
				"§ 2 Benutzung", "(1) Die Spielplätze sind von 8 Uhr bis 22 Uhr geöffnet.", "(2) Hunde sind auf den Spielplätzen nicht erlaubt.",
				"(3) Das Rauchen ist auf den Spielplätzen verboten.",
				"§ 3 Inkrafttreten", "Diese Satzung tritt am 1. Januar 2027 in Kraft."},
			`added: -> und Bolzplätze
changed: 20 -> 22
added: -> (3) Das Rauchen ist auf den Spielplätzen verboten.
changed: Tag nach ihrer Bekanntmachung -> 1. Januar 2027`},
		{"Satzung: Paragraph gestrichen, die folgenden neu gezählt",
			[]string{"§ 3 Gebührenpflicht", "Die Gebührenpflicht entsteht mit der Anmeldung des Kindes in der Einrichtung.",
				"§ 4 Ermäßigung", "Für das zweite Kind einer Familie wird die Gebühr auf Antrag um die Hälfte ermäßigt.",
				"§ 5 Fälligkeit", "Die Gebühr ist jeweils zum ersten Werktag eines Monats im Voraus fällig."},
			[]string{"§ 3 Gebührenpflicht", "Die Gebührenpflicht entsteht mit der Anmeldung des Kindes in der Einrichtung.",
				"§ 4 Fälligkeit", "Die Gebühr ist jeweils zum ersten Werktag eines Monats im Voraus fällig."},
			`removed: § 4 Ermäßigung / Für das zweite Kind einer Familie wird die Gebühr auf Antrag um die Hälfte ermäßigt. ->
changed: 5 -> 4`},
		{"Satzung: Paragraph verschoben und im Wortlaut geändert",
			[]string{"§ 1 Zweck", "Die Stadt fördert das Ehrenamt in ihren Vereinen nach Maßgabe dieser Richtlinie.",
				"§ 2 Antrag", "Der Antrag ist bis zum 31. März eines Jahres schriftlich bei der Verwaltung einzureichen; die Unterlagen sind beizufügen.",
				"§ 3 Höhe", "Gefördert werden höchstens 50 vom Hundert der anerkannten Kosten einer Maßnahme im laufenden Jahr.",
				"§ 4 Auszahlung", "Der Zuschuss wird nach Vorlage des Verwendungsnachweises ausgezahlt, frühestens im Herbst des Jahres."},
			[]string{"§ 1 Zweck", "Die Stadt fördert das Ehrenamt in ihren Vereinen nach Maßgabe dieser Richtlinie.",
				"§ 3 Höhe", "Gefördert werden höchstens 50 vom Hundert der anerkannten Kosten einer Maßnahme im laufenden Jahr.",
				"§ 4 Auszahlung", "Der Zuschuss wird nach Vorlage des Verwendungsnachweises ausgezahlt, frühestens im Herbst des Jahres.",
				"§ 2 Antrag", "Der Antrag ist bis zum 30. April eines Jahres schriftlich bei der Verwaltung einzureichen; die Unterlagen sind beizufügen."},
			`moved: § 2 Antrag / Der Antrag ist bis zum 31. März eines Jahres schriftlich bei der Verwaltung einzureichen; die Unterlagen sind beizufügen. -> § 2 Antrag / Der Antrag ist bis zum 30. April eines Jahres schriftlich bei der Verwaltung einzureichen; die Unterlagen sind beizufügen.
changed: 31 -> 30
changed: März -> April`},
		{"Beschlussvorschlag: Betrag und Frist",
			[]string{"Der Rat beschließt, für den Neubau 12.500 Euro bereitzustellen. Die Verwaltung berichtet bis zum 30.06.2026."},
			[]string{"Der Rat beschließt, für den Neubau 12.800 Euro bereitzustellen. Die Verwaltung berichtet bis zum 30.09.2026."},
			`changed: 12.500 -> 12.800
changed: 30.06.2026 -> 30.09.2026`},
		{"Haushalt: Beträge einzeln",
			[]string{"50 Personalaufwendungen 1.250.000 1.275.000 1.301.000", "52 Sach- und Dienstleistungen 310.000 320.000 330.000", "53 Transferaufwendungen 88.400 88.400 88.400"},
			[]string{"50 Personalaufwendungen 1.262.500 1.287.900 1.301.000", "52 Sach- und Dienstleistungen 310.000 320.000 330.000", "53 Transferaufwendungen 88.400 91.000 92.500"},
			`changed: 1.250.000 -> 1.262.500
changed: 1.275.000 -> 1.287.900
changed: 88.400 -> 91.000
changed: 88.400 -> 92.500`},
		{"Gremium umbenannt, Satz gestrichen",
			[]string{"Der Ausschuss für Umwelt und Verkehr empfiehlt dem Rat die Annahme. Eine Gegenstimme wurde zu Protokoll gegeben. Die Kosten trägt das Land."},
			[]string{"Der Ausschuss für Klima und Mobilität empfiehlt dem Rat die Annahme. Die Kosten trägt das Land."},
			`changed: Umwelt und Verkehr -> Klima und Mobilität
removed: Eine Gegenstimme wurde zu Protokoll gegeben. ->`},
		{"Absatz geteilt: kein Unterschied",
			[]string{"Die Maßnahme beginnt im Frühjahr. Sie endet im Herbst des Jahres 2027 mit der Abnahme durch die Verwaltung der Stadt."},
			[]string{"Die Maßnahme beginnt im Frühjahr.", "Sie endet im Herbst des Jahres 2027 mit der Abnahme durch die Verwaltung der Stadt."}, ``},
		{"anderer Vorgang: ersetzt",
			[]string{"Die Verwaltung schlägt vor, den Marktplatz im Sommer neu zu pflastern."},
			[]string{"Frau Beispiel fragt nach Öffnungszeiten von Hallenbad und Sauna."},
			`changed: Die Verwaltung schlägt vor, den Marktplatz im Sommer neu zu pflastern. -> Frau Beispiel fragt nach Öffnungszeiten von Hallenbad und Sauna.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := compare.Texts(sheet{width: 80, lines: 40}.set(c.old...), sheet{width: 62, lines: 9}.set(c.new...))
			var got []string
			for _, x := range d.Changes {
				got = append(got, strings.TrimRight(fmt.Sprintf("%s: %s", x.Kind, strings.TrimLeft(
					strings.ReplaceAll(x.OldText, "\n", " / ")+" -> "+strings.ReplaceAll(x.NewText, "\n", " / "), " ")), " "))
				if (x.OldText != "") != (len(x.Old) > 0) || (x.NewText != "") != (len(x.New) > 0) {
					t.Errorf("%s %q -> %q: %d places before, %d after", x.Kind, x.OldText, x.NewText, len(x.Old), len(x.New))
				}
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}
