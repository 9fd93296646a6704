package halltest_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/finding"
	"ris/auth/policy"
	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// oracle answers from the rules as a clerk would say them, person by person, without labels:
//
//   - Ein Entwurf und Zurückgezogenes sieht nur der Sitzungsdienst der Körperschaft.
//   - Eine veröffentlichte Sitzung sehen die Mitglieder ihrer Gremien, deren Sitz heute besteht und in die Wahlperiode der Sitzung
//     fällt, die eingetragenen Vertretungen und der Sitzungsdienst; alle, wenn ein veröffentlichter Punkt öffentlich ist.
//   - Eine Vorlage sieht, wer einen ihrer Punkte sieht; wer bei einem nichtöffentlichen Punkt befangen ist, sieht sie nicht,
//     solange sie nicht öffentlich ist.
//   - Die ersetzte Fassung sehen dieselben, aber nicht mehr die Öffentlichkeit. IT und Bürgermeister lesen nur durch einen Sitz.
type oracle struct {
	h     *halltest.Hall
	terms []council.LegislativeTerm
}

var (
	ctx    = context.Background()
	system = policy.System("oracle")
)

func (o oracle) clerk(person, body council.ID) bool {
	t := o.h.Town
	return body == t.Body && (person == t.Clerk || person == t.Clerk2) || body == t.Other && person == t.OtherClerk
}

// seated: one of the person's seats in the meeting's committees is in force today and touches the meeting's term.
func (o oracle) seated(person council.ID, m council.Meeting) bool {
	now := o.h.Now()
	for _, org := range m.Organizations {
		seats, err := o.h.Store.Memberships(ctx, council.MembershipFilter{Person: person, Organization: org})
		if err != nil {
			o.h.T.Fatal(err)
		}
		for _, s := range seats {
			if s.Start.After(now) || !s.End.IsZero() && s.End.Before(now.Truncate(24*time.Hour)) {
				continue
			}
			for _, t := range o.terms {
				inTerm := !m.Start.Before(t.Start) && (t.End.IsZero() || m.Start.Before(t.End.AddDate(0, 0, 1)))
				touches := (t.End.IsZero() || !s.Start.After(t.End)) && (s.End.IsZero() || !s.End.Before(t.Start))
				if t.Body == m.Body && inTerm && touches {
					return true
				}
			}
		}
	}
	return false
}

func (o oracle) inRoom(person council.ID, m council.Meeting) bool {
	if o.seated(person, m) {
		return true
	}
	subs, err := o.h.Store.Substitutions(ctx, council.SubstitutionFilter{Meeting: m.ID})
	if err != nil {
		o.h.T.Fatal(err)
	}
	for _, s := range subs {
		if s.Substitute == person {
			return true
		}
	}
	return false
}

func (o oracle) item(person council.ID, it council.AgendaItem, m council.Meeting) bool {
	if o.clerk(person, it.Body) {
		return true
	}
	if m.State != council.Published || it.State != council.Published {
		return false
	}
	return it.Public || person != "" && o.inRoom(person, m)
}

func (o oracle) meeting(person council.ID, m council.Meeting, items []council.AgendaItem) bool {
	if o.clerk(person, m.Body) {
		return true
	}
	if m.State != council.Published {
		return false
	}
	for _, it := range items {
		if it.Public && it.State == council.Published {
			return true
		}
	}
	return person != "" && o.inRoom(person, m)
}

func (o oracle) paper(person council.ID, p council.Paper) (reads, public bool) {
	if p.State == council.Published {
		on, err := o.h.Store.Consultations(ctx, council.ConsultationFilter{Paper: p.ID})
		if err != nil {
			o.h.T.Fatal(err)
		}
		biased := false
		for _, c := range on {
			it, err := o.h.Store.AgendaItem(ctx, system, c.AgendaItem)
			if err != nil {
				o.h.T.Fatal(err)
			}
			m, err := o.h.Store.Meeting(ctx, system, it.Meeting)
			if err != nil {
				o.h.T.Fatal(err)
			}
			reads = reads || o.item(person, it, m)
			public = public || o.item("", it, m)
			conflicts, err := o.h.Store.Conflicts(ctx, it.ID)
			if err != nil {
				o.h.T.Fatal(err)
			}
			for _, x := range conflicts {
				biased = biased || x.Person == person && x.Revoked.IsZero()
			}
		}
		if biased && !public {
			reads = false
		}
	}
	return reads || o.clerk(person, p.Body), public
}

