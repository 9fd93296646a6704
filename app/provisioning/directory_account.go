package provisioning

import (
	"context"
	"slices"
	"strings"
	"time"

	"ris/app/audit"
	"ris/app/council"
)

// Account is a person as the directory sees one: with what it calls them. Groups are of the directory.
type Account struct {
	council.Person
	UserName   string
	ExternalID string
	Asked      string // the address that the directory wants and does not have: it waits for the clerk, or was refused; empty = none
	Groups     []council.ScimGroup
}

// Active reports whether the account can sign in at that moment, whoever locked it.
func (a Account) Active(now time.Time) bool { return !a.Closed(now) }

// AccountWish is an account as the directory wants it, whole but for Active: nil leaves a lock as it is.
type AccountWish struct {
	UserName   string
	ExternalID string
	Email      string // empty: the user name, when it is an address
	Title      string
	GivenName  string
	FamilyName string
	Display    string // empty: of the names
	Active     *bool
}

// Accounts lists the accounts of the client's Body by user name: everybody at home there who has an account, whoever made it, but
// those that the directory has deleted.
func (s *Service) Accounts(ctx context.Context, c Client) ([]Account, error) {
	persons, err := s.Store.Persons(ctx, c.body)
	if err != nil {
		return nil, err
	}
	names, err := s.Store.ScimUsers(ctx, c.body)
	if err != nil {
		return nil, err
	}
	groups, members, err := s.groups(ctx, c.body)
	if err != nil {
		return nil, err
	}
	called := map[council.ID]council.ScimUser{}
	for _, u := range names {
		called[u.Person] = u
	}
	in := map[council.ID][]council.ScimGroup{}
	for _, g := range groups {
		for _, p := range members[g.ID] {
			in[p] = append(in[p], g)
		}
	}
	var out []Account
	for _, p := range persons {
		u, known := called[p.ID]
		if p.Account == "" && !known || !u.DeletedAt.IsZero() {
			continue
		}
		out = append(out, account(p, u, in[p.ID]))
	}
	slices.SortFunc(out, func(a, b Account) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
}

func account(p council.Person, u council.ScimUser, groups []council.ScimGroup) Account {
	a := Account{Person: p, UserName: u.UserName, ExternalID: u.ExternalID, Groups: groups}
	if a.UserName == "" {
		a.UserName = p.Account
	}
	if a.Asked = u.Wanted; a.Asked == "" {
		a.Asked = u.Refused
	}
	return a
}

// Account gives one; not found for everything that is none of the client's.
func (s *Service) Account(ctx context.Context, c Client, id council.ID) (Account, error) {
	p, err := s.Store.Person(ctx, id)
	if err != nil || p.Body != c.body {
		return Account{}, council.ErrNotFound()
	}
	u, err := s.Store.ScimUser(ctx, id)
	if err != nil && council.KindOf(err) != council.NotFound {
		return Account{}, err
	}
	if err != nil && p.Account == "" || !u.DeletedAt.IsZero() {
		return Account{}, council.ErrNotFound()
	}
	groups, members, err := s.groups(ctx, c.body)
	if err != nil {
		return Account{}, err
	}
	var in []council.ScimGroup
	for _, g := range groups {
		if slices.Contains(members[g.ID], id) {
			in = append(in, g)
		}
	}
	return account(p, u, in), nil
}

// AddAccount makes an account. One that the directory had deleted is opened anew: it is the same person with the same council record.
// Conflict scim.error.taken: the user name or the address is in use; whose it is, is not said. A lock of the office stays: the answer says
// that the account is not active.
func (s *Service) AddAccount(ctx context.Context, c Client, w AccountWish) (a Account, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		p := council.Person{Body: c.body}
		if w.Active == nil {
			w.Active = new(bool)
			*w.Active = true
		}
		before, err := s.Store.PersonByAccount(ctx, w.email())
		if err == nil && before.Body == c.body && w.email() != "" {
			if u, err := s.Store.ScimUser(ctx, before.ID); err == nil && !u.DeletedAt.IsZero() {
				p = before
			}
		}
		if *w.Active { // of what was deleted; the directory's own lock is all that it can open
			p.DirectoryLocked, w.Active = time.Time{}, nil
		}
		a, err = s.settle(ctx, c, p, w)
		return err
	})
	return a, err
}

// ChangeAccount brings one to what is wished; revision is the one that was seen (0 = not asked). active = false ends every session at
// once and takes no council record away; active = true opens what the directory locked. Conflict scim.error.locked: the office has locked it,
// and only the office opens it. Another address than a clerk's waits until the clerk decides, see person_account.go.
func (s *Service) ChangeAccount(ctx context.Context, c Client, id council.ID, revision int64, w AccountWish) (a Account, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		now, err := s.Account(ctx, c, id)
		if err != nil {
			return err
		}
		if revision != 0 && revision != now.Revision {
			return council.E(council.Stale, "error.stale")
		}
		a, err = s.settle(ctx, c, now.Person, w)
		return err
	})
	return a, err
}

// DeleteAccount locks the account and takes it out of the directory's sight. The person with seats, papers and marks stays.
func (s *Service) DeleteAccount(ctx context.Context, c Client, id council.ID, revision int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		a, err := s.Account(ctx, c, id)
		if err != nil {
			return err
		}
		if revision != 0 && revision != a.Revision {
			return council.E(council.Stale, "error.stale")
		}
		for _, g := range a.Groups {
			if err := s.withoutMember(ctx, c, g, id); err != nil {
				return err
			}
		}
		p := a.Person
		if p.DirectoryLocked.IsZero() || p.DirectoryLocked.After(s.Clock()) {
			p.DirectoryLocked = s.Clock()
			before := of(a.Person)
			if err := s.write(ctx, c.viewer(), []change{{Before: &before, After: of(p)}}); err != nil {
				return err
			}
		}
		if err := s.Store.SaveScimUser(ctx, council.ScimUser{Person: id, UserName: a.UserName, ExternalID: a.ExternalID, DeletedAt: s.Clock()}); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(c.viewer(), s.Clock(), audit.ScimUserDelete, "person", p.Body, id))
	})
}

// email is the address of the account: the one named, else the user name when it is one.
func (w AccountWish) email() string {
	if w.Email == "" && addressed(w.UserName) {
		return strings.ToLower(w.UserName)
	}
	return strings.ToLower(w.Email)
}

// unique: user names within the Body, addresses in the whole installation.
func (s *Service) unique(ctx context.Context, c Client, self council.ID, w AccountWish) error {
	taken := council.E(council.Conflict, "scim.error.taken")
	if e := w.email(); e != "" {
		p, err := s.Store.PersonByAccount(ctx, e)
		if err == nil && p.ID != self {
			return taken
		}
		if err != nil && council.KindOf(err) != council.NotFound {
			return err
		}
	}
	all, err := s.Accounts(ctx, c)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.ID != self && strings.EqualFold(a.UserName, w.UserName) {
			return taken
		}
	}
	return nil
}
