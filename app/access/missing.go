package access

import (
	"slices"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// missing are the sentences that say why somebody is not among the readers; none when nobody would wonder.
func (w *who) missing(o object, p council.Person, d policy.Decision) (out []Reason) {
	if p.Closed(w.now) {
		return []Reason{{Key: "access.missing.locked"}}
	}
	if len(d.By) > 0 {
		for _, g := range d.Despite {
			out = append(out, w.reason(g))
		}
		return out
	}
	if o.state != council.Published {
		return nil // said once, of the object
	}
	today := time.Date(w.now.Year(), w.now.Month(), w.now.Day(), 0, 0, 0, 0, time.UTC)
	invited := func(org council.ID) bool {
		return slices.ContainsFunc(o.meetings, func(m council.Meeting) bool { return slices.Contains(m.Organizations, org) })
	}
	for _, m := range w.facts.Memberships {
		if m.Person != p.ID || !invited(m.Organization) {
			continue
		}
		r := Reason{Args: []string{"name", w.names[m.Organization]}}
		switch {
		case m.Start.After(today):
			r.Key, r.Args = "access.missing.seat_later", append(r.Args, "date", m.Start.Format("02.01.2006"))
		case !m.End.IsZero() && m.End.Before(today):
			r.Key, r.Args = "access.missing.seat_ended", append(r.Args, "date", m.End.Format("02.01.2006"))
		default:
			r.Key = "access.missing.older_term"
		}
		out = append(out, r)
	}
	for _, x := range w.facts.Deputies {
		if x.Person == p.ID && invited(x.Organization) {
			out = append(out, Reason{Key: "access.missing.deputy", Args: []string{"name", w.names[x.Organization]}})
		}
	}
	for _, g := range w.facts.Guests {
		if g.Person == p.ID {
			out = append(out, w.formerGuest(g))
		}
	}
	for _, g := range w.facts.Grants {
		if g.Person != p.ID {
			continue
		}
		switch ended := !g.End.IsZero() && g.End.Before(today); {
		case g.Role == council.Clerk && ended:
			out = append(out, Reason{Key: "access.missing.clerk_ended", Args: []string{"date", g.End.Format("02.01.2006")}})
		case ended:
		case g.Role == council.Mayor:
			out = append(out, Reason{Key: "access.missing.mayor"})
		case g.Role == council.IT:
			out = append(out, Reason{Key: "access.missing.it"})
		case g.Role == council.GroupOffice:
			out = append(out, Reason{Key: "access.missing.group_office"})
		}
	}
	return out
}

func (w *who) formerGuest(g council.Guest) Reason {
	at := func(t time.Time) []string {
		return []string{"name", w.names[g.AgendaItem], "date", t.In(w.now.Location()).Format("02.01.2006, 15:04")}
	}
	switch {
	case !g.Revoked.IsZero():
		return Reason{Key: "access.missing.guest_dismissed", Args: at(g.Revoked)}
	case w.now.Before(g.Start):
		return Reason{Key: "access.missing.guest_later", Args: at(g.Start)}
	}
	return Reason{Key: "access.missing.guest_ended", Args: at(g.End)}
}
