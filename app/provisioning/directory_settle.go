package provisioning

import (
	"context"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// settle writes person and names as wished, as far as the directory may: names at once, its own lock, the address only while nothing hangs
// on it.
func (s *Service) settle(ctx context.Context, c Client, p council.Person, w AccountWish) (Account, error) {
	if err := w.clean(); err != nil {
		return Account{}, err
	}
	if err := s.unique(ctx, c, p.ID, w); err != nil {
		return Account{}, err
	}
	fresh := p.ID == ""
	was, err := s.Store.ScimUser(ctx, p.ID)
	if err != nil && council.KindOf(err) != council.NotFound {
		return Account{}, err
	}
	u := was
	u.UserName, u.ExternalID, u.DeletedAt = w.UserName, w.ExternalID, time.Time{}
	one := change{Before: &record{}, After: of(p)}
	if fresh {
		one.Before, one.After.Person.ID, one.After.Person.Unconfirmed = nil, council.NewID(s.Clock()), true
	} else if *one.Before, err = s.now(ctx, p.ID); err != nil {
		return Account{}, err
	}
	after := one.After.Person
	u.Person = after.ID
	w.describe(after)
	if err := s.directoryLock(after, w); err != nil {
		return Account{}, err
	}
	if err := s.directoryAddress(ctx, after, &u, w); err != nil {
		return Account{}, err
	}
	if fresh || !same(*one.Before, one.After) || was != u { // names are part of the account: a new name is a new revision
		if err := s.write(ctx, c.viewer(), []change{one}); err != nil {
			return Account{}, err
		}
		if err := s.Store.SaveScimUser(ctx, u); err != nil {
			return Account{}, err
		}
	}
	if u.Wanted != "" && u.Wanted != was.Wanted {
		if err := s.Store.Audit(ctx, audit.Entry(c.viewer(), s.Clock(), audit.AccountWant, "person", c.body, after.ID)); err != nil {
			return Account{}, err
		}
	}
	return s.Account(ctx, c, u.Person)
}

// now is the person as stored: what the caller changed already is a change.
func (s *Service) now(ctx context.Context, id council.ID) (record, error) {
	p, err := s.Store.Person(ctx, id)
	return of(p), err
}

// clean tidies the texts and refuses what cannot be kept.
func (w *AccountWish) clean() error {
	for _, text := range []*string{&w.UserName, &w.ExternalID, &w.Email, &w.Title, &w.GivenName, &w.FamilyName, &w.Display} {
		clean, ok := tidy(*text)
		if !ok || len([]rune(clean)) > mostCell {
			return council.E(council.Invalid, "scim.error.value")
		}
		*text = clean
	}
	if w.UserName == "" {
		return council.E(council.Invalid, "scim.error.user_name")
	}
	if e := w.email(); e != "" && !addressed(e) {
		return council.E(council.Invalid, "import.error.account", "value", e)
	}
	return nil
}

func (w AccountWish) describe(p *council.Person) {
	p.Title, p.GivenName, p.FamilyName = w.Title, w.GivenName, w.FamilyName
	if p.FamilyName == "" { // a directory need not have names; the council's pages do
		p.FamilyName = w.Display
	}
	if p.FamilyName == "" {
		p.FamilyName = w.UserName
	}
	if p.Name = w.Display; p.Name == "" {
		p.Name = fullName(*p)
	}
}

// directoryLock sets and lifts the directory's own lock and never touches the office's. Who asks to open what the office has locked is told
// so; a lock that the office has set for later does not matter yet.
func (s *Service) directoryLock(p *council.Person, w AccountWish) error {
	now := s.Clock()
	switch {
	case w.Active == nil:
	case !*w.Active:
		if p.DirectoryLocked.IsZero() || p.DirectoryLocked.After(now) {
			p.DirectoryLocked = now
		}
	case !p.Locked.IsZero() && !now.Before(p.Locked):
		return council.E(council.Conflict, "scim.error.locked")
	default:
		p.DirectoryLocked = time.Time{}
	}
	return nil
}

// directoryAddress: the first sign-in finds a person by the address, so a new address is a new holder of everything that the person may do.
// The directory changes it at once only while it has made the person itself and the office has put nothing on them; else the wish is kept
// for the clerk. A wish that the clerk has refused does not come up again. Leaving the address out takes none away.
func (s *Service) directoryAddress(ctx context.Context, p *council.Person, u *council.ScimUser, w AccountWish) error {
	want := w.email()
	if fold(want) == fold(p.Account) {
		u.Wanted, u.WantedAt, u.Refused = "", time.Time{}, ""
		return nil
	}
	bare, err := s.bare(ctx, *p)
	switch {
	case err != nil:
		return err
	case bare:
		p.Account = want
		u.Wanted, u.WantedAt, u.Refused = "", time.Time{}, ""
	case want == "":
		u.Wanted, u.WantedAt = "", time.Time{}
	case want != u.Refused && want != u.Wanted:
		u.Wanted, u.WantedAt = want, s.Clock()
	case want == u.Refused:
		u.Wanted, u.WantedAt = "", time.Time{}
	}
	return nil
}

// bare reports whether nobody but the directory has to do with the person: no clerk has confirmed it, and no fact of the council names it.
func (s *Service) bare(ctx context.Context, p council.Person) (bool, error) {
	if !p.Unconfirmed || p.Revision == 0 {
		return p.Unconfirmed, nil
	}
	f, err := s.Store.Facts(ctx, p.ID)
	return policy.OnlyFromDirectory(f), err
}
