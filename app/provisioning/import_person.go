package provisioning

import (
	"net/mail"
	"slices"
	"strings"
	"time"

	"ris/app/council"
)

// person reads a line with a person, and the seat or the role that stands on it.
func (w *writer) person(r row) {
	body, ok := w.bodyOf(r)
	if !ok {
		return
	}
	account := r.get(colAccount)
	if account != "" && !addressed(account) {
		w.problem(r.line, colAccount, "import.error.account", "value", account)
		return
	}
	p, ok := w.who(r, body, account)
	if !ok {
		return
	}
	if !w.describe(&p, r, account) {
		return
	}
	id := w.state.set(of(p), r.line)
	if r.has(colOrganization) {
		w.seat(r, body, id)
	} else if r.has(colRole) || r.has(colVoting) || r.has(colFaction) && !r.has(colGrant) {
		w.hint(r.line, colOrganization, "import.hint.no_seat")
	}
	if r.has(colGrant) {
		w.grant(r, body, id)
	}
}

// who is the person of the line: by address, else by name. One who has no address yet gets the line's; somebody with the same name and
// another address is somebody else, and the office is told.
func (w *writer) who(r row, body council.ID, account string) (council.Person, bool) {
	if account != "" {
		if id, known := w.state.byAccount[fold(account)]; known {
			p := *w.state.records[id].Person
			if family := r.get(colFamily); family != "" && fold(family) != fold(p.FamilyName) {
				w.hint(r.line, colFamily, "import.hint.renamed", "before", p.Name, "account", account)
			}
			return p, true
		}
	}
	if r.get(colFamily) == "" {
		w.problem(r.line, colFamily, "import.error.missing", "column", string(colFamily))
		return council.Person{}, false
	}
	fresh := council.Person{Body: body, GivenName: r.get(colGiven), FamilyName: r.get(colFamily)}
	alike := w.state.byName[nameKey(fresh)]
	var open []council.ID
	for _, id := range alike {
		if account == "" || w.state.records[id].Person.Account == "" {
			open = append(open, id)
		}
	}
	switch {
	case len(open) > 1:
		w.problem(r.line, colFamily, "import.error.ambiguous", "name", fullName(fresh))
		return fresh, false
	case len(open) == 1:
		return *w.state.records[open[0]].Person, true
	case len(alike) > 0:
		w.hint(r.line, colAccount, "import.hint.namesake", "name", fullName(fresh), "account", w.state.records[alike[0]].Person.Account)
	}
	return fresh, true
}

// describe takes the person's own cells over.
func (w *writer) describe(p *council.Person, r row, account string) bool {
	named := p.Name == fullName(*p) || p.Name == "" // a name that was written otherwise on purpose stays
	put(&p.Title, r, colTitle)
	put(&p.GivenName, r, colGiven)
	put(&p.FamilyName, r, colFamily)
	if named || r.has(colFamily) && fold(p.Name) != fold(fullName(*p)) {
		p.Name = fullName(*p)
	}
	if r.has(colGender) {
		g, ok := genders[letters(r.get(colGender))]
		if !ok && r.get(colGender) != "" {
			w.problem(r.line, colGender, "import.error.gender", "value", r.get(colGender))
			return false
		}
		p.Gender = g
	}
	if r.has(colAccount) && p.Account != strings.ToLower(account) {
		p.Account, p.Unconfirmed = strings.ToLower(account), false // the office vouches for the address
	}
	if !r.has(colAccess) {
		return true
	}
	switch letters(r.get(colAccess)) {
	case "aktiv", "ja", "offen":
		reopen(p)
	case "gesperrt", "nein", "beendet", "inaktiv":
		if p.Closes().IsZero() {
			p.Locked, p.LockedBy = w.state.now(), council.LockedByImport
		}
	default:
		w.problem(r.line, colAccess, "import.error.access", "value", r.get(colAccess))
		return false
	}
	return true
}

