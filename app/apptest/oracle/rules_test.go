//go:build !race

package oracle_test

import (
	"slices"
	"strings"

	"ris/app/demo"
)

// rules answer from the town's own data, as a clerk would say it; no id, label or row of the product is looked at.
//
//   - Der Sitzungsdienst einer Körperschaft sieht alles in ihr. Einen Entwurf sieht sonst niemand.
//   - Öffentliche Punkte sehen alle. Nichtöffentliche, wer heute im Gremium sitzt, sofern der Sitz die Wahlperiode der Sitzung
//     berührt, und die eingetragene Vertretung.
//   - Eine Vorlage liest, wer einen ihrer Punkte sieht; wer befangen ist, liest sie nicht, solange sie nicht öffentlich ist.
//     Zurückgezogenes liest nur der Sitzungsdienst.
type rules struct {
	town      demo.Town
	ended     map[string]string // person -> committee in which the seat has ended meanwhile
	withdrawn map[string]bool   // papers
}

// pastTerm: the only meeting of the town before the present term.
const pastTerm = "m01"

func (r rules) person(key string) demo.TownPerson {
	for _, p := range r.town.Persons {
		if p.Key == key {
			return p
		}
	}
	return demo.TownPerson{}
}

func (r rules) bodyOf(m demo.TownMeeting) string {
	for _, o := range r.town.Organizations {
		if o.Key == m.Organizations[0] {
			return o.Body
		}
	}
	return ""
}

func (r rules) clerk(who, body string) bool {
	return slices.Contains(r.person(who).Grants, body+":clerk") || who == foreignClerk && body == "hasselmoor"
}

// inside: may the person be in the room when the public has left?
func (r rules) inside(who string, m demo.TownMeeting) bool {
	p := r.person(who)
	for _, seat := range p.Seats {
		org, _, _ := strings.Cut(seat, ":")
		if slices.Contains(m.Organizations, org) && !p.Ended && r.ended[who] != org && (m.Key != pastTerm || p.Past) {
			return true
		}
	}
	return slices.ContainsFunc(r.town.Substitutions, func(s demo.TownSubstitution) bool { return s.Meeting == m.Key && s.Substitute == who })
}

func (r rules) item(who string, m demo.TownMeeting, it demo.TownItem) bool {
	return r.clerk(who, r.bodyOf(m)) || !m.Draft && (it.Public || r.inside(who, m))
}

func (r rules) meeting(who string, m demo.TownMeeting) bool {
	return r.clerk(who, r.bodyOf(m)) || !m.Draft && (r.inside(who, m) || slices.ContainsFunc(m.Items, func(it demo.TownItem) bool { return it.Public }))
}

func (r rules) paper(who, key string) bool {
	reads, public, biased := false, false, false
	for _, m := range r.town.Meetings {
		for _, it := range m.Items {
			if !slices.Contains(it.Papers, key) {
				continue
			}
			if r.clerk(who, r.bodyOf(m)) {
				return true
			}
			reads = reads || r.item(who, m, it)
			public = public || it.Public && !m.Draft
			biased = biased || slices.ContainsFunc(r.town.Conflicts, func(c demo.TownConflict) bool { return c.Item == it.Name && c.Person == who })
		}
	}
	return reads && !r.withdrawn[key] && (public || !biased)
}

// canaries: each word stands in this paper alone, in its texts, title, file names or the name of its item.
var canaries = map[string]string{
	"Zwirnsteg": "zwirnsteg", "Hollerwiese": "hollerwiese", "Federspiel": "federspiel", "Rabenhorst": "rabenhorst",
	"Kuckucksberg": "kuckucksberg", "Drosselweg": "drosselweg", "Sperlingsgrund": "sperlingsgrund", "Nesselkamp": "nesselkamp",
	"Pfeilerkopf": "brueckenvergabe", "Steinquell": "kanalvergabe", "Klöppelbund": "kloeppelbund", "Binsenweide": "hbinsenweide",
	"Bauhofleitung": "bauhofleitung",
}

// hidden are the words that this viewer must never meet.
func (r rules) hidden(who string) []string {
	var out []string
	for word, paper := range canaries {
		if !r.paper(who, paper) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return out
}
