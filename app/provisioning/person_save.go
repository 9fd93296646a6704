package provisioning

import (
	"context"
	"strings"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Wish is a person as the desk wants it. Nil values, and seats and roles that are not named, stay as they are.
type Wish struct {
	Body       council.ID // the home of a new person
	Title      *string
	GivenName  *string
	FamilyName *string
	Gender     *string
	Account    *string
	Open       *bool // true = may sign in again
	Confirm    bool  // a person that the directory made is known to the office
	Seats      []SeatWish
	Grants     []GrantWish
}

// SeatWish is a seat: a new one without an ID. A zero Start is today, a zero End is open.
type SeatWish struct {
	ID           council.ID
	Organization council.ID
	Role         string
	VotingRight  bool
	OnBehalfOf   council.ID
	Start, End   time.Time
}

// GrantWish is a role of the administration, in the person's home Body when new. Organization is the Fraktion of a new role in its office
// (council.GroupOffice), and empty for every other role.
type GrantWish struct {
	ID           council.ID
	Role         council.Role
	Organization council.ID
	Start, End   time.Time
}

// AddPerson makes a person with seats and roles in one act.
func (s *Service) AddPerson(ctx context.Context, v policy.Viewer, w Wish) (Card, council.Import, error) {
	return s.keep(ctx, v, "", 0, w)
}

// ChangePerson changes one; revision is the one that was seen (0 = not asked).
// Errors: not found, stale; Invalid with import.error.* for a value that cannot be; Conflict import.error.own_rights.
func (s *Service) ChangePerson(ctx context.Context, v policy.Viewer, id council.ID, revision int64, w Wish) (Card, council.Import, error) {
	return s.keep(ctx, v, id, revision, w)
}

func (s *Service) keep(ctx context.Context, v policy.Viewer, id council.ID, revision int64, w Wish) (card Card, done council.Import, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		st, p, err := s.reached(ctx, v, id, revision, w)
		if err != nil {
			return err
		}
		if err := describe(v, &p, w, s.Clock()); err != nil {
			return err
		}
		if err := s.free(ctx, p); err != nil {
			return err
		}
		id = st.set(of(p), 0)
		for _, seat := range w.Seats {
			if err := s.seat(v, st, id, seat); err != nil {
				return err
			}
		}
		for _, g := range w.Grants {
			if err := s.grant(v, st, p, id, g); err != nil {
				return err
			}
		}
		done, err = s.act(ctx, v, st, p.Body)
		card = st.card(v, *st.records[id].Person)
		return err
	})
	return card, done, err
}

// act does what the desk planned; nothing planned is no act.
func (s *Service) act(ctx context.Context, v policy.Viewer, st *state, body council.ID) (council.Import, error) {
	changes := st.planned()
	for _, c := range changes {
		if touchesOwnRights(v, c) {
			return council.Import{}, council.E(council.Conflict, "import.error.own_rights")
		}
	}
	if len(changes) == 0 {
		return council.Import{}, nil
	}
	if only := one(changes); only != "" {
		body = only
	}
	return s.apply(ctx, v, body, "desk", changes)
}

func (s *Service) reached(ctx context.Context, v policy.Viewer, id council.ID, revision int64, w Wish) (*state, council.Person, error) {
	if id != "" {
		return s.reach(ctx, v, id, revision)
	}
	if !policy.MayProvision(v, w.Body) {
		return nil, council.Person{}, council.ErrNotFound()
	}
	bodies, err := s.scope(ctx, v)
	if err != nil {
		return nil, council.Person{}, err
	}
	st, err := s.load(ctx, bodies)
	return st, council.Person{Body: w.Body}, err
}

