package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// Whatever the audience and whoever asks: a single read, a list, files, versions and texts answer as policy.CanRead does, and
// what may not be seen is not found, exactly as an id that never existed.
func TestEveryReadAnswersAsThePolicy(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		viewers := someViewers(t, s, w)
		audiences := []council.Audience{
			{}, // a new object: nobody
			readers(policy.LabelPublic),
			readers(policy.LabelClerk(w.body.ID)),
			readers(policy.LabelOrganization(w.org.ID, w.term.ID), policy.LabelClerk(w.body.ID)),
			readers(policy.LabelPerson(w.other.ID)),
			readers("unknown:label"),
			{Allowed: []council.Label{policy.LabelPublic}, Withheld: []council.Label{policy.LabelPerson(w.person.ID)}},
			{Allowed: []council.Label{policy.LabelOrganization(w.org.ID, w.term.ID), policy.LabelPerson(w.other.ID)},
				Withheld: []council.Label{policy.LabelPerson(w.person.ID)}},
			{Withheld: []council.Label{policy.LabelPerson(w.other.ID)}}, // withheld alone allows nobody
		}
		for i, a := range audiences {
			m := w.meeting(t, s, a, epoch.Add(time.Duration(i)*time.Hour))
			item := council.AgendaItem{Body: w.body.ID, Meeting: m.ID, State: council.Draft, Audience: a}
			must(t, s.SaveAgendaItem(ctx, &item))
			p := w.paper(t, s, a)
			f, v := w.version(t, s, p)
			must(t, s.SaveText(ctx, v.ID, []council.PageText{{Page: 1, Text: "x", Boxes: []council.Box{{X0: 1, Y0: 1, X1: 2, Y1: 2}}}}))
			for name, who := range viewers {
				may := policy.CanRead(who, a)
				reads := map[string]error{}
				_, reads["Meeting"] = s.Meeting(ctx, who, m.ID)
				_, reads["AgendaItem"] = s.AgendaItem(ctx, who, item.ID)
				_, reads["Paper"] = s.Paper(ctx, who, p.ID)
				_, reads["File"] = s.File(ctx, who, f.ID)
				_, reads["FileVersion"] = s.FileVersion(ctx, who, v.ID)
				_, reads["Text"] = s.Text(ctx, who, v.ID, 0)
				for what, err := range reads {
					if (err == nil) != may {
						t.Errorf("%s of %s for %s: %v, may read: %v", what, a, name, err, may)
					}
					if err != nil && err.Error() != council.ErrNotFound().Error() {
						t.Errorf("%s for %s tells more than an unknown id: %v", what, name, err)
					}
				}
				meetings, err := s.Meetings(ctx, who, council.MeetingFilter{Body: w.body.ID})
				listed(t, "Meetings", name, err, may, slices.ContainsFunc(meetings, func(x council.Meeting) bool { return x.ID == m.ID }))
				items, err := s.AgendaItems(ctx, who, m.ID)
				listed(t, "AgendaItems", name, err, may, len(items) == 1)
				papers, err := s.Papers(ctx, who, council.PaperFilter{IDs: []council.ID{p.ID}})
				listed(t, "Papers", name, err, may, len(papers) == 1)
				files, err := s.Files(ctx, who, council.FileFilter{Papers: []council.ID{p.ID}})
				listed(t, "Files", name, err, may, len(files) == 1)
				versions, err := s.FileVersions(ctx, who, f.ID)
				listed(t, "FileVersions", name, err, may, len(versions) == 1)
			}
		}
		_, err := s.Receipt(ctx, viewers["anonymous"], w.person.ID, council.NewID(epoch), epoch, codeA)
		wantKind(t, "a receipt for what may not be seen", err, council.NotFound)
	})
}

func listed(t *testing.T, what, viewer string, err error, may, is bool) {
	t.Helper()
	if err != nil || may != is {
		t.Errorf("%s for %s: %v, listed: %v, may read: %v", what, viewer, err, is, may)
	}
}

