package searchtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"ris/app/council"
	"ris/search"
)

// The pieces of the invented council texts. Compounds are put together of first and last parts, so the vocabulary is as wide as
// that of real papers.
var (
	firsts = strings.Fields(`Bebauungs Haushalts Straßen Schul Kindergarten Feuerwehr Gewerbe Wohn Verkehrs Wasser Abwasser Kanal Brücken Friedhofs Sport
		Spiel Park Rad Geh Wald Natur Umwelt Klima Energie Wärme Bürger Senioren Jugend Sozial Kultur Musik Stadt Orts Dorf Markt Bahnhofs Kreis Landes Finanz Steuer
		Gebühren Beitrags Personal Stellen Investitions Grundstücks Gebäude Hallen Dach Heizungs Beleuchtungs Lärm Hochwasser Gewässer Baum Grün Müll Abfall Winter
		Rettungs Wahl Vereins Ehrenamts Tourismus Breitband Glasfaser Vergabe Vertrags Prüfungs Planungs Flächen Siedlungs Denkmal Museums Bücherei Kranken Pflege`)
	lasts = strings.Fields(`plan satzung konzept anlage gebiet weg platz haus bau ausbau sanierung schutz förderung gebühr beitrag steuer versorgung entsorgung
		verwaltung planung nutzung fläche leitung stelle ordnung ausschuss beirat bericht antrag gutachten maßnahme programm mittel kosten vertrag vergabe prüfung
		abrechnung erweiterung erneuerung unterhaltung pflege ausstattung gestaltung entwicklung beteiligung erhebung statistik bedarf angebot dienst zentrum netz
		halle brücke mauer grenze gruppe amt gremium termin liste karte`)
	streets   = strings.Fields(`Mühlenweg Lindenstraße Bahnhofstraße Kirchplatz Gartenstraße Schulstraße Bergweg Talstraße Rosenweg Marktplatz Hauptstraße Ringstraße Bachgasse Feldweg Amselweg`)
	districts = strings.Fields(`Altenberg Neuhof Oberau Niederau Hohenfeld Steinbach Waldheim Seedorf Kaltenbrunn Rehtal`)
	laws      = strings.Fields(`BauGB BauNVO GemO KAG BNatSchG WHG VwVfG StVO BImSchG GemHVO`)
	groups    = []string{"der Fraktion Bürgerliste", "der Fraktion Offene Stadt", "der Gruppe Ortsteile", "des Ortsbeirats", "des Seniorenbeirats", "der Verwaltung"}
	verdicts  = []string{"einstimmig beschlossen", "mehrheitlich abgelehnt", "an den Ausschuss überwiesen", "auf die nächste Sitzung vertagt", "zur Kenntnis genommen", "ohne Aussprache angenommen"}
	templates = []string{
		"Der Rat der Stadt hat am {date} über die {noun} beraten und den Antrag {group} {verdict}.",
		"Für die {noun} im Ortsteil {district} sind im Haushaltsjahr {year} Mittel in Höhe von {amount} Euro veranschlagt.",
		"Die {noun} ist nach § {para} {law} zulässig, soweit öffentliche Belange nicht entgegenstehen.",
		"Auf die Vorlage {paper} vom {date} wird verwiesen.",
		"Die Verwaltung wird beauftragt, eine {noun} für den Bereich {street} vorzulegen und die Anlieger zu beteiligen.",
		"Gegen die {noun} gingen während der Auslegung zwölf Stellungnahmen ein, die in der Anlage {small} zusammengefasst sind.",
		"Herr Bürgermeister erläutert den Stand der {noun} und beantwortet Fragen zur {noun}.",
		"Die Kosten der {noun} erhöhen sich gegenüber der Schätzung um {small} Prozent auf {amount} Euro.",
		"Aus der Mitte des Gremiums wird angeregt, {noun} und {noun} gemeinsam zu betrachten.",
		"Im Abschnitt zwischen {street} und {street} wird die Fahrbahn erneuert, der Gehweg bleibt erhalten.",
		"Nach Anhörung {group} empfiehlt der Ausschuss, der {noun} zuzustimmen.",
		"Die Förderung des Landes beträgt {small} Prozent der Aufwendungen, der Bescheid liegt seit dem {date} vor.",
		"Bei der Ortsbesichtigung wurden Schäden an der {noun} festgestellt, die vor dem Winter behoben werden müssen.",
		"Die Ausschreibung der {noun} erfolgt in {small} Losen; die Vergabe ist für {month} {year} vorgesehen.",
		"Eine Entscheidung über die {noun} wird zurückgestellt, bis das Gutachten zur {noun} vorliegt.",
		"Die Satzung tritt am Tag nach ihrer Bekanntmachung in Kraft.",
		"Es wird darauf hingewiesen, dass die {noun} nicht Gegenstand dieses Verfahrens ist.",
		"Die Bewohner der {street} bitten um eine Verlängerung der {noun} bis {district}.",
	}
	monthNames = strings.Fields(`Januar Februar März April Mai Juni Juli August September Oktober November Dezember`)
)