func describe(v policy.Viewer, p *council.Person, w Wish, now time.Time) error {
	before := *p
	for _, x := range []struct {
		to   *string
		from *string
		name string
	}{{&p.Title, w.Title, "title"}, {&p.GivenName, w.GivenName, "given_name"}, {&p.FamilyName, w.FamilyName, "family_name"}, {&p.Gender, w.Gender, "gender"}, {&p.Account, w.Account, "account"}} {
		if x.from == nil {
			continue
		}
		text, ok := tidy(*x.from)
		if !ok || len([]rune(text)) > mostCell {
			return council.E(council.Invalid, "error.invalid")
		}
		*x.to = text
	}
	if p.FamilyName == "" {
		return council.E(council.Invalid, "import.error.no_name")
	}
	if p.Gender != "" && genders[p.Gender] != p.Gender {
		return council.E(council.Invalid, "import.error.gender", "value", p.Gender)
	}
	p.Account = strings.ToLower(p.Account)
	if p.Account != "" && p.Account != before.Account && !addressed(p.Account) {
		return council.E(council.Invalid, "import.error.account", "value", p.Account)
	}
	if w.Open != nil && *w.Open {
		reopen(p)
	} else if w.Open != nil && p.Locked.IsZero() { // also over a lock of the directory, which could open it
		p.Locked, p.LockedBy = now, council.LockedByClerk
	}
	if w.Confirm || p.Account != before.Account {
		p.Unconfirmed = false // the office vouches for the person, or for the address
	}
	if p.Name == "" || before.Name == fullName(before) || w.FamilyName != nil && *w.FamilyName != before.FamilyName {
		p.Name = fullName(*p)
	}
	if *p != before && !policy.MayProvision(v, p.Body) {
		return council.E(council.Forbidden, "import.error.foreign", "name", before.Name)
	}
	return nil
}

// reopen lifts every lock: the office opens the directory's, too, which may lock again.
func reopen(p *council.Person) {
	p.Locked, p.LockedBy, p.DirectoryLocked = time.Time{}, "", time.Time{}
}

// free refuses an address that is somebody else's.
func (s *Service) free(ctx context.Context, p council.Person) error {
	if p.Account == "" {
		return nil
	}
	holder, err := s.Store.PersonByAccount(ctx, p.Account)
	if err == nil && holder.ID != p.ID {
		return council.E(council.Conflict, "import.error.account_taken", "account", p.Account)
	}
	if err != nil && council.KindOf(err) != council.NotFound {
		return err
	}
	return nil
}

func (s *Service) seat(v policy.Viewer, st *state, person council.ID, w SeatWish) error {
	m := council.Membership{Person: person, Organization: w.Organization}
	if w.ID != "" {
		known := st.records[w.ID].Membership
		if known == nil || known.Person != person {
			return council.ErrNotFound()
		}
		m = *known
	}
	o := st.records[m.Organization].Organization
	if o == nil || !policy.MayProvision(v, o.Body) || w.ID != "" && w.Organization != "" && w.Organization != m.Organization {
		return council.ErrNotFound()
	}
	m.Body, m.VotingRight, m.OnBehalfOf, m.Start, m.End = o.Body, w.VotingRight, w.OnBehalfOf, midnight(w.Start), midnight(w.End)
	role, ok := tidy(w.Role)
	if m.Role = clip(role, 100); !ok {
		return council.E(council.Invalid, "error.invalid")
	}
	if m.Role == "" {
		m.Role = "Mitglied"
	}
	if f := st.records[m.OnBehalfOf].Organization; m.OnBehalfOf != "" && (f == nil || f.Body != o.Body || f.Type != council.Faction) {
		return council.ErrNotFound()
	}
	if m.Start.IsZero() && w.ID == "" {
		m.Start = s.today()
	}
	if !m.End.IsZero() && m.End.Before(m.Start) {
		return council.E(council.Invalid, "import.error.period", "start", dayText(m.Start), "end", dayText(m.End))
	}
	st.set(of(m), 0)
	return nil
}

func (s *Service) grant(v policy.Viewer, st *state, p council.Person, person council.ID, w GrantWish) error {
	g := council.Grant{Body: p.Body, Person: person, Role: w.Role, Organization: w.Organization}
	if w.ID != "" {
		known := st.records[w.ID].Grant
		if known == nil || known.Person != person {
			return council.ErrNotFound()
		}
		g = *known
	} else if err := st.office(g); err != nil {
		return err
	}
	if !policy.MayProvision(v, g.Body) {
		return council.ErrNotFound()
	}
	start, end := midnight(w.Start), midnight(w.End)
	if g.Source != "" && (!start.Equal(g.Start) || !end.Equal(g.End)) {
		return council.E(council.Conflict, "import.error.directory")
	}
	g.Start, g.End = start, end
	if g.Start.IsZero() && w.ID == "" {
		g.Start = s.today()
	}
	if !g.End.IsZero() && g.End.Before(g.Start.AddDate(0, 0, -1)) {
		return council.E(council.Invalid, "import.error.period", "start", dayText(g.Start), "end", dayText(g.End))
	}
	st.set(of(g), 0)
	return nil
}

func midnight(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
