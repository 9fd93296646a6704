package provisioning_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/auth/policy"
)

func (o *office) person(account string) council.Person {
	o.Helper()
	p, err := o.store.PersonByAccount(ctx, account)
	must(o.T, err)
	return p
}

// told is what the page says of a person, a line a day.
func told(all []provisioning.Ending, id council.ID) (out []string) {
	for _, e := range all {
		if e.Person.ID != id {
			continue
		}
		for _, d := range e.Days {
			var parts, loses, grace []string
			for _, p := range d.Ends {
				parts = append(parts, strings.TrimSpace(p.Kind+" "+p.Organization.Name))
			}
			for _, o := range d.Loses {
				loses = append(loses, o.Name)
			}
			for _, g := range d.Grace {
				grace = append(grace, g.Organization.Name+" until "+g.Until.Format(time.DateOnly))
			}
			out = append(out, fmt.Sprintf("%s %v loses %v grace %v clerk %v out %v", d.Last.Format(time.DateOnly), parts, loses, grace, d.Clerk, d.Out))
		}
	}
	return out
}

// The clerk sees whose mandates and offices end and what each loses on which day: nothing where another seat gives the same, a time of grace
// where the Body's setting gives one, everything where the last right goes.
func TestWhatEndsAndWhatFollows(t *testing.T) {
	o := open(t)
	o.take(system, town)
	clerk := o.who("dienst@stadt.example")
	body := clerk.Bodies()[0]
	erika, joerg := o.person("erika@stadt.example"), o.person("joerg@stadt.example")
	cards, err := o.Persons(ctx, clerk, body)
	must(t, err)
	var rat, bau council.ID
	for _, c := range cards {
		for _, s := range c.Seats {
			if s.Committee.Name == "Rat" {
				rat = s.Organization
			} else {
				bau = s.Organization
			}
		}
	}
	end := func(id council.ID, committee council.ID, on time.Time) {
		t.Helper()
		for _, c := range cards {
			for _, s := range c.Seats {
				if c.ID == id && s.Organization == committee {
					_, _, err := o.ChangePerson(ctx, clerk, id, 0, provisioning.Wish{Seats: []provisioning.SeatWish{{ID: s.ID, Role: s.Role, VotingRight: true, OnBehalfOf: s.Membership.OnBehalfOf, Start: s.Start, End: on}}})
					must(t, err)
				}
			}
		}
	}
	day := func(n int) time.Time { return time.Date(2026, 11, 22+n, 0, 0, 0, 0, time.UTC) }
	end(erika.ID, bau, day(8))
	end(joerg.ID, rat, day(0))
	_, _, err = o.ChangePerson(ctx, clerk, joerg.ID, 0, provisioning.Wish{Seats: []provisioning.SeatWish{{Organization: rat, Start: day(1), End: day(400)}}})
	must(t, err)
	card, _, err := o.AddPerson(ctx, clerk, provisioning.Wish{Body: body, FamilyName: text("Zweite"), Grants: []provisioning.GrantWish{{Role: council.Clerk, End: day(3)}}})
	must(t, err)
	must(t, o.store.SaveDeputy(ctx, &council.Deputy{Body: body, Organization: bau, Person: card.ID, Start: day(-9), End: day(20)}))
	past, _, err := o.AddPerson(ctx, clerk, provisioning.Wish{Body: body, FamilyName: text("Vorbei"), Account: text("vorbei@stadt.example"), Seats: []provisioning.SeatWish{{Organization: bau, Start: day(-20), End: day(-2)}}})
	must(t, err)
	_, _, err = o.AddPerson(ctx, clerk, provisioning.Wish{Body: body, FamilyName: text("Lange Vorbei"), Seats: []provisioning.SeatWish{{Organization: bau, Start: day(-200), End: day(-91)}}})
	must(t, err)

	all, more, err := o.Endings(ctx, clerk, body)
	must(t, err)
	want := map[council.ID][]string{
		erika.ID: {"2026-11-30 [seat Bauausschuss] loses [Bauausschuss] grace [] clerk false out false"},
		joerg.ID: {"2026-11-22 [seat Rat] loses [] grace [] clerk false out false"},
		card.ID:  {"2026-11-25 [role] loses [] grace [] clerk true out true", "2026-12-12 [deputy Bauausschuss] loses [] grace [] clerk false out true"},
		past.ID:  {"2026-11-20 [seat Bauausschuss] loses [Bauausschuss] grace [] clerk false out true"},
	}
	if len(all) != len(want) || more {
		t.Errorf("%d persons, more %v", len(all), more)
	}
	for id, lines := range want {
		if got := told(all, id); fmt.Sprint(got) != fmt.Sprint(lines) {
			t.Errorf("got  %v\nwant %v", got, lines)
		}
	}
	if all[0].Person.ID != joerg.ID || all[len(all)-1].Person.ID != past.ID {
		t.Errorf("the nearest is not first, or what is over not last: %v", all)
	}
	// The same with the access: everything goes with that day.
	_, _, err = o.EndPerson(ctx, clerk, erika.ID, 0, day(5))
	must(t, err)
	all, _, err = o.Endings(ctx, clerk, body)
	must(t, err)
	if got := fmt.Sprint(told(all, erika.ID)); got != "[2026-11-27 [access seat Rat seat Bauausschuss] loses [Bauausschuss Rat] grace [] clerk false out true]" {
		t.Errorf("with the access: %s", got)
	}
	_, _, err = o.EndPerson(ctx, clerk, joerg.ID, 0, time.Time{})
	must(t, err)
	all, _, err = o.Endings(ctx, clerk, body)
	must(t, err)
	if got := told(all, joerg.ID); len(got) != 1 || !strings.HasPrefix(got[0], "2026-11-21 [access") || !strings.HasSuffix(got[0], "out true") {
		t.Errorf("closed at once: %s", got)
	}
	// With the end of the term, the Body's time of grace.
	terms, err := o.store.Terms(ctx, body)
	must(t, err)
	terms[0].End = day(-2)
	must(t, o.store.SaveTerm(ctx, &terms[0]))
	must(t, o.store.SaveAccessSettings(ctx, &council.AccessSettings{Stamp: council.Stamp{ID: body}, FormerDays: 10}))
	all, _, err = o.Endings(ctx, clerk, body)
	must(t, err)
	if got := fmt.Sprint(told(all, past.ID)); got != "[2026-11-20 [seat Bauausschuss] loses [] grace [Bauausschuss until 2026-11-30] clerk false out false]" {
		t.Errorf("with a time of grace: %s", got)
	}
	for name, v := range map[string]policy.Viewer{"member": o.who("erika@stadt.example"), "public": policy.Anonymous()} {
		if _, _, err := o.Endings(ctx, v, body); council.KindOf(err) != council.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
