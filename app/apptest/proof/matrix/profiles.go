package matrix

import "strings"

// States of an object, with everything on it.
var States = []string{"Entwurf", "öffentlich", "nichtöffentlich", "zurückgezogen", "nichtöffentlich, frühere Wahlperiode", "nachgereicht, noch nicht veröffentlicht"}

// Acts are asked in this order; each belongs to a column of the profiles.
var Acts = []struct {
	Name   string
	Column int
}{
	{"Sitzung öffnen", 0}, {"Sitzung in Listen", 0}, {"Punkt öffnen", 1}, {"Punkt auf der Tagesordnung", 1}, {"Vorlage lesen", 2}, {"Vorlage in Listen", 2},
	{"Datei öffnen", 3}, {"Datei in Listen", 3}, {"geltende Fassung lesen", 4}, {"Wortlaut einer Seite", 4}, {"ersetzte Fassung lesen", 5}, {"ändern, zurückziehen", 6},
}

// Answer is one cell: J ja, N nein; of the act "ändern" also V (verboten, weil bekannt) and U (wie nicht vorhanden).
type Answer byte

// The answers.
const (
	Yes       Answer = 'J'
	No        Answer = 'N'
	Forbidden Answer = 'V'
	Unknown   Answer = 'U'
)

// profiles: one line a way of standing to an object; columns Sitzung, Punkt, Vorlage, Datei, geltende Fassung, ersetzte Fassung, ändern;
// in each a letter for each state, in the order of States. J ja, - nein, E nur wenn die Körperschaft es so eingestellt hat;
// V verboten, U wie nicht vorhanden, e wie E: mit der Einstellung V, sonst U.
const profiles = `
nicht angemeldet              | -J---- | -J---- | -J---- | -J---- | -J---- | ------ | UUUUUU
nur Öffentliches              | -J---- | -J---- | -J---- | -J---- | -J---- | ------ | UVUUUU
gesperrt                      | ------ | ------ | ------ | ------ | ------ | ------ | UUUUUU
Mitglied                      | -JJ-EJ | -JJ-EJ | -JJ-E- | -JJ-E- | -JJ-E- | -JJ-E- | UVVUeU
befangenes Mitglied           | -JJ-EJ | -JJ-EJ | -J---- | -J---- | -J---- | -J---- | UVUUUU
eingetragen                   | -JJ-JJ | -JJ-JJ | -JJ-J- | -JJ-J- | -JJ-J- | -JJ-J- | UVVUVU
eingetragen, befangen         | -JJ-JJ | -JJ-JJ | -J---- | -J---- | -J---- | -J---- | UVUUUU
nach Einstellung              | -JE--E | -JE--E | -JE--- | -JE--- | -JE--- | -EE--- | UVeUUU
nach Einstellung, befangen    | -JE--E | -JE--E | -J---- | -J---- | -J---- | -E---- | UVUUUU
Sitzungsdienst                | JJJJJJ | JJJJJJ | JJJJJJ | JJJJJJ | JJJJJJ | JJJJJJ | JJJJJJ
befangener Sitzungsdienst     | JJJJJJ | JJJJJJ | JJ-J-J | JJ-J-J | JJ-J-J | JJ-J-J | JJJJJJ
`

// profile gives the columns of a line.
func profile(name string) []string {
	for line := range strings.Lines(profiles) {
		cells := strings.Split(line, "|")
		if strings.TrimSpace(cells[0]) != name {
			continue
		}
		out := make([]string, 0, len(cells)-1)
		for _, c := range cells[1:] {
			out = append(out, strings.TrimSpace(c))
		}
		return out
	}
	panic("no profile " + name)
}

// Expected is what the table says: person and state and act are indices; set = every setting is allowed.
func Expected(person, state, act int, set bool) Answer {
	switch c := profile(People[person].Profile)[Acts[act].Column][state]; c {
	case 'J', 'V', 'U':
		return Answer(c)
	case 'E':
		if set {
			return Yes
		}
	case 'e':
		if set {
			return Forbidden
		}
		return Unknown
	}
	return No
}
