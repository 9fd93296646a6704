package demo

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"ris/app/council"
	"ris/app/demo/pdfgen"
	"ris/app/meetings"
	"ris/app/papers"
	"ris/auth/policy"
)

// SeedStore is what the seed writes directly: master data, and the dates that make past meetings look past.
type SeedStore interface {
	MasterStore
	Facts(ctx context.Context, person council.ID) (policy.Facts, error)
	SavePaper(ctx context.Context, p *council.Paper) error
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	SaveAgendaItem(ctx context.Context, it *council.AgendaItem) error
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error)
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	SaveFileVersion(ctx context.Context, fv *council.FileVersion) error
	SaveSubstitution(ctx context.Context, s *council.Substitution) error
	SaveConflict(ctx context.Context, c *council.ConflictOfInterest) error
	SaveVisit(ctx context.Context, v council.Visit) error
}

// Seeder fills an empty store with the town. Meetings and papers go through the clerk's own use-cases, so that audit,
// audiences, jobs and the read model come about as in daily work.
type Seeder struct {
	Store    SeedStore
	Meetings *meetings.Service
	Papers   *papers.Service
	Zone     *time.Location
	// Project brings a Body with its organizations and persons into the publication read model.
	Project  func(ctx context.Context, body council.ID) error
	Progress func(done, all int, what string) // may be nil
	MaxPages int                              // tests: no document is set longer than this; 0 = as the town says

	town   Town
	people *people
	clerk  policy.Viewer
	papers map[string]seededPaper
}

type seededPaper struct {
	id  council.ID
	day time.Time
}

// Seeded names what a seed made, by the town's keys.
type Seeded struct {
	Bodies, Organizations, Persons, Meetings, Papers map[string]council.ID
}

// Seed makes the town; now is the first start. It returns when everything is published and searchable, or ctx ends.
func (s *Seeder) Seed(ctx context.Context, now time.Time) (Seeded, error) {
	var out Seeded
	var err error
	if s.town, err = LoadTown(); err != nil {
		return out, err
	}
	if s.people, err = seedPeople(ctx, s.Store, s.town, now.In(s.Zone)); err != nil {
		return out, err
	}
	for _, body := range s.people.bodies {
		if err := s.Project(ctx, body); err != nil {
			return out, fmt.Errorf("demo: seed: %w", err)
		}
	}
	if err := s.signInClerk(ctx, now); err != nil {
		return out, err
	}
	ids, err := s.agendas(ctx)
	if err != nil {
		return out, err
	}
	if err := s.documents(ctx); err != nil {
		return out, err
	}
	if err := s.publish(ctx, ids); err != nil {
		return out, err
	}
	if err := s.settle(ctx, now, ids); err != nil {
		return out, err
	}
	out = Seeded{Bodies: s.people.bodies, Organizations: s.people.organizations, Persons: s.people.persons, Meetings: ids, Papers: map[string]council.ID{}}
	for k, p := range s.papers {
		out.Papers[k] = p.id
	}
	return out, nil
}

func (s *Seeder) signInClerk(ctx context.Context, now time.Time) error {
	for _, p := range s.town.Persons {
		if len(p.Grants) > 0 && p.Account == "sitzungsdienst@demo.example" {
			facts, err := s.Store.Facts(ctx, s.people.persons[p.Key])
			if err != nil {
				return fmt.Errorf("demo: seed: %w", err)
			}
			s.clerk = policy.ForPerson(facts, now)
			return nil
		}
	}
	return fmt.Errorf("demo: seed: the town has no clerk")
}

// agendas makes all meetings with their items and (still empty) papers, as drafts.
func (s *Seeder) agendas(ctx context.Context) (map[string]council.ID, error) {
	s.papers = map[string]seededPaper{}
	ids := map[string]council.ID{}
	for _, tm := range s.town.Meetings {
		m, err := s.meeting(ctx, tm)
		if err != nil {
			return nil, fmt.Errorf("demo: seed %s: %w", tm.Key, err)
		}
		ids[tm.Key] = m.ID
		open, closed := 0, 0
		for _, ti := range tm.Items {
			number := ""
			if ti.Public {
				open++
				number = fmt.Sprintf("Ö %d", open)
			} else {
				closed++
				number = fmt.Sprintf("N %d", closed)
			}
			if err := s.item(ctx, m, ti, number); err != nil {
				return nil, fmt.Errorf("demo: seed %s, %s: %w", tm.Key, ti.Name, err)
			}
		}
		for _, sub := range s.town.Substitutions {
			if sub.Meeting == tm.Key {
				err := s.Store.SaveSubstitution(ctx, &council.Substitution{Body: m.Body, Meeting: m.ID, Organization: s.people.organizations[sub.Organization],
					Absent: s.people.persons[sub.Absent], Substitute: s.people.persons[sub.Substitute]})
				if err != nil {
					return nil, fmt.Errorf("demo: seed: %w", err)
				}
			}
		}
	}
	return ids, nil
}

