package searchtest

import (
	"fmt"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// The people of the suite's town. Ids are fixed, so every run is alike.
const (
	body      council.ID = "00000000-0000-7000-8000-0000000000b1"
	otherBody council.ID = "00000000-0000-7000-8000-0000000000b2"
	term      council.ID = "00000000-0000-7000-8000-0000000000e1"
	schools   council.ID = "00000000-0000-7000-8000-0000000000c1" // a committee
	planning  council.ID = "00000000-0000-7000-8000-0000000000c2"
)

var now = time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)

func member(n int, committees ...council.ID) policy.Viewer {
	person := personID(n)
	f := policy.Facts{
		Person: council.Person{Stamp: council.Stamp{ID: person}, Name: fmt.Sprintf("Mitglied %d", n)},
		Terms:  []council.LegislativeTerm{{Stamp: council.Stamp{ID: term}, Body: body, Start: now.AddDate(-1, 0, 0)}},
	}
	for _, c := range committees {
		f.Memberships = append(f.Memberships, council.Membership{Person: person, Organization: c, Body: body, Start: now.AddDate(-1, 0, 0)})
	}
	return policy.ForPerson(f, now)
}

func personID(n int) council.ID {
	return council.ID(fmt.Sprintf("00000000-0000-7000-8000-00000000a%03d", n))
}

func fileID(n int) council.ID { return council.ID(fmt.Sprintf("00000000-0000-7000-8000-%012d", n)) }

func paperID(n int) council.ID { return council.ID(fmt.Sprintf("00000000-0000-7000-9000-%012d", n)) }

func versionID(n int) council.ID { return council.ID(fmt.Sprintf("00000000-0000-7000-a000-%012d", n)) }

var (
	public       = council.Audience{Allowed: []council.Label{policy.LabelPublic}}
	forSchools   = council.Audience{Allowed: []council.Label{policy.LabelOrganization(schools, term)}}
	forPlanning  = council.Audience{Allowed: []council.Label{policy.LabelOrganization(planning, term)}}
	forBoth      = council.Audience{Allowed: append(append([]council.Label{}, forSchools.Allowed...), forPlanning.Allowed...)}
	notForFirst  = council.Audience{Allowed: forSchools.Allowed, Withheld: []council.Label{policy.LabelPerson(personID(1))}}
	forNobody    = council.Audience{}
	onlyWithheld = council.Audience{Withheld: []council.Label{policy.LabelPerson(personID(1))}}
)

// audiences and viewers that the property tests draw from.
var audiences = []council.Audience{public, forSchools, forPlanning, forBoth, notForFirst, forNobody, onlyWithheld}

func viewers() []policy.Viewer {
	return []policy.Viewer{policy.Anonymous(), member(1, schools), member(2, schools), member(3, planning), member(4, schools, planning),
		member(5), {}, policy.System("search suite")}
}
