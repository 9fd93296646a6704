package access

import (
	"context"
	"slices"
	"strings"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Kind of object that can be asked about.
type Kind string

// The kinds.
const (
	Meeting    Kind = "meeting"
	AgendaItem Kind = "agendaItem"
	Paper      Kind = "paper"
	File       Kind = "file"
)

// Report says who may see one object at this moment. Public: everybody, also without signing in; then nobody is listed. Readers and
// Excluded are ordered by name; Excluded are those of whom a clerk may wonder why they are not among the readers.
type Report struct {
	Kind     Kind
	ID       council.ID
	Name     string
	State    council.State
	Public   bool
	Readers  []Line
	Excluded []Line
}

// Line is a person with the reasons.
type Line struct {
	Person  council.Person
	Reasons []Reason
}

// Reason is a sentence of the catalogue: Key and Args. Until says when it ends (a day, or with Moment a second); zero = open.
type Reason struct {
	Key    string
	Args   []string
	Until  time.Time
	Moment bool
}

// object is what a report is about, with the meetings and items that decide.
type object struct {
	name     string
	body     council.ID
	state    council.State
	audience council.Audience
	meetings []council.Meeting
	items    []council.AgendaItem
}

// Readers answers for the clerk of the object's Body; forbidden for its readers, not found for everybody else.
func (s *Service) Readers(ctx context.Context, v policy.Viewer, kind Kind, id council.ID) (Report, error) {
	o, err := s.find(ctx, v, kind, id)
	if err != nil {
		return Report{}, err
	}
	if err := policy.MayManage(v, o.body, o.audience); err != nil {
		return Report{}, err
	}
	out := Report{Kind: kind, ID: id, Name: o.name, State: o.state, Public: o.audience.Public()}
	if out.Public {
		return out, nil
	}
	w, err := s.who(ctx, o)
	if err != nil {
		return Report{}, err
	}
	for _, p := range w.persons {
		w.facts.Person = p
		viewer := policy.ForPerson(w.facts, w.now)
		d := policy.Why(viewer, o.audience)
		line := Line{Person: p}
		if d.Reads {
			for _, g := range d.By {
				line.Reasons = append(line.Reasons, w.reason(g))
			}
			out.Readers = append(out.Readers, line)
			continue
		}
		if line.Reasons = w.missing(o, p, d); len(line.Reasons) > 0 {
			out.Excluded = append(out.Excluded, line)
		}
	}
	byName := func(a, b Line) int {
		return strings.Compare(a.Person.FamilyName+a.Person.Name, b.Person.FamilyName+b.Person.Name)
	}
	slices.SortStableFunc(out.Readers, byName)
	slices.SortStableFunc(out.Excluded, byName)
	return out, nil
}

func (s *Service) find(ctx context.Context, v policy.Viewer, kind Kind, id council.ID) (o object, err error) {
	switch kind {
	case Meeting:
		m, err := s.Store.Meeting(ctx, v, id)
		if err != nil {
			return o, err
		}
		items, err := s.Store.AgendaItems(ctx, system, id)
		return object{m.Name, m.Body, m.State, m.Audience, []council.Meeting{m}, items}, err
	case AgendaItem:
		it, err := s.Store.AgendaItem(ctx, v, id)
		if err != nil {
			return o, err
		}
		m, err := s.Store.Meeting(ctx, system, it.Meeting)
		return object{strings.TrimSpace(it.Number + " " + it.Name), it.Body, it.State, it.Audience, []council.Meeting{m}, []council.AgendaItem{it}}, err
	case File:
		f, err := s.Store.File(ctx, v, id)
		if err != nil {
			return o, err
		}
		o, err = s.paper(ctx, system, f.Paper)
		o.name, o.body, o.state, o.audience = f.Name, f.Body, f.State, f.Audience
		return o, err
	case Paper:
		return s.paper(ctx, v, id)
	}
	return o, council.ErrNotFound()
}

func (s *Service) paper(ctx context.Context, v policy.Viewer, id council.ID) (o object, err error) {
	p, err := s.Store.Paper(ctx, v, id)
	if err != nil {
		return o, err
	}
	o = object{name: strings.TrimSpace(p.Reference + " " + p.Name), body: p.Body, state: p.State, audience: p.Audience}
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Paper: id})
	for _, c := range on {
		if err != nil || c.AgendaItem == "" {
			continue
		}
		var it council.AgendaItem
		if it, err = s.Store.AgendaItem(ctx, system, c.AgendaItem); err != nil {
			continue
		}
		var m council.Meeting
		m, err = s.Store.Meeting(ctx, system, it.Meeting)
		o.items, o.meetings = append(o.items, it), append(o.meetings, m)
	}
	return o, err
}
