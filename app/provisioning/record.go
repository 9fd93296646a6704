package provisioning

import (
	"cmp"
	"context"
	"strings"
	"time"

	"ris/app/council"
)

// Kind is a kind of master data; its name stands in the log and in the texts "import.kind.<kind>".
type Kind string

// The kinds, in the order in which a new town needs them.
const (
	KindBody         Kind = "body"
	KindTerm         Kind = "legislative_term"
	KindOrganization Kind = "organization"
	KindPerson       Kind = "person"
	KindMembership   Kind = "membership"
	KindGrant        Kind = "grant"
)

// record is one row: exactly one of its fields is set.
type record struct {
	Body         *council.Body            `json:",omitempty"`
	Term         *council.LegislativeTerm `json:",omitempty"`
	Organization *council.Organization    `json:",omitempty"`
	Person       *council.Person          `json:",omitempty"`
	Membership   *council.Membership      `json:",omitempty"`
	Grant        *council.Grant           `json:",omitempty"`
}

func of(x any) record {
	switch x := x.(type) {
	case council.Body:
		return record{Body: &x}
	case council.LegislativeTerm:
		return record{Term: &x}
	case council.Organization:
		return record{Organization: &x}
	case council.Person:
		return record{Person: &x}
	case council.Membership:
		return record{Membership: &x}
	case council.Grant:
		return record{Grant: &x}
	}
	panic("provisioning: no kind of master data")
}

func (r record) kind() Kind {
	switch {
	case r.Body != nil:
		return KindBody
	case r.Term != nil:
		return KindTerm
	case r.Organization != nil:
		return KindOrganization
	case r.Person != nil:
		return KindPerson
	case r.Membership != nil:
		return KindMembership
	default:
		return KindGrant
	}
}

// stamp is the row's own, to be changed in place.
func (r record) stamp() *council.Stamp {
	switch {
	case r.Body != nil:
		return &r.Body.Stamp
	case r.Term != nil:
		return &r.Term.Stamp
	case r.Organization != nil:
		return &r.Organization.Stamp
	case r.Person != nil:
		return &r.Person.Stamp
	case r.Membership != nil:
		return &r.Membership.Stamp
	default:
		return &r.Grant.Stamp
	}
}

// body is the Body to which the row belongs.
func (r record) body() council.ID {
	switch {
	case r.Body != nil:
		return r.Body.ID
	case r.Term != nil:
		return r.Term.Body
	case r.Organization != nil:
		return r.Organization.Body
	case r.Person != nil:
		return r.Person.Body
	case r.Membership != nil:
		return r.Membership.Body
	default:
		return r.Grant.Body
	}
}

// clone is a copy that can be changed and saved.
func (r record) clone() record {
	switch {
	case r.Body != nil:
		return of(*r.Body)
	case r.Term != nil:
		return of(*r.Term)
	case r.Organization != nil:
		return of(*r.Organization)
	case r.Person != nil:
		return of(*r.Person)
	case r.Membership != nil:
		return of(*r.Membership)
	default:
		return of(*r.Grant)
	}
}

func (r record) save(ctx context.Context, to rows) error {
	switch {
	case r.Body != nil:
		return to.SaveBody(ctx, r.Body)
	case r.Term != nil:
		return to.SaveTerm(ctx, r.Term)
	case r.Organization != nil:
		return to.SaveOrganization(ctx, r.Organization)
	case r.Person != nil:
		return to.SavePerson(ctx, r.Person)
	case r.Membership != nil:
		return to.SaveMembership(ctx, r.Membership)
	default:
		return to.SaveGrant(ctx, r.Grant)
	}
}

func (r record) delete(ctx context.Context, from rows) error {
	switch at := *r.stamp(); r.kind() {
	case KindBody:
		return from.DeleteBody(ctx, at)
	case KindTerm:
		return from.DeleteTerm(ctx, at)
	case KindOrganization:
		return from.DeleteOrganization(ctx, at)
	case KindPerson:
		return from.DeletePerson(ctx, at)
	case KindMembership:
		return from.DeleteMembership(ctx, at)
	default:
		return from.DeleteGrant(ctx, at)
	}
}