// someViewers are all kinds of them: nobody, the public, a member, another person, the clerk, the IT, the system.
func someViewers(t *testing.T, s *store.Store, w town) map[string]policy.Viewer {
	t.Helper()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	must(t, s.SaveMembership(ctx, &council.Membership{Body: w.body.ID, Person: w.person.ID, Organization: w.org.ID, Start: start}))
	person := func(role council.Role) council.Person {
		p := council.Person{Body: w.body.ID, Name: string(role)}
		must(t, s.SavePerson(ctx, &p))
		must(t, s.SaveGrant(ctx, &council.Grant{Body: w.body.ID, Person: p.ID, Role: role, Start: start}))
		return p
	}
	return map[string]policy.Viewer{
		"the zero viewer": {},
		"anonymous":       policy.Anonymous(),
		"the member":      viewer(t, s, w.person),
		"the other":       viewer(t, s, w.other),
		"the clerk":       viewer(t, s, person(council.Clerk)),
		"the IT":          viewer(t, s, person(council.IT)),
		"the system":      system,
	}
}

// A change of audience holds in the next read, also after the label sets are in memory; equal sets do not mix with others.
func TestAChangedAudienceHoldsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers(policy.LabelPublic))
		if _, err := s.Paper(ctx, policy.Anonymous(), p.ID); err != nil {
			t.Fatalf("public, but %v", err)
		}
		p.Audience = council.Audience{}
		must(t, s.SavePaper(ctx, &p))
		_, err := s.Paper(ctx, policy.Anonymous(), p.ID)
		wantKind(t, "no longer public", err, council.NotFound)
		p.Audience = readers(policy.LabelPublic)
		must(t, s.SavePaper(ctx, &p))
		loaded, err := s.Paper(ctx, policy.Anonymous(), p.ID)
		if err != nil || !loaded.Audience.Equal(p.Audience) {
			t.Errorf("public again: %v %v", loaded.Audience, err)
		}
		loaded.Audience.Allowed[0] = "changed by a caller"
		again, err := s.Paper(ctx, policy.Anonymous(), p.ID)
		if err != nil || !again.Audience.Equal(p.Audience) {
			t.Errorf("a caller's change reached the memory: %v %v", again.Audience, err)
		}
	})
}

// Master data is for everybody but the zero viewer; the log is for the clerks of the Body; marks are for their owner.
func TestWhoSeesTheRest(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		p := w.paper(t, s, readers(policy.LabelPublic))
		f, v := w.version(t, s, p)
		mark := council.Annotation{ID: council.NewID(epoch), Owner: w.person.ID, Paper: p.ID, File: f.ID, Version: v.ID, Kind: "note", Page: 1}
		must(t, s.SaveAnnotation(ctx, &mark))
		must(t, s.Audit(ctx, council.AuditEntry{Body: w.body.ID, Act: "paper.add", Object: p.ID, Kind: "paper"}))
		must(t, s.Audit(ctx, council.AuditEntry{Act: "start", System: "test"}))
		want := map[string]struct{ bodies, marks, entries int }{
			"the zero viewer": {0, 0, 0}, "anonymous": {1, 0, 0}, "the member": {1, 1, 0}, "the other": {1, 0, 0},
			"the clerk": {1, 0, 1}, "the IT": {1, 0, 0}, "the system": {1, 1, 2},
		}
		for name, who := range someViewers(t, s, w) {
			bodies, err := s.Bodies(ctx, who)
			must(t, err)
			marks, err := s.AnnotationsSince(ctx, who, 0, 0)
			must(t, err)
			entries, err := s.AuditEntries(ctx, who, council.AuditFilter{})
			must(t, err)
			if got := fmt.Sprint(len(bodies), len(marks), len(entries)); got != fmt.Sprint(want[name].bodies, want[name].marks, want[name].entries) {
				t.Errorf("%s sees bodies, marks, entries %s, want %v", name, got, want[name])
			}
			_, err = s.Annotation(ctx, who, mark.ID)
			if (err == nil) != (want[name].marks == 1) {
				t.Errorf("%s loads the mark: %v", name, err)
			}
			_, err = s.Body(ctx, who, w.body.ID)
			if (err == nil) != (want[name].bodies == 1) {
				t.Errorf("%s loads the Body: %v", name, err)
			}
		}
	})
}
