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

// ItemFacts is what the rule must know of an agenda item and its meeting.
type ItemFacts struct {
	Item      council.AgendaItem
	Meeting   council.Meeting
	Terms     []council.LegislativeTerm // of the Body
	Conflicts []council.ConflictOfInterest
}

// ForMeeting: a draft or withdrawn meeting is for the clerk. A published one is for its organizations, its substitutes and
// the clerk; it is public as soon as one of its items is public (place and time are announced with the public agenda).
func ForMeeting(m council.Meeting, items []council.AgendaItem, terms []council.LegislativeTerm) council.Audience {
	a := council.Audience{Allowed: []council.Label{LabelClerk(m.Body)}}
	if m.State == council.Published {
		a.Allowed = append(a.Allowed, inside(m, terms)...)
		for _, it := range items {
			if it.Public && it.State == council.Published {
				a.Allowed = append(a.Allowed, LabelPublic)
				break
			}
		}
	}
	return a.Normal()
}

// ForAgendaItem: as its meeting for those inside; public only when it says so itself. A member with a conflict of interest
// sees that the item exists (and so must leave the room), but not its non-public papers (ForPaper).
func ForAgendaItem(f ItemFacts) council.Audience {
	a := council.Audience{Allowed: []council.Label{LabelClerk(f.Item.Body)}}
	if f.Meeting.State == council.Published && f.Item.State == council.Published {
		a.Allowed = append(a.Allowed, inside(f.Meeting, f.Terms)...)
		if f.Item.Public {
			a.Allowed = append(a.Allowed, LabelPublic)
		}
	}
	return a.Normal()
}

// ForPaper: a draft or withdrawn paper is for the clerk. A published one is for the readers of all published items on which
// it stands (union); it is public when one of these items is public. As long as it is not public, persons with a conflict of
// interest in one of its items are withheld.
func ForPaper(p council.Paper, on []ItemFacts) council.Audience {
	a := council.Audience{Allowed: []council.Label{LabelClerk(p.Body)}}
	if p.State != council.Published {
		return a.Normal()
	}
	for _, f := range on {
		a.Allowed = append(a.Allowed, ForAgendaItem(f).Allowed...)
	}
	if !slices.Contains(a.Allowed, LabelPublic) {
		for _, f := range on {
			for _, c := range f.Conflicts {
				if c.AgendaItem == f.Item.ID && c.Revoked.IsZero() {
					a.Withheld = append(a.Withheld, LabelPerson(c.Person))
				}
			}
		}
	}
	return a.Normal()
}

// ForFile: a published file is read by its paper's readers; a draft or withdrawn one by the clerk.
func ForFile(f council.File, paper council.Audience) council.Audience {
	if f.State != council.Published {
		return council.Audience{Allowed: []council.Label{LabelClerk(f.Body)}}
	}
	return paper.Normal()
}

// ForFileVersion: the current version is read by the file's readers. A replaced version keeps its inside readers (their marks
// stand on it) and is no longer public. A draft or withdrawn version is for the clerk.
func ForFileVersion(v council.FileVersion, f council.File, file council.Audience) council.Audience {
	if v.State != council.Published {
		return council.Audience{Allowed: []council.Label{LabelClerk(v.Body)}}
	}
	if f.Current == v.ID {
		return file.Normal()
	}
	a := council.Audience{Withheld: file.Withheld}
	for _, l := range file.Allowed {
		if l != LabelPublic {
			a.Allowed = append(a.Allowed, l)
		}
	}
	return a.Normal()
}

// ForAnnotation: the owner alone; neither clerk nor IT.
func ForAnnotation(n council.Annotation) council.Audience {
	return council.Audience{Allowed: []council.Label{LabelPerson(n.Owner)}}
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