// seat takes the line's seat over: the seat of this person in this committee that runs at the same time, else a new one.
func (w *writer) seat(r row, body, person council.ID) {
	name := r.get(colOrganization)
	found, ok := w.state.find(KindOrganization, body, name)
	if !ok {
		w.problem(r.line, colOrganization, "import.error.organization", "name", name)
		return
	}
	o := found.Organization
	w.listed[o.ID] = true
	want := council.Membership{Body: body, Person: person, Organization: o.ID, Role: "Mitglied", VotingRight: o.Type != council.Office}
	if !w.period(&want.Start, &want.End, r) {
		return
	}
	m := want
	for _, id := range w.state.seats[person] {
		known := w.state.records[id].Membership
		if known.Organization == o.ID && meet(*known, want, r.has(colStart), w.today) {
			m = *known
			_ = w.period(&m.Start, &m.End, r) // asked above
			break
		}
	}
	if m.Start.IsZero() && m.ID == "" {
		m.Start = w.today
	}
	put(&m.Role, r, colRole)
	if r.has(colVoting) {
		yes, ok := yesNo(r.get(colVoting))
		if !ok {
			w.problem(r.line, colVoting, "import.error.yes_no", "column", string(colVoting), "value", r.get(colVoting))
			return
		}
		m.VotingRight = yes
	}
	if r.has(colFaction) {
		m.OnBehalfOf = ""
		if f := r.get(colFaction); f != "" {
			faction, ok := w.state.find(KindOrganization, body, f)
			if !ok || faction.Organization.Type != council.Faction {
				w.problem(r.line, colFaction, "import.error.faction", "name", f)
				return
			}
			m.OnBehalfOf = faction.Organization.ID
		}
	}
	if !m.End.IsZero() && m.End.Before(m.Start) {
		w.problem(r.line, colEnd, "import.error.period", "start", dayText(m.Start), "end", dayText(m.End))
		return
	}
	id := w.state.set(of(m), r.line)
	if w.inFile[id] {
		w.hint(r.line, colOrganization, "import.hint.twice", "name", name)
	}
	w.inFile[id] = true
}

// meet reports whether a seat that is known is the one that a line means: without a start it is the one that runs; with one, it is the
// seat whose time the line's overlaps.
func meet(known, want council.Membership, dated bool, today time.Time) bool {
	if !dated {
		return known.End.IsZero() || !known.End.Before(today)
	}
	return known.Start.Equal(want.Start) || (known.End.IsZero() || !known.End.Before(want.Start)) && (want.End.IsZero() || !known.Start.After(want.End))
}

// grant takes the line's role over. Its days are those of the line when no seat stands there.
func (w *writer) grant(r row, body, person council.ID) {
	for name := range strings.FieldsFuncSeq(r.get(colGrant), func(c rune) bool { return c == ',' || c == '/' || c == '+' }) {
		role, ok := grantNames[letters(name)]
		if !ok {
			w.problem(r.line, colGrant, "import.error.grant", "value", strings.TrimSpace(name))
			return
		}
		g := council.Grant{Body: body, Person: person, Role: council.Role(role), Start: w.today}
		if g.Role == council.GroupOffice {
			f, ok := w.state.find(KindOrganization, body, r.get(colFaction))
			if !ok || f.Organization.Type != council.Faction {
				w.problem(r.line, colFaction, "import.error.faction", "name", r.get(colFaction))
				return
			}
			g.Organization = f.Organization.ID
		}
		for _, id := range w.state.grants[person] {
			known := w.state.records[id].Grant
			if known.Role == g.Role && known.Body == body && known.Source == "" && known.Organization == g.Organization && (known.End.IsZero() || !known.End.Before(w.today)) {
				g = *known
			}
		}
		if !r.has(colOrganization) && !w.period(&g.Start, &g.End, r) {
			return
		}
		w.state.set(of(g), r.line)
	}
}

// endOthers ends the seats of the listed committees that the file does not name.
func (w *writer) endOthers() {
	end := w.file.EndsOn
	if end.IsZero() {
		end = w.today.AddDate(0, 0, -1)
	}
	for _, id := range slices.Clone(w.state.order) {
		m := w.state.records[id].Membership
		if m == nil || !w.listed[m.Organization] || w.inFile[id] || !m.End.IsZero() && !m.End.After(end) {
			continue
		}
		ended := *m
		if ended.End = end; ended.Start.After(end) { // begins later: it never runs
			ended.End = ended.Start.AddDate(0, 0, -1)
		}
		w.state.set(of(ended), 0)
	}
}

// addressed reports whether s is a plain address of one mailbox (RFC 5322, addr-spec).
func addressed(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Name == "" && a.Address == s && strings.Contains(s[strings.LastIndexByte(s, '@')+1:], ".") && len(s) <= 254
}
