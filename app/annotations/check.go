package annotations

import (
	"math"
	"time"
	"unicode/utf8"

	"ris/app/council"
)

var zero time.Time

// The longest texts of a mark in characters, and the most rectangles. A page holds some 5,000 characters.
const (
	maxText  = 20_000
	maxSide  = 200
	maxQuads = 2_000
)

// check refuses what no reader app makes.
func check(m council.Annotation) error {
	invalid := council.E(council.Invalid, "annotation.error.invalid")
	if m.Kind != "highlight" && m.Kind != "note" || m.Page < 1 || len(m.Quads) > maxQuads || m.Start < 0 || m.End < m.Start || len(m.Style) > 40 {
		return invalid
	}
	if utf8.RuneCountInString(m.Quote) > maxText || utf8.RuneCountInString(m.Prefix) > maxSide || utf8.RuneCountInString(m.Suffix) > maxSide {
		return invalid
	}
	if utf8.RuneCountInString(m.Body) > maxText {
		return council.E(council.Invalid, "annotation.error.long", "limit", "20000")
	}
	for _, q := range m.Quads {
		for _, x := range q {
			if math.IsNaN(x) || math.Abs(x) > 1e6 {
				return invalid
			}
		}
	}
	return nil
}
