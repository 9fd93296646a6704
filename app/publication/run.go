package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// run is one projection: it remembers what it has read, since papers and meetings point at each other.
type run struct {
	*Publication
	meetings map[council.ID]*meetingFacts
	papers   map[council.ID]*paperFacts
	bodies   map[council.ID]bool
}

// meetingFacts is a meeting and its agenda as the council's tables have them now.
type meetingFacts struct {
	council.Meeting
	items  []council.AgendaItem
	public bool
}

// paperFacts is a paper as the council's tables have it now.
type paperFacts struct {
	council.Paper
	public bool
}

func (p *Publication) newRun() *run {
	return &run{
		Publication: p, meetings: map[council.ID]*meetingFacts{}, papers: map[council.ID]*paperFacts{}, bodies: map[council.ID]bool{},
	}
}

// project writes the papers, then the given meetings and those that the papers touch or touched.
func (r *run) project(ctx context.Context, meetings, papers []council.ID) error {
	for _, id := range papers {
		touched, err := r.putPaper(ctx, id)
		if err != nil {
			return err
		}
		for _, m := range touched {
			meetings = add(meetings, m)
		}
	}
	for _, id := range meetings {
		if err := r.putMeeting(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// meeting gives the facts; what does not exist (any more) is not public.
func (r *run) meeting(ctx context.Context, id council.ID) (*meetingFacts, error) {
	if m, ok := r.meetings[id]; ok {
		return m, nil
	}
	facts := &meetingFacts{}
	m, err := r.source.Meeting(ctx, r.viewer, id)
	switch {
	case err != nil && council.KindOf(err) != council.NotFound:
		return nil, err
	case err == nil:
		facts.Meeting, facts.public = m, public(m.Audience)
		if facts.items, err = r.source.AgendaItems(ctx, r.viewer, id); err != nil {
			return nil, err
		}
	}
	r.meetings[id] = facts
	return facts, nil
}

// publicItem: an item is public when the rule says so of the item and of its meeting.
func (m *meetingFacts) publicItem(id council.ID) bool {
	return m.public && slices.ContainsFunc(m.items, func(it council.AgendaItem) bool { return it.ID == id && public(it.Audience) })
}

// paper gives the facts; what does not exist (any more) is not public.
func (r *run) paper(ctx context.Context, id council.ID) (*paperFacts, error) {
	if p, ok := r.papers[id]; ok {
		return p, nil
	}
	facts := &paperFacts{}
	p, err := r.source.Paper(ctx, r.viewer, id)
	switch {
	case err != nil && council.KindOf(err) != council.NotFound:
		return nil, err
	case err == nil:
		facts.Paper, facts.public = p, public(p.Audience)
	}
	r.papers[id] = facts
	return facts, nil
}

// publicStop: a consultation is public when its paper, its meeting and its agenda item are. A stop that stands on no agenda yet
// is not: nobody has said that it will be dealt with in public.
func (r *run) publicStop(ctx context.Context, c council.Consultation) (bool, error) {
	if c.Meeting == "" || c.AgendaItem == "" {
		return false, nil
	}
	p, err := r.paper(ctx, c.Paper)
	if err != nil || !p.public {
		return false, err
	}
	m, err := r.meeting(ctx, c.Meeting)
	if err != nil {
		return false, err
	}
	return m.publicItem(c.AgendaItem), nil
}

// ensureBody projects a Body that the read model does not have yet: everything that is linked must be there.
func (r *run) ensureBody(ctx context.Context, id council.ID) error {
	if r.bodies[id] {
		return nil
	}
	there, err := r.alive(ctx, id)
	if err != nil {
		return err
	}
	if !there[id] {
		if err := r.ProjectBody(ctx, id); err != nil {
			return err
		}
	}
	r.bodies[id] = true
	return nil
}

// add appends id when it is new.
func add(list []council.ID, id council.ID) []council.ID {
	if id == "" || slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

// decode reads a stored object back.
func decode(o readmodel.Object, into any) error {
	if err := json.Unmarshal(o.OParl, into); err != nil {
		return fmt.Errorf("public %s %s: %w", o.Type, o.ID, err)
	}
	return nil
}