// Corpus gives files of an invented town until they have the given number of pages: the same ones each time. A page has about 2.5
// kB; 70 of 100 files are public, most others for one committee, a few for one person.
func Corpus(pages int) iter.Seq[search.Document] {
	return func(yield func(search.Document) bool) {
		r := rand.New(rand.NewPCG(2026, 3))
		for n, left := 0, pages; left > 0; n++ {
			d := search.Document{File: fileID(n), Paper: paperID(n), Version: versionID(n), Body: body, Sequence: 1, PaperType: "Vorlage", Date: now,
				Title: noun(r) + " " + districts[r.IntN(len(districts))], Reference: fmt.Sprintf("V/%d/%04d", 2016+n%11, n%2000)}
			switch k := r.IntN(100); {
			case k < 70:
				d.Audience = public
			case k < 83:
				d.Audience = forSchools
			case k < 96:
				d.Audience = forPlanning
			default:
				d.Audience = council.Audience{Allowed: []council.Label{council.Label("person:" + string(personID(k)))}}
			}
			size := min(left, 1+r.IntN(4)*r.IntN(4))
			left -= size
			for p := range size {
				d.Pages = append(d.Pages, search.Page{Number: p + 1, Text: pageText(r)})
			}
			if !yield(d) {
				return
			}
		}
	}
}

func pageText(r *rand.Rand) string {
	var b strings.Builder
	for b.Len() < 2400 {
		b.WriteString(sentence(r))
		b.WriteByte(' ')
	}
	return b.String()
}

func sentence(r *rand.Rand) string {
	t := templates[r.IntN(len(templates))]
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(t, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		b.WriteString(fill(r, slot))
		t = after
	}
}

func fill(r *rand.Rand, slot string) string {
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	switch slot {
	case "noun":
		return noun(r)
	case "group":
		return pick(groups)
	case "verdict":
		return pick(verdicts)
	case "street":
		return pick(streets)
	case "district":
		return pick(districts)
	case "law":
		return pick(laws)
	case "month":
		return pick(monthNames)
	case "para":
		return fmt.Sprint(1 + r.IntN(120))
	case "small":
		return fmt.Sprint(2 + r.IntN(80))
	case "year":
		return fmt.Sprint(2016 + r.IntN(11))
	case "amount":
		return fmt.Sprintf("%d.%03d", 10+r.IntN(900), r.IntN(1000))
	case "paper":
		return fmt.Sprintf("V/%d/%04d", 2016+r.IntN(11), r.IntN(2000))
	case "date":
		if r.IntN(2) == 0 {
			return fmt.Sprintf("%02d.%02d.%d", 1+r.IntN(28), 1+r.IntN(12), 2016+r.IntN(11))
		}
		return fmt.Sprintf("%d. %s %d", 1+r.IntN(28), pick(monthNames), 2016+r.IntN(11))
	}
	panic("no slot " + slot)
}

// noun puts a compound together; some parts are much more frequent than others, as in real texts.
func noun(r *rand.Rand) string {
	skewed := func(from []string) string { return from[int(float64(len(from))*r.Float64()*r.Float64())] }
	w := skewed(firsts) + skewed(lasts)
	if r.IntN(12) == 0 {
		w += skewed(lasts)
	}
	return w
}

// BenchViewer is a member of one committee: what the benchmarks search as.
var BenchViewer = member(2, schools)