func (s *Seeder) meeting(ctx context.Context, tm TownMeeting) (council.Meeting, error) {
	var lead TownOrganization
	for _, o := range s.town.Organizations {
		if o.Key == tm.Organizations[0] {
			lead = o
		}
	}
	at, err := time.Parse("15:04", tm.At)
	if err != nil {
		return council.Meeting{}, err
	}
	d := meetingDay(s.people.first, tm.Day)
	start := time.Date(d.Year(), d.Month(), d.Day(), at.Hour(), at.Minute(), 0, 0, s.Zone)
	in := meetings.NewMeeting{Body: s.people.bodies[lead.Body], Name: lead.Meeting, Start: start, End: start.Add(time.Duration(tm.Hours) * time.Hour),
		Place: &meetings.Place{ID: s.people.locations[tm.Location]}}
	if len(tm.Organizations) > 1 {
		in.Name = "Gemeinsame Sitzung der Fachausschüsse"
	}
	for _, o := range tm.Organizations {
		in.Organizations = append(in.Organizations, s.people.organizations[o])
	}
	return s.Meetings.Add(ctx, s.clerk, in)
}

// meetingDay is the day of a meeting: offset days from the first start, moved away from today to a working day outside of the
// days around Christmas, when no council meets. Today stays today.
func meetingDay(first time.Time, offset int) time.Time {
	d := first.AddDate(0, 0, offset)
	if offset == 0 {
		return d
	}
	if christmas := d.Month() == time.December && d.Day() >= 22 || d.Month() == time.January && d.Day() < 8; christmas {
		year := d.Year()
		if d.Month() == time.January {
			year--
		}
		if offset < 0 {
			d = time.Date(year, time.December, 18, 0, 0, 0, 0, time.UTC)
		} else {
			d = time.Date(year+1, time.January, 8, 0, 0, 0, 0, time.UTC)
		}
	}
	for offset < 0 && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday) {
		d = d.AddDate(0, 0, -1) // a past meeting stays in the past
	}
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDate(0, 0, 1)
	}
	return d
}

