package audience

import (
	"context"
	"slices"
	"strings"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Directory is what is needed to say an audience in words.
type Directory interface {
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	Substitutions(ctx context.Context, f council.SubstitutionFilter) ([]council.Substitution, error)
	Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error)
	Conflicts(ctx context.Context, agendaItem council.ID) ([]council.ConflictOfInterest, error)
}

// Reader is one group of readers: Key and Args name a text of the catalogue, Persons counts who holds the label today
// (0 for the public, who are not counted).
type Reader struct {
	Label   council.Label
	Key     string
	Args    []string
	Persons int
}

// Readers says in words who may read with the audience a, the public first. It is for clerks: it names committees.
func Readers(ctx context.Context, d Directory, a council.Audience, now time.Time) ([]Reader, error) {
	var out []Reader
	for _, l := range a.Allowed {
		kind, rest, _ := strings.Cut(string(l), ":")
		switch kind {
		case string(policy.LabelPublic):
			out = append([]Reader{{Label: l, Key: "audience.public"}}, out...)
		case "clerk":
			n, err := clerks(ctx, d, council.ID(rest), now)
			if err != nil {
				return nil, err
			}
			out = append(out, Reader{Label: l, Key: "audience.clerk", Persons: n})
		case "meeting":
			subs, err := d.Substitutions(ctx, council.SubstitutionFilter{Meeting: council.ID(rest)})
			if err != nil {
				return nil, err
			}
			if len(subs) > 0 {
				out = append(out, Reader{Label: l, Key: "audience.substitutes", Persons: len(subs)})
			}
		case "guest":
			n, err := invited(ctx, d, council.ID(rest), now)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				out = append(out, Reader{Label: l, Key: "audience.guests", Persons: n})
			}
		case "org":
			org, term, _ := strings.Cut(rest, "@")
			r, err := members(ctx, d, council.ID(org), council.ID(term), now)
			if err != nil {
				return nil, err
			}
			r.Label = l
			out = append(out, r)
		}
	}
	n, err := excluded(ctx, d, a, now)
	if n > 0 {
		out = append(out, Reader{Key: "audience.withheld", Persons: n})
	}
	return out, err
}

// excluded counts those from whom the object is withheld now.
func excluded(ctx context.Context, d Directory, a council.Audience, now time.Time) (int, error) {
	persons := map[council.ID]bool{}
	for _, l := range a.Withheld {
		kind, item, _ := strings.Cut(string(l), ":")
		if kind != "conflict" {
			continue
		}
		all, err := d.Conflicts(ctx, council.ID(item))
		if err != nil {
			return 0, err
		}
		for _, c := range all {
			if policy.ConflictCounts(c, now) {
				persons[c.Person] = true
			}
		}
	}
	return len(persons), nil
}

// invited counts the guests of an item who may read now, by asking the rule itself for each of them.
func invited(ctx context.Context, d Directory, item council.ID, now time.Time) (int, error) {
	guests, err := d.Guests(ctx, council.GuestFilter{AgendaItem: item})
	if err != nil {
		return 0, err
	}
	persons := map[council.ID]bool{}
	for _, g := range guests {
		v := policy.ForPerson(policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: g.Person}}, Guests: []council.Guest{g}}, now)
		if slices.Contains(v.Labels(), policy.LabelGuest(item)) {
			persons[g.Person] = true
		}
	}
	return len(persons), nil
}

// clerks counts those with a clerk grant in force, by asking the rule itself for each of them.
func clerks(ctx context.Context, d Directory, body council.ID, now time.Time) (int, error) {
	grants, err := d.GrantsIn(ctx, body)
	if err != nil {
		return 0, err
	}
	persons := map[council.ID]bool{}
	for _, g := range grants {
		v := policy.ForPerson(policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: g.Person}}, Grants: []council.Grant{g}}, now)
		if slices.Contains(v.Labels(), policy.LabelClerk(body)) {
			persons[g.Person] = true
		}
	}
	return len(persons), nil
}

// members counts those who would hold the label today, by asking the rule itself for each of them.
func members(ctx context.Context, d Directory, org, term council.ID, now time.Time) (Reader, error) {
	o, err := d.Organization(ctx, org)
	if err != nil {
		return Reader{}, err
	}
	terms, err := d.Terms(ctx, o.Body)
	if err != nil {
		return Reader{}, err
	}
	seats, err := d.Memberships(ctx, council.MembershipFilter{Organization: org})
	if err != nil {
		return Reader{}, err
	}
	label, persons := policy.LabelOrganization(org, term), map[council.ID]bool{}
	for _, m := range seats {
		v := policy.ForPerson(policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: m.Person}},
			Memberships: []council.Membership{m}, Terms: terms}, now)
		if slices.Contains(v.Labels(), label) {
			persons[m.Person] = true
		}
	}
	name := ""
	for _, t := range terms {
		if t.ID == term {
			name = t.Name
		}
	}
	return Reader{Key: "audience.organization", Args: []string{"name", o.Name, "term", name}, Persons: len(persons)}, nil
}