// value is one value of a row as people read it; name is the end of the text key "import.field.<name>".
type value struct{ name, text string }

// values are those that a file or the desk can change, in the order in which they are shown. named gives names to ids.
func (r record) values(named func(council.ID) string) []value {
	switch {
	case r.Body != nil:
		b := r.Body
		return []value{{"name", b.Name}, {"short_name", b.ShortName}, {"ags", b.AGS}, {"classification", b.Classification}, {"website", b.Website},
			{"contact_email", b.ContactEmail}}
	case r.Term != nil:
		return []value{{"name", r.Term.Name}, {"start", dayText(r.Term.Start)}, {"end", dayText(r.Term.End)}}
	case r.Organization != nil:
		o := r.Organization
		return []value{{"name", o.Name}, {"short_name", o.ShortName}, {"type", string(o.Type)}, {"classification", o.Classification},
			{"start", dayText(o.Start)}, {"end", dayText(o.End)}}
	case r.Person != nil:
		p := r.Person
		return []value{{"name", p.Name}, {"given_name", p.GivenName}, {"family_name", p.FamilyName}, {"title", p.Title}, {"gender", p.Gender},
			{"account", p.Account}, {"locked", yes(!p.Closes().IsZero())}, {"unconfirmed", yes(p.Unconfirmed)}}
	case r.Membership != nil:
		m := r.Membership
		return []value{{"role", m.Role}, {"voting_right", yes(m.VotingRight)}, {"on_behalf_of", named(m.OnBehalfOf)}, {"start", dayText(m.Start)}, {"end", dayText(m.End)}}
	default:
		g := r.Grant
		return []value{{"grant", grantTitles[string(g.Role)]}, {"on_behalf_of", named(g.Organization)}, {"start", dayText(g.Start)}, {"end", dayText(g.End)}}
	}
}

// label says which row it is.
func (r record) label(named func(council.ID) string) string {
	switch {
	case r.Body != nil:
		return r.Body.Name
	case r.Term != nil:
		return r.Term.Name
	case r.Organization != nil:
		return r.Organization.Name
	case r.Person != nil:
		return r.Person.Name
	case r.Membership != nil:
		return named(r.Membership.Person) + " – " + named(r.Membership.Organization)
	default:
		return named(r.Grant.Person)
	}
}

// ends is the day on which the row ends; zero = open or a row without an end.
func (r record) ends() time.Time {
	switch {
	case r.Membership != nil:
		return r.Membership.End
	case r.Grant != nil:
		return r.Grant.End
	case r.Person != nil:
		return r.Person.Closes()
	case r.Organization != nil:
		return r.Organization.End
	case r.Term != nil:
		return r.Term.End
	}
	return time.Time{}
}

// person is whose rights the row touches; empty for rows of no person.
func (r record) person() council.ID {
	switch {
	case r.Person != nil:
		return r.Person.ID
	case r.Membership != nil:
		return r.Membership.Person
	case r.Grant != nil:
		return r.Grant.Person
	}
	return ""
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("02.01.2006")
}

// yes is a text key: "import.yes" or nothing.
func yes(b bool) string {
	if b {
		return "ja"
	}
	return "nein"
}

// fullName is how a person is shown: title, given name, family name.
func fullName(p council.Person) string {
	return strings.Join(strings.Fields(p.Title+" "+p.GivenName+" "+p.FamilyName), " ")
}

func byName(a, b council.Person) int {
	return cmp.Or(cmp.Compare(fold(a.FamilyName), fold(b.FamilyName)), cmp.Compare(fold(a.GivenName), fold(b.GivenName)), cmp.Compare(a.ID, b.ID))
}
