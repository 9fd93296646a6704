package matrix

import (
	"testing"

	"ris/app/apptest/proof"
)

// The table is whole, and the oracle of the random worlds says the same: both were written from the same sentences, one by one.
func TestTheTableAndTheSentencesSayTheSame(t *testing.T) {
	kinds := map[string]int{}
	for _, p := range People {
		kinds[p.Kind]++
	}
	if len(kinds) != 10 || len(People) != 60 || len(States) != 6 || len(Acts) != 12 {
		t.Fatalf("%d kinds, %d people, %d states, %d acts: the table is not whole", len(kinds), len(People), len(States), len(Acts))
	}
	for kind, n := range kinds {
		if n != 6 {
			t.Errorf("%s: %d relations", kind, n)
		}
	}
	for _, set := range []bool{false, true} {
		w := World(set)
		for person, somebody := range People {
			asks := person
			if person == 0 {
				asks = -1
			}
			q := proof.Question{World: w, Person: asks, Now: Moment}
			for state := range States {
				for act, a := range Acts {
					var says bool
					switch a.Column {
					case 0:
						says = q.Sitzung(state)
					case 1:
						says = q.Punkt(state)
					case 2:
						says = q.Vorlage(state)
					case 3:
						says = q.Datei(state)
					case 4:
						says = q.Fassung(2*state + 1)
					case 5:
						says = q.Fassung(2 * state)
					case 6:
						says = q.IstSitzungsdienst(0)
					}
					if want := Expected(person, state, act, set); says != (want == Yes) {
						t.Errorf("%s, %s; %s; %s; Einstellungen %v: die Tabelle sagt %c, die Sätze %v", somebody.Kind, somebody.Relation, States[state], a.Name, set, want, says)
					}
				}
			}
		}
	}
}
