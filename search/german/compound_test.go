package german

import (
	"strings"
	"testing"
)

// gold: compounds of council life with their parts, cut by hand.
const gold = `Bebauungsplanänderung=Bebauung|Plan|Änderung Bebauungsplan=Bebauung|Plan Straßenbeleuchtung=Straße|Beleuchtung
Straßenausbaubeitrag=Straße|Ausbau|Beitrag Straßenausbaubeitragssatzung=Straße|Ausbau|Beitrag|Satzung Haushaltssatzung=Haushalt|Satzung
Nachtragshaushalt=Nachtrag|Haushalt Haushaltsplan=Haushalt|Plan Gemeinderatssitzung=Gemeinderat|Sitzung Stadtratssitzung=Stadt|Rat|Sitzung
Schulausschuss=Schule|Ausschuss Hauptausschuss=Haupt|Ausschuss Finanzausschuss=Finanz|Ausschuss Bauausschuss=Bau|Ausschuss Umweltausschuss=Umwelt|Ausschuss
Feuerwehrgerätehaus=Feuerwehr|Gerät|Haus Kindergartenbeitrag=Kindergarten|Beitrag Kindertagesstätte=Kind|Tag|Stätte Spielplatz=Spiel|Platz
Kinderspielplatz=Kind|Spiel|Platz Radwegkonzept=Rad|Weg|Konzept Radweg=Rad|Weg Gehweg=Geh|Weg Gehwegsanierung=Geh|Weg|Sanierung Abwasserbeseitigung=Abwasser|Beseitigung
Abwassergebühr=Abwasser|Gebühr Trinkwasserversorgung=Trink|Wasser|Versorgung Wasserleitung=Wasser|Leitung Friedhofsgebührensatzung=Friedhof|Gebühr|Satzung Friedhofssatzung=Friedhof|Satzung
Müllabfuhr=Müll|Abfuhr Grundschule=Grund|Schule Turnhalle=Turn|Halle Sporthallenneubau=Sport|Halle|Neubau Sportplatzpflege=Sport|Platz|Pflege
Hallenbad=Halle|Bad Freibad=Frei|Bad Hochwasserschutz=Hoch|Wasser|Schutz Lärmschutzwand=Lärm|Schutz|Wand Verkehrsberuhigung=Verkehr|Beruhigung
Gewerbegebiet=Gewerbe|Gebiet Gewerbesteuer=Gewerbe|Steuer Gewerbesteuerhebesatz=Gewerbe|Steuer|Hebesatz Grundsteuer=Grund|Steuer Hundesteuersatzung=Hund|Steuer|Satzung
Wohnungsbau=Wohnung|Bau Wohngebiet=Wohn|Gebiet Baugebiet=Bau|Gebiet Bauplatzvergabe=Bau|Platz|Vergabe Baugenehmigung=Bau|Genehmigung
Flächennutzungsplan=Fläche|Nutzung|Plan Denkmalschutz=Denkmal|Schutz Klimaschutzkonzept=Klima|Schutz|Konzept Windkraftanlage=Wind|Kraft|Anlage
Photovoltaikanlage=Photovoltaik|Anlage Jugendhilfeausschuss=Jugend|Hilfe|Ausschuss Seniorenbeirat=Senior|Beirat Ortsbeirat=Ort|Beirat Verwaltungsvorlage=Verwaltung|Vorlage
Beschlussvorlage=Beschluss|Vorlage Sitzungsniederschrift=Sitzung|Niederschrift Tagesordnung=Tag|Ordnung Geschäftsordnung=Geschäft|Ordnung
Ehrenamtskarte=Ehrenamt|Karte Zweckverband=Zweck|Verband Kreisumlage=Kreis|Umlage Marktplatzgestaltung=Markt|Platz|Gestaltung Brückensanierung=Brücke|Sanierung
Kanalsanierung=Kanal|Sanierung Kläranlage=Klär|Anlage Regenwasserkanal=Regen|Wasser|Kanal Baumfällung=Baum|Fällung Baumschutzsatzung=Baum|Schutz|Satzung
Parkplatznot=Park|Platz|Not Parkgebühren=Park|Gebühr Buslinie=Bus|Linie Bushaltestelle=Bus|Halte|Stelle Schulbus=Schule|Bus Schulweg=Schule|Weg
Schulhofgestaltung=Schule|Hof|Gestaltung Ganztagsschule=Ganztag|Schule Flüchtlingsunterkunft=Flüchtling|Unterkunft Wahlhelfer=Wahl|Helfer
Stellenplan=Stelle|Plan Investitionsprogramm=Investition|Programm Jahresabschluss=Jahr|Abschluss Jahresrechnung=Jahr|Rechnung Rechnungsprüfungsausschuss=Rechnung|Prüfung|Ausschuss
Vereinsförderung=Verein|Förderung Breitbandausbau=Breitband|Ausbau Dorferneuerung=Dorf|Erneuerung Ortsdurchfahrt=Ort|Durchfahrt Kreisstraße=Kreis|Straße`

// simple words that must stay whole.
const simple = `Bürgermeister Wissenschaft Haushalt Überprüfung Beratung Verwaltung Vertretung Verordnung Wirtschaft Gesellschaft Landschaft
Grundstück Unterlagen Mitglied Mitarbeiter Stellvertreter Vorsitzende Antrag Vertrag Beitrag Vorlage Sitzung Satzung Leistung Abteilung Mitteilung
Beteiligung Erfahrung Verfahren Vorhaben Ausbau Umbau Zuschuss Beschluss Sicherheit Zuständigkeit Gelegenheit Bezug Verkehr Museum Lehrer Anlieger
Unternehmen Unterricht Überschuss Einwohner Gewerbe Angebot Gehalt Aufenthalt Anstalt Gestaltung Genehmigung Entwicklung Erneuerung Entscheidung
Information Organisation Personal Material Konzept Projekt Bereich Bericht Nachbarschaft Zustimmung Abstimmung Bekanntmachung Stellungnahme`

func TestSplitterAgainstGold(t *testing.T) {
	s := Splitter{lexicon()}
	right, total := 0, 0
	for _, entry := range strings.Fields(gold) {
		word, parts, _ := strings.Cut(entry, "=")
		total++
		var got, want []string
		for _, p := range s.Split(word) {
			got = append(got, stem(p))
		}
		if p := strings.Split(parts, "|"); len(p) > 1 {
			for _, w := range p {
				want = append(want, stem(spell(w).String()))
			}
		}
		if strings.Join(got, "|") == strings.Join(want, "|") {
			right++
		} else {
			t.Logf("%s: %v, want %v", word, s.Split(word), parts)
		}
	}
	if right*100 < total*88 {
		t.Errorf("%d of %d compounds exactly right, want 88 %%", right, total)
	}
	wrong := 0
	for _, w := range strings.Fields(simple) {
		if p := s.Split(w); p != nil {
			wrong++
			t.Logf("%s is cut: %v", w, p)
		}
	}
	if n := len(strings.Fields(simple)); wrong*100 > n*5 {
		t.Errorf("%d of %d simple words cut, want at most 5 %%", wrong, n)
	}
	t.Logf("%d of %d exactly right, %d simple words cut", right, total, wrong)
}
