package publication_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/publication"
	"ris/app/publication/readmodel"
	"ris/app/store"
)

// counted counts the questions and writes of a projection.
type counted struct {
	*store.Store
	reads, writes int
}

func (c *counted) Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error) {
	c.reads++
	return c.Store.Memberships(ctx, f)
}

func (c *counted) PublicHeads(ctx context.Context, ids []council.ID) (map[council.ID]readmodel.Object, error) {
	c.reads++
	return c.Store.PublicHeads(ctx, ids)
}

func (c *counted) SavePublicObject(ctx context.Context, o readmodel.Object, links []readmodel.Link) error {
	c.writes++
	return c.Store.SavePublicObject(ctx, o, links)
}

func (c *counted) SavePublicObjects(ctx context.Context, all []readmodel.Written) error {
	c.writes++
	return c.Store.SavePublicObjects(ctx, all)
}

// A Body of many persons is projected with few statements: their number grows with the hundreds, not with the persons. What is written is
// what one by one would be: heads, seats inside persons, links; a second time writes nothing, an ended seat and a person without one show.
func TestABodyIsProjectedTogether(t *testing.T) {
	for name, dsn := range storetest.Kinds() {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
			clock := func() time.Time { now = now.Add(time.Millisecond); return now }
			s, err := store.Open(ctx, store.Config{DSN: dsn(t), Clock: clock})
			must(t, err)
			defer func() { _ = s.Close() }()
			b := council.Body{Name: "Stadt"}
			must(t, s.SaveBody(ctx, &b))
			o := council.Organization{Body: b.ID, Name: "Rat", Type: council.Committee}
			must(t, s.SaveOrganization(ctx, &o))
			const n = 620
			var seats []council.Membership
			must(t, s.InTx(ctx, func(ctx context.Context) error {
				for i := range n {
					p := council.Person{Body: b.ID, Name: fmt.Sprintf("Muster %d", i), FamilyName: "Muster"}
					if err := s.SavePerson(ctx, &p); err != nil {
						return err
					}
					m := council.Membership{Body: b.ID, Person: p.ID, Organization: o.ID, Role: "Mitglied", Start: now}
					if err := s.SaveMembership(ctx, &m); err != nil {
						return err
					}
					seats = append(seats, m)
				}
				return nil
			}))
			c := &counted{Store: s}
			p := publication.New(publication.Deps{Source: c, Model: c, Clock: clock})
			must(t, p.ProjectBody(ctx, b.ID))
			if c.reads > 20 || c.writes > 8 {
				t.Errorf("%d persons: %d questions, %d writes", n, c.reads, c.writes)
			}
			for _, typ := range []readmodel.Type{readmodel.Person, readmodel.Membership} {
				if _, total, _, err := s.PublicList(ctx, readmodel.ListFilter{Type: typ, Body: b.ID, Limit: 1}); err != nil || total != n {
					t.Errorf("%s: %d, %v", typ, total, err)
				}
			}
			linked, err := s.PublicLinked(ctx, readmodel.Membership, readmodel.OfOrganization, []council.ID{o.ID})
			if err != nil || len(linked) != n {
				t.Errorf("%d seats are linked, %v", len(linked), err)
			}
			c.writes = 0
			must(t, p.ProjectBody(ctx, b.ID))
			if c.writes != 0 {
				t.Errorf("nothing changed, and %d writes", c.writes)
			}
			seats[0].End = now
			must(t, s.SaveMembership(ctx, &seats[0]))
			must(t, s.DeleteMembership(ctx, seats[1].Stamp))
			must(t, p.ProjectBody(ctx, b.ID))
			var shown readmodel.OParlPerson
			o0, err := s.PublicObject(ctx, seats[0].Person)
			must(t, err)
			decode(t, o0, &shown)
			if len(shown.Membership) != 1 || shown.Membership[0].EndDate == "" {
				t.Errorf("the end of a seat: %s", o0.OParl)
			}
			for _, id := range []council.ID{seats[1].ID, seats[1].Person} {
				if o, err := s.PublicObject(ctx, id); err != nil || !o.Deleted {
					t.Errorf("what has no seat is still public: %v", err)
				}
			}
		})
	}
}
