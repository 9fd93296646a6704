package policy

import (
	"slices"
	"strings"
	"time"

	"ris/app/council"
)

// CanRead is the one read rule: an allowed label meets one of the viewer's, and no withheld label does.
func CanRead(v Viewer, a council.Audience) bool {
	if v.Unfiltered() {
		return true
	}
	return meets(a.Allowed, v.labels) && !meets(a.Withheld, v.labels)
}

// Takes reports whether the viewer reads it as somebody who sits or substitutes there, not merely as the public or the clerk.
func Takes(v Viewer, a council.Audience) bool {
	own := slices.DeleteFunc(slices.Clone(v.labels), func(l council.Label) bool {
		return l == LabelPublic || strings.HasPrefix(string(l), "clerk:")
	})
	return meets(a.Allowed, own) && !meets(a.Withheld, v.labels)
}

func meets(a, b []council.Label) bool {
	for _, l := range a {
		if slices.Contains(b, l) {
			return true
		}
	}
	return false
}

// inside are the labels of those who may be in the room: the members of the meeting's organizations in the term of the
// meeting's day, and its recorded substitutes.
func inside(m council.Meeting, terms []council.LegislativeTerm) []council.Label {
	out := []council.Label{LabelMeeting(m.ID)}
	for _, t := range terms {
		if t.Body == m.Body && inForce(t.Start, t.End, day(m.Start)) {
			for _, o := range m.Organizations {
				out = append(out, LabelOrganization(o, t.ID))
			}
		}
	}
	return out
}

// TermOf is the legislative term of the Body in which the day lies; nil when there is none.
func TermOf(terms []council.LegislativeTerm, body council.ID, at time.Time) *council.LegislativeTerm {
	for i, t := range terms {
		if t.Body == body && inForce(t.Start, t.End, day(at)) {
			return &terms[i]
		}
	}
	return nil
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// inForce: start and end are days, both inclusive; a zero end is open; a zero start has always been.
func inForce(start, end, today time.Time) bool {
	return !day(start).After(today) && (end.IsZero() || !day(end).Before(today))
}

func overlaps(aStart, aEnd, bStart, bEnd time.Time) bool {
	return (bEnd.IsZero() || !day(aStart).After(day(bEnd))) && (aEnd.IsZero() || !day(bStart).After(day(aEnd)))
}
