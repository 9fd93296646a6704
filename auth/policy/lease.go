package policy

import (
	"slices"
	"time"

	"ris/app/council"
)

// Unterlagen mitnehmen, as the office would say it:
//
//   - Wer etwas lesen darf, was nicht öffentlich ist, darf es auf seinem Gerät für eine begrenzte Zeit auch ohne Verbindung lesen.
//   - Endet in dieser Zeit eines seiner Rechte (Mandat, Vertretung, Einladung, Aufgabe), endet die Zeit mit ihm. Welche anderen Rechte dann
//     noch bestehen, sagt der nächste Kontakt mit dem System.
//   - Wer nur Öffentliches lesen darf, braucht keine Erlaubnis; die IT liest nichts und nimmt nichts mit.

// MayTakeAlong reports whether the viewer reads anything beyond what is public and what is only their own.
func MayTakeAlong(v Viewer) bool {
	return slices.ContainsFunc(v.labels, func(l council.Label) bool { return l != LabelPublic && l != LabelPerson(v.person) })
}

// HoldsUntil is the first moment in (now, limit] at which the person no longer holds a right that they hold now, to the second; limit
// when there is none. now must be in the town's time zone, as for ForPerson: rights end with its days.
//
// It asks ForPerson itself, day by day, so every rule of every object counts, and a new one does not have to be told here.
func HoldsUntil(f Facts, now, limit time.Time) time.Time {
	held := ForPerson(f, now).labels
	lost := func(at time.Time) bool {
		then := ForPerson(f, at).labels
		return slices.ContainsFunc(held, func(l council.Label) bool { return !slices.Contains(then, l) })
	}
	good := now
	for {
		next := time.Date(good.Year(), good.Month(), good.Day()+1, 0, 0, 0, 0, good.Location())
		if !next.Before(limit) {
			next = limit.In(now.Location())
		}
		if lost(next) {
			return between(good, next, lost)
		}
		if !next.Before(limit) {
			return limit
		}
		good = next
	}
}

// between halves the time in which the right is lost until it is known to the second.
func between(good, bad time.Time, lost func(time.Time) bool) time.Time {
	for bad.Sub(good) > time.Second {
		middle := good.Add(bad.Sub(good) / 2).Truncate(time.Second)
		if !middle.After(good) {
			break
		}
		if lost(middle) {
			bad = middle
		} else {
			good = middle
		}
	}
	return bad
}