func (s *Seeder) item(ctx context.Context, m council.Meeting, ti TownItem, number string) error {
	it, err := s.Meetings.AddItem(ctx, s.clerk, m.ID, 0, meetings.NewAgendaItem{Name: ti.Name, Number: number, Public: ti.Public})
	if err != nil {
		return err
	}
	if ti.Result != "" {
		if it, err = s.Store.AgendaItem(ctx, seedViewer, it.ID); err != nil {
			return err
		}
		it.Result = ti.Result
		if err := s.Store.SaveAgendaItem(ctx, &it); err != nil {
			return err
		}
	}
	for i, key := range ti.Papers {
		p, known := s.papers[key]
		if !known {
			if p, err = s.paper(ctx, m, key); err != nil {
				return err
			}
		}
		role := "Vorberatung"
		if m.Organizations[0] == s.people.organizations["rat"] || m.Organizations[0] == s.people.organizations["hrat"] {
			role = "Entscheidung"
		}
		if _, err := s.Meetings.AttachPaper(ctx, s.clerk, it.ID, 0, meetings.Attachment{Paper: p.id, Role: role, Authoritative: role == "Entscheidung" && i == 0}); err != nil {
			return err
		}
	}
	for _, c := range s.town.Conflicts {
		if c.Item == ti.Name {
			err := s.Store.SaveConflict(ctx, &council.ConflictOfInterest{Body: m.Body, AgendaItem: it.ID, Person: s.people.persons[c.Person], Reason: c.Reason, Decider: c.Decider})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// paper makes the paper of a key; its date is twelve days before the first meeting that treats it.
func (s *Seeder) paper(ctx context.Context, m council.Meeting, key string) (seededPaper, error) {
	tp, n := s.townPaper(key)
	if tp == nil {
		return seededPaper{}, fmt.Errorf("the town has no paper %q", key)
	}
	day := m.Start.AddDate(0, 0, -12)
	p, err := s.Papers.Add(ctx, s.clerk, papers.NewPaper{Name: tp.Name, Reference: reference(tp, n, day), PaperType: tp.Type, Body: m.Body})
	if err != nil {
		return seededPaper{}, err
	}
	p.Date = time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	if err := s.Store.SavePaper(ctx, &p); err != nil {
		return seededPaper{}, err
	}
	s.papers[key] = seededPaper{id: p.ID, day: day}
	return s.papers[key], nil
}

func reference(tp *TownPaper, n int, day time.Time) string {
	letter := map[string]string{"Antrag": "A", "Anfrage": "F", "Mitteilung": "M"}[tp.Type]
	if letter == "" {
		letter = "V"
	}
	return fmt.Sprintf("%s/%d/%04d", letter, day.Year(), 101+n)
}

func (s *Seeder) townPaper(key string) (*TownPaper, int) {
	for i := range s.town.Papers {
		if s.town.Papers[i].Key == key {
			return &s.town.Papers[i], i
		}
	}
	return nil, 0
}

// documents sets and uploads the PDFs of all papers.
func (s *Seeder) documents(ctx context.Context) error {
	for i := range s.town.Papers {
		tp := &s.town.Papers[i]
		sp, used := s.papers[tp.Key]
		if !used {
			continue
		}
		s.progress(i, len(s.town.Papers), tp.Name)
		d := pdfgen.Document{Kind: pdfgen.Kind(tp.Kind), Body: s.bodyName(tp.Body), Title: tp.Name, Reference: reference(tp, i, sp.day), PaperType: tp.Type,
			Department: tp.Department, Date: sp.day, Proposal: tp.Proposal, Text: tp.Text, Pages: tp.Pages, Phrases: s.town.Phrases}
		d.Stops, d.NonPublic = s.stops(tp.Key)
		if err := s.upload(ctx, sp.id, d, tp.Name); err != nil {
			return fmt.Errorf("demo: seed %s: %w", tp.Key, err)
		}
		for _, a := range tp.Annexes {
			annex := d
			annex.Kind, annex.Title, annex.Pages = pdfgen.Kind(a.Kind), a.Name, a.Pages
			if err := s.upload(ctx, sp.id, annex, a.Name); err != nil {
				return fmt.Errorf("demo: seed %s, %s: %w", tp.Key, a.Name, err)
			}
		}
	}
	return nil
}

func (s *Seeder) upload(ctx context.Context, paper council.ID, d pdfgen.Document, name string) error {
	if s.MaxPages > 0 {
		d.Pages = min(d.Pages, s.MaxPages)
	}
	pdf, err := pdfgen.Make(d)
	if err != nil {
		return err
	}
	stored, err := s.Papers.Receive(ctx, papers.Upload{Paper: paper, Name: name, FileName: name + ".pdf", Content: bytes.NewReader(pdf)})
	if err != nil {
		return err
	}
	_, err = s.Papers.AddFile(ctx, s.clerk, stored)
	return err
}

func (s *Seeder) bodyName(key string) string {
	for _, b := range s.town.Bodies {
		if b.Key == key {
			return b.Name
		}
	}
	return ""
}

// stops is the Beratungsfolge for the cover letter, and whether the paper stands on non-public items only.
func (s *Seeder) stops(key string) (out [][3]string, nonPublic bool) {
	nonPublic = true
	for _, m := range s.town.Meetings {
		for _, it := range m.Items {
			for _, p := range it.Papers {
				if p != key {
					continue
				}
				nonPublic = nonPublic && !it.Public
				for _, o := range s.town.Organizations {
					if o.Key == m.Organizations[0] {
						role := "Vorberatung"
						if o.Classification == "Parlament" {
							role = "Entscheidung"
						}
						out = append(out, [3]string{o.Name, meetingDay(s.people.first, m.Day).Format("02.01.2006"), role})
					}
				}
			}
		}
	}
	return out, nonPublic
}

func (s *Seeder) progress(done, all int, what string) {
	if s.Progress != nil {
		s.Progress(done, all, what)
	}
}
