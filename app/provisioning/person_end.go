package provisioning

import (
	"context"
	"slices"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// EndPerson ends every seat and role in the viewer's bodies with the day on (zero = now, at once), and with it the access when the
// person is at home there: from the end of that day, or from now on, every session is void. Council records stay. Undo takes it back.
func (s *Service) EndPerson(ctx context.Context, v policy.Viewer, id council.ID, revision int64, on time.Time) (card Card, done council.Import, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		st, p, err := s.reach(ctx, v, id, revision)
		if err != nil {
			return err
		}
		if p.ID == v.Person() {
			return council.E(council.Conflict, "import.error.own_rights")
		}
		last, locked := midnight(on), s.endOf(on)
		if on.IsZero() {
			last, locked = s.today().AddDate(0, 0, -1), s.Clock()
		} else if last.Before(s.today()) {
			return council.E(council.Invalid, "import.error.past")
		}
		for _, seat := range st.seats[p.ID] {
			m := *st.records[seat].Membership
			if policy.MayProvision(v, m.Body) && (m.End.IsZero() || m.End.After(last)) {
				m.End = ended(m.Start, last)
				st.set(of(m), 0)
			}
		}
		for _, grant := range st.grants[p.ID] {
			g := *st.records[grant].Grant
			if policy.MayProvision(v, g.Body) && (g.End.IsZero() || g.End.After(last)) {
				g.End = ended(g.Start, last)
				st.set(of(g), 0)
			}
		}
		if policy.MayProvision(v, p.Body) && (p.Locked.IsZero() || p.Locked.After(locked)) { // also over a lock of the directory, which could open it
			p.Locked, p.LockedBy = locked, council.LockedByClerk
			st.set(of(p), 0)
		}
		done, err = s.act(ctx, v, st, p.Body)
		card = st.card(v, *st.records[id].Person)
		return err
	})
	return card, done, err
}

// ended is the last day of what began on start; what begins later never runs: its end lies before its beginning.
func ended(start, last time.Time) time.Time {
	if start.After(last) {
		return start.AddDate(0, 0, -1)
	}
	return last
}

// endOf is the midnight in the town with which the day is over.
func (s *Service) endOf(on time.Time) time.Time {
	zone := s.Zone
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(on.Year(), on.Month(), on.Day()+1, 0, 0, 0, 0, zone).UTC()
}

// RelinkPerson forgets the identities of the provider that are bound to the person, and ends every session: the next sign-in with the
// verified address of the account binds anew. For a new provider, or a new account of the same person there. It cannot be taken back; reason
// stands in the log. Errors: not found; Invalid import.error.reason; Conflict import.error.own_rights, import.error.not_linked.
func (s *Service) RelinkPerson(ctx context.Context, v policy.Viewer, id council.ID, reason string) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Store.Person(ctx, id)
		if err != nil || !policy.MayProvision(v, p.Body) {
			return council.ErrNotFound()
		}
		if p.ID == v.Person() {
			return council.E(council.Conflict, "import.error.own_rights")
		}
		text, ok := tidy(reason)
		if length := len([]rune(text)); !ok || length < 5 || length > 300 {
			return council.E(council.Invalid, "import.error.reason")
		}
		known, err := s.Store.PersonsWithIdentity(ctx, p.Body)
		if err != nil {
			return err
		}
		if !slices.Contains(known, id) {
			return council.E(council.Conflict, "import.error.not_linked")
		}
		if err := s.Store.DeleteIdentities(ctx, id); err != nil {
			return err
		}
		if err := s.Sessions.EndPerson(ctx, id); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.IdentityUnlink, "person", p.Body, p.ID, "reason", text))
	})
}

// Acts lists what was done to the master data of the Body, latest first, with whether it can still be taken back. Not found for who
// does not keep it.
func (s *Service) Acts(ctx context.Context, v policy.Viewer, body council.ID) ([]Act, error) {
	if !policy.MayProvision(v, body) {
		return nil, council.ErrNotFound()
	}
	all, err := s.Store.Imports(ctx, body, 50)
	if err != nil {
		return nil, err
	}
	out := make([]Act, len(all))
	for i, x := range all {
		out[i] = Act{Import: x, MayUndo: x.UndoneAt.IsZero() && x.Created.After(s.Clock().Add(-keepUndo))}
		if p, err := s.Store.Person(ctx, x.Actor); err == nil {
			out[i].By = p.Name
		}
	}
	return out, nil
}

// Act is one of the list. By is the name of who did it; empty = the server.
type Act struct {
	council.Import
	By      string
	MayUndo bool
}