// world makes meetings in all states, of now and of the old term, with late additions, versions, a substitution, a conflict.
func world(h *halltest.Hall) (papers []council.ID) {
	t := h.Town
	add := func(p council.Paper, _ council.File) council.ID { papers = append(papers, p.ID); return p.ID }
	one := h.Meeting()
	must(h, h.Store.SaveSubstitution(ctx, &council.Substitution{Body: t.Body, Meeting: one.ID, Organization: t.Main, Absent: t.MainMember2, Substitute: t.Substitute}))
	open, closed := h.Item(one.ID, "Offen", true), h.Item(one.ID, "Geschlossen", false)
	must(h, h.Store.SaveConflict(ctx, &council.ConflictOfInterest{Body: t.Body, AgendaItem: closed.ID, Person: t.MainMember2, Reason: "verwandt"}))
	add(h.Paper(open.ID, "Eins", halltest.Texts("Einswort", 1)...))
	two, file := h.Paper(closed.ID, "Zwei", halltest.Texts("Zweiwort", 1)...)
	papers = append(papers, two.ID)
	h.Publish(one.ID)
	h.File(two.ID, file.ID, "zwei.pdf", halltest.Texts("Zweitneuwort", 1)...)
	h.Publish(one.ID)
	h.File(two.ID, "", "spaet.pdf", halltest.Texts("Spaetwort", 1)...)
	late := h.Item(one.ID, "Später", true)
	add(h.Paper(late.ID, "Drei", halltest.Texts("Dreiwort", 1)...))

	works := h.Meeting(t.Works)
	add(h.Paper(h.Item(works.ID, "Bau", false).ID, "Vier", halltest.Texts("Vierwort", 1)...))
	gone := add(h.Paper(h.Item(works.ID, "Weg", true).ID, "Fünf", halltest.Texts("Fuenfwort", 1)...))
	h.Publish(works.ID)
	if _, err := h.Papers.Withdraw(ctx, h.As(t.Clerk), gone, 0, "Test"); err != nil {
		h.T.Fatal(err)
	}
	draft := h.Meeting()
	add(h.Paper(h.Item(draft.ID, "Entwurf", true).ID, "Sechs", halltest.Texts("Sechswort", 1)...))

	past := h.Meeting(t.Main, t.Council)
	m, err := h.Store.Meeting(ctx, system, past.ID)
	must(h, err)
	m.Start = h.Now().AddDate(-3, 0, 0) // in the old term: the newcomer must not see its non-public part
	must(h, h.Store.SaveMeeting(ctx, &m))
	add(h.Paper(h.Item(past.ID, "Alt", false).ID, "Sieben", halltest.Texts("Siebenwort", 1)...))
	h.Publish(past.ID)
	back := h.Meeting()
	add(h.Paper(h.Item(back.ID, "Zurück", true).ID, "Acht", halltest.Texts("Achtwort", 1)...))
	h.Publish(back.ID)
	if _, err := h.Meetings.Withdraw(ctx, h.As(t.Clerk), back.ID, 0, "Test"); err != nil {
		h.T.Fatal(err)
	}
	return papers
}

func must(h *halltest.Hall, err error) {
	h.T.Helper()
	if err != nil {
		h.T.Fatal(err)
	}
}

// TestTheOracleAgrees: for every object and everybody the rules as people say them, the stored audience, the database's
// filter, HTTP and search give the same answer.
func TestTheOracleAgrees(t *testing.T) {
	for name, dsn := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return storetest.Postgres(t) }} {
		t.Run(name, func(t *testing.T) {
			h := halltest.Open(t, dsn())
			papers := world(h)
			terms, err := h.Store.Terms(ctx, h.Town.Body)
			must(h, err)
			check(t, h, oracle{h, terms}, papers)
		})
	}
}

