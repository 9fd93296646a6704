package store

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ris/app/council"
)

// Person loads one. The account is in it: it must never be published.
func (s *Store) Person(ctx context.Context, id council.ID) (council.Person, error) {
	row, err := byID[personRow](s.read(ctx), id)
	return toPerson(row), err
}

// Persons lists those whose home is the Body in German alphabetical order of family and given name; an empty Body does not
// narrow.
func (s *Store) Persons(ctx context.Context, body council.ID) ([]council.Person, error) {
	all, err := list(equal(s.read(ctx), "body", body).Order("id"), toPerson)
	alphabetical(all, func(p council.Person) string { return p.FamilyName + "\x00" + p.GivenName })
	return all, err
}

// PersonByAccount finds the person of the verified e-mail address, in any case of letters. The empty account is nobody's.
func (s *Store) PersonByAccount(ctx context.Context, account string) (council.Person, error) {
	if account == "" {
		return council.Person{}, council.ErrNotFound()
	}
	var row personRow
	// "account <> ''" lets the database use the index, which has no empty accounts.
	err := s.read(ctx).Where("lower(account) = lower(?) AND account <> ''", account).Take(&row).Error
	if err == nil && lowered(row.Account) != lowered(account) {
		return council.Person{}, council.ErrNotFound()
	}
	return toPerson(row), failed(err)
}

// lowered is lower() without the letters that only look like one of ASCII: the Kelvin sign becomes a k, a dotted capital I an i, and an
// address with them is somebody else's mailbox.
func lowered(address string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); r < utf8.RuneSelf || l >= utf8.RuneSelf {
			return l
		}
		return r
	}, address)
}

// PersonsByAccount finds the persons of many verified addresses, as PersonByAccount finds one, in no order; an address that nobody has is left out.
func (s *Store) PersonsByAccount(ctx context.Context, accounts []string) ([]council.Person, error) {
	var out []council.Person
	for some := range slices.Chunk(accounts, 500) {
		lower := make([]string, len(some))
		for i, a := range some {
			lower[i] = strings.ToLower(a)
		}
		found, err := list(s.read(ctx).Where("lower(account) IN ? AND account <> ''", lower), toPerson)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// SavePerson inserts or updates, see save. council.Conflict: the account is another person's.
func (s *Store) SavePerson(ctx context.Context, p *council.Person) error {
	return save(ctx, s, &p.Stamp, func() personRow { return fromPerson(*p) })
}

type personRow struct {
	Stamp      stampRow `gorm:"embedded"`
	Body       council.ID
	Name       string
	FamilyName string
	GivenName  string
	Title      string
	Gender     string
	Account    string
	Locked     openTime `gorm:"column:locked_at"`
	LockedBy   council.LockOrigin
	// DirectoryLocked and Unconfirmed are since migration 0017.
	DirectoryLocked openTime `gorm:"column:directory_locked_at"`
	Unconfirmed     bool
}

func (personRow) TableName() string { return "persons" }

func fromPerson(p council.Person) personRow {
	return personRow{
		Stamp:      fromStamp(p.Stamp),
		Body:       p.Body,
		Name:       p.Name,
		FamilyName: p.FamilyName,
		GivenName:  p.GivenName,
		Title:      p.Title,
		Gender:     p.Gender,
		Account:    p.Account,
		Locked:     openTime(p.Locked),
		LockedBy:   p.LockedBy,

		DirectoryLocked: openTime(p.DirectoryLocked),
		Unconfirmed:     p.Unconfirmed,
	}
}

func toPerson(r personRow) council.Person {
	return council.Person{
		Stamp:      r.Stamp.stamp(),
		Body:       r.Body,
		Name:       r.Name,
		FamilyName: r.FamilyName,
		GivenName:  r.GivenName,
		Title:      r.Title,
		Gender:     r.Gender,
		Account:    r.Account,
		Locked:     r.Locked.time(),
		LockedBy:   r.LockedBy,

		DirectoryLocked: r.DirectoryLocked.time(),
		Unconfirmed:     r.Unconfirmed,
	}
}
