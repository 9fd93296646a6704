package provisioning

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Undo takes an act back as a whole: every row is as it was before, new rows are gone. It is refused, and nothing changes, when a row
// was changed since (import.error.undo_changed {names}) or something stands on a new one, such as a sign-in or a read paper
// (import.error.undo_used {name}), when it was taken back already, or when its time is over.
// Not taken back: sessions that ended stay ended, and the public's read model keeps a tombstone of what was public meanwhile (OParl).
func (s *Service) Undo(ctx context.Context, v policy.Viewer, id council.ID) (council.Import, error) {
	var out council.Import
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		i, changes, err := s.open(ctx, v, id)
		if err != nil {
			return err
		}
		touched := map[council.ID]bool{}
		var late []string
		for _, c := range slices.Backward(changes) {
			body := c.After.body()
			err := s.takeBack(ctx, c)
			switch {
			case err == nil:
			case council.KindOf(err) == council.Stale:
				late = append(late, c.After.label(s.named(ctx)))
				continue
			case council.KindOf(err) == council.Conflict:
				return council.E(council.Conflict, "import.error.undo_used", "name", c.After.label(s.named(ctx))).Because(err)
			default:
				return err
			}
			if c.Before == nil && c.After.Body != nil {
				delete(touched, body) // the Body itself is gone
			} else if c.Before == nil || c.public() {
				touched[body] = true
			}
			if err := s.log(ctx, v, act(c.After.kind(), Changed), c.After, "undoes", string(i.ID)); err != nil {
				return err
			}
		}
		if len(late) > 0 {
			return council.E(council.Conflict, "import.error.undo_changed", "names", some(late))
		}
		i.UndoneAt = s.Clock()
		if err := s.Store.SaveImport(ctx, &i); err != nil {
			return err
		}
		out = i
		if err := s.Store.Audit(ctx, audit.Entry(v, i.UndoneAt, audit.ImportUndo, "import", i.Body, i.ID)); err != nil {
			return err
		}
		return s.project(ctx, touched)
	})
	return out, err
}

// open loads an act that can be taken back by the viewer; not found for everybody who has no say in all of its bodies.
func (s *Service) open(ctx context.Context, v policy.Viewer, id council.ID) (council.Import, []change, error) {
	i, err := s.Store.Import(ctx, id)
	if err != nil {
		return i, nil, err
	}
	var changes []change
	if len(i.Changes) > 0 {
		if err := json.Unmarshal(i.Changes, &changes); err != nil {
			return i, nil, err
		}
	}
	if i.Body != "" && !policy.MayProvision(v, i.Body) || len(changes) == 0 && i.Body == "" && !v.Unfiltered() {
		return i, nil, council.ErrNotFound()
	}
	for _, c := range changes {
		if !policy.MayProvision(v, c.After.body()) {
			return i, nil, council.ErrNotFound()
		}
	}
	switch {
	case !i.UndoneAt.IsZero():
		return i, nil, council.E(council.Conflict, "import.error.undone")
	case len(changes) == 0:
		return i, nil, council.E(council.Conflict, "import.error.undo_late")
	}
	for _, c := range changes {
		if touchesOwnRights(v, c) {
			return i, nil, council.E(council.Conflict, "import.error.own_rights")
		}
	}
	return i, changes, nil
}

// takeBack puts one row back, if it is as the act left it.
func (s *Service) takeBack(ctx context.Context, c change) error {
	if c.Before == nil {
		return c.After.delete(ctx, s.Store)
	}
	before := c.Before.clone()
	*before.stamp() = *c.After.stamp() // the revision that must be met; it grows by one more
	if s.signsOut(&c.After, before) {
		if err := s.Sessions.EndPerson(ctx, before.Person.ID); err != nil {
			return err
		}
	}
	return before.save(ctx, s.Store)
}

// touchesOwnRights: nobody changes their own role or locks themself at the desk: the last clerk would stand before a closed door, and a
// right given to oneself is none.
func touchesOwnRights(v policy.Viewer, c change) bool {
	if v.Person() == "" || c.After.person() != v.Person() {
		return false
	}
	if c.After.Person != nil {
		return c.Before != nil && (c.Before.Person.Account != c.After.Person.Account || !c.Before.Person.Closes().Equal(c.After.Person.Closes()))
	}
	return c.After.Grant != nil
}

// some names the first few of many.
func some(names []string) string {
	const most = 5
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "…")
	}
	return strings.Join(names, ", ")
}

// named gives names to ids of persons and organizations, for texts.
func (s *Service) named(ctx context.Context) func(council.ID) string {
	return func(id council.ID) string {
		if id == "" {
			return ""
		}
		if p, err := s.Store.Person(ctx, id); err == nil {
			return p.Name
		}
		if o, err := s.Store.Organization(ctx, id); err == nil {
			return o.Name
		}
		return string(id)
	}
}