func check(t *testing.T, h *halltest.Hall, o oracle, papers []council.ID) {
	asked, readable := 0, 0
	everybody := h.Town.Everybody()
	everybody["the public"] = ""
	for who, person := range everybody {
		v, cookie := policy.Anonymous(), ""
		if person != "" {
			v, cookie = h.As(person), h.Cookie(person)
		}
		agree := func(what, url string, a council.Audience, want bool, stored error) {
			t.Helper()
			asked++
			if want {
				readable++
			}
			if got := policy.CanRead(v, a); got != want {
				t.Errorf("%s, %s: audience says %v, the rules %v (%s)", who, what, got, want, a)
			}
			if got := stored == nil; got != want || stored != nil && council.KindOf(stored) != council.NotFound {
				t.Errorf("%s, %s: the store says %v, the rules %v", who, what, stored, want)
			}
			status := ask(t, h, cookie, url)
			switch {
			case person == "" && status != 401, person != "" && want != (status == 200), person != "" && !want && status != 404:
				t.Errorf("%s, %s: %s answers %d, the rules %v", who, what, url, status, want)
			}
		}
		meetings, err := h.Store.Meetings(ctx, system, council.MeetingFilter{})
		must(h, err)
		for _, m := range meetings {
			items, err := h.Store.AgendaItems(ctx, system, m.ID)
			must(h, err)
			_, stored := h.Store.Meeting(ctx, v, m.ID)
			agree("meeting "+string(m.State), "/api/v1/meetings/"+string(m.ID), m.Audience, o.meeting(person, m, items), stored)
			for _, it := range items {
				if _, err := h.Store.AgendaItem(ctx, v, it.ID); (err == nil) != o.item(person, it, m) || policy.CanRead(v, it.Audience) != (err == nil) {
					t.Errorf("%s, item %s: store %v, rules %v", who, it.Name, err, o.item(person, it, m))
				}
			}
		}
		for _, id := range papers {
			p, err := h.Store.Paper(ctx, system, id)
			must(h, err)
			reads, public := o.paper(person, p)
			_, stored := h.Store.Paper(ctx, v, id)
			agree("paper "+p.Name, "/api/v1/papers/"+string(id), p.Audience, reads, stored)
			files, err := h.Store.Files(ctx, system, council.FileFilter{Paper: id})
			must(h, err)
			for _, f := range files {
				versions, err := h.Store.FileVersions(ctx, system, f.ID)
				must(h, err)
				for _, fv := range versions {
					want := o.clerk(person, f.Body) || reads && f.State == council.Published && fv.State == council.Published
					if fv.ID != f.Current && public && !o.clerk(person, f.Body) {
						want = want && person != "" // replaced: no longer the public's; the town has no public paper with two versions read by outsiders
					}
					_, stored := h.Store.FileVersion(ctx, v, fv.ID)
					h.Eventually("version worked", func() bool {
						now, err := h.Store.FileVersion(ctx, system, fv.ID)
						must(h, err)
						return now.Processing == council.Searchable || fv.ID != f.Current && now.Processing.Ready()
					})
					agree("version of "+p.Name, "/api/v1/files/"+string(f.ID)+"?version="+string(fv.ID), fv.Audience, want, stored)
				}
			}
		}
		if person == "" {
			continue
		}
		for _, word := range []string{"Einswort", "Zweitneuwort", "Dreiwort", "Vierwort", "Fuenfwort", "Sechswort", "Siebenwort", "Achtwort", "Spaetwort"} {
			a, err := h.Finding.Search(ctx, v, finding.Query{Text: word})
			must(h, err)
			for _, hit := range a.Hits {
				if _, err := h.Store.FileVersion(ctx, v, hit.Version); err != nil || !strings.Contains(hit.Snippet, "<mark>") {
					t.Errorf("%s finds %s in what may not be read (%v): %s", who, word, err, hit.Snippet)
				}
			}
		}
	}
	if asked < 250 || readable < 80 {
		t.Errorf("only %d questions, %d of them readable: the world is too small to prove anything", asked, readable)
	}
	t.Logf("%d questions, %d readable", asked, readable)
}

func ask(t *testing.T, h *halltest.Hall, cookie, url string) int {
	req, err := http.NewRequest("GET", h.URL+url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}
