package publication

import (
	"context"
	"fmt"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// ProjectMeeting projects a meeting with its agenda, its place, all papers on it with their files and consultations, and the
// other meetings that these papers touch. Call it inside the transaction that changed the state or the Audience of any of
// them, after the new Audiences are saved. A public file without a public rendition gives council.Unavailable: run
// PrepareFile first.
func (p *Publication) ProjectMeeting(ctx context.Context, meeting council.ID) error {
	return p.source.InTx(ctx, func(ctx context.Context) error {
		run := p.newRun()
		papers, err := run.papersOf(ctx, meeting)
		if err != nil {
			return err
		}
		return run.project(ctx, []council.ID{meeting}, papers)
	})
}

// ProjectPaper projects a paper with its files and consultations, and the meetings that it touches. When to call it and what
// it may answer: as ProjectMeeting.
func (p *Publication) ProjectPaper(ctx context.Context, paper council.ID) error {
	return p.source.InTx(ctx, func(ctx context.Context) error {
		return p.newRun().project(ctx, nil, []council.ID{paper})
	})
}

// papersOf are the papers that stand on the meeting now, and those that publicly stood on it until now.
func (r *run) papersOf(ctx context.Context, meeting council.ID) ([]council.ID, error) {
	now, err := r.source.Consultations(ctx, council.ConsultationFilter{Meeting: meeting})
	if err != nil {
		return nil, err
	}
	var papers []council.ID
	for _, c := range now {
		papers = add(papers, c.Paper)
	}
	stops, err := r.model.PublicLinked(ctx, readmodel.Consultation, readmodel.InMeeting, []council.ID{meeting})
	if err != nil {
		return nil, err
	}
	for _, s := range stops {
		// A tombstone is skipped: its paper was projected in the run that made it.
		if s.Deleted {
			continue
		}
		var o readmodel.OParlConsultation
		if err := decode(s.Object, &o); err != nil {
			return nil, err
		}
		papers = add(papers, o.Paper.ID())
	}
	return papers, nil
}

// putMeeting writes the meeting, its public agenda items and its place; or makes tombstones of them.
func (r *run) putMeeting(ctx context.Context, id council.ID) error {
	seen, err := r.model.PublicLinked(ctx, readmodel.AgendaItem, readmodel.InMeeting, []council.ID{id})
	if err != nil {
		return err
	}
	gone := map[council.ID]bool{}
	for _, o := range seen {
		gone[o.ID] = true
	}
	m, err := r.meeting(ctx, id)
	if err != nil {
		return err
	}
	if !m.public {
		for item := range gone {
			if err := r.retract(ctx, item); err != nil {
				return err
			}
		}
		if err := r.retract(ctx, id); err != nil {
			return err
		}
		return r.leavePlace(ctx, id, "")
	}
	if err := r.ensureBody(ctx, m.Body); err != nil {
		return err
	}
	o := readmodel.OParlMeeting{
		Name: readmodel.Clean(m.Name), MeetingState: m.MeetingState(r.clock()), Cancelled: m.Cancelled,
		Start: readmodel.DateTime(m.Start), End: readmodel.DateTime(m.End),
	}
	o.Web = readmodel.URL("/sitzungen/" + string(id))
	for _, it := range m.items {
		if !m.publicItem(it.ID) {
			continue
		}
		item, err := r.putAgendaItem(ctx, m, it, len(o.AgendaItem))
		if err != nil {
			return err
		}
		o.AgendaItem = append(o.AgendaItem, item)
		delete(gone, it.ID)
	}
	for item := range gone {
		if err := r.retract(ctx, item); err != nil {
			return err
		}
	}
	var links []readmodel.Link
	if o.Organization, links, err = r.organizations(ctx, id, m.Organizations); err != nil {
		return err
	}
	if m.Location != "" {
		if o.Location, err = r.putLocation(ctx, m.Location); err != nil {
			return err
		}
		links = append(links, readmodel.Link{Source: id, Relation: readmodel.AtLocation, Target: m.Location})
	}
	place, err := r.placeOf(ctx, id)
	if err != nil {
		return err
	}
	if err := r.put(ctx, row{id: id, typ: readmodel.Meeting, body: m.Body, sortAt: m.Start, links: links, head: &o.Head, oparl: &o}); err != nil {
		return err
	}
	if place != m.Location {
		return r.leavePlace(ctx, id, place)
	}
	return nil
}

// putAgendaItem writes a public item. Order counts public items only: gaps would tell of the others.
func (r *run) putAgendaItem(ctx context.Context, m *meetingFacts, it council.AgendaItem, order int) (readmodel.OParlAgendaItem, error) {
	o := readmodel.OParlAgendaItem{
		Meeting: readmodel.ObjectURL(readmodel.Meeting, m.ID), Number: readmodel.Clean(it.Number), Order: order,
		Name: readmodel.Clean(it.Name), Public: true, Result: readmodel.Clean(it.Result),
	}
	o.Web = readmodel.URL("/sitzungen/" + string(m.ID) + "#top-" + string(it.ID))
	stops, err := r.source.Consultations(ctx, council.ConsultationFilter{AgendaItem: it.ID})
	if err != nil {
		return o, err
	}
	for _, c := range stops {
		ok, err := r.publicStop(ctx, c)
		if err != nil {
			return o, err
		}
		if ok {
			// OParl has room for one; further papers of the item are found by their consultation's agendaItem.
			o.Consultation = readmodel.ObjectURL(readmodel.Consultation, c.ID)
			break
		}
	}
	links := []readmodel.Link{{Source: it.ID, Relation: readmodel.InMeeting, Target: m.ID, Position: order}}
	err = r.put(ctx, row{id: it.ID, typ: readmodel.AgendaItem, body: m.Body, links: links, head: &o.Head, oparl: &o})
	return o, err
}

// organizations are the links to those that are public, in the given order (the lead committee first).
func (r *run) organizations(ctx context.Context, from council.ID, ids []council.ID) ([]readmodel.URL, []readmodel.Link, error) {
	there, err := r.alive(ctx, ids...)
	if err != nil {
		return nil, nil, err
	}
	var urls []readmodel.URL
	var links []readmodel.Link
	for _, id := range ids {
		if there[id] {
			links = append(links, readmodel.Link{Source: from, Relation: readmodel.OfOrganization, Target: id, Position: len(urls)})
			urls = append(urls, readmodel.ObjectURL(readmodel.Organization, id))
		}
	}
	return urls, links, nil
}

// ProjectDue projects anew the public meetings whose state has changed only because time went by (OParl's meetingState turns to
// "durchgeführt"), and returns how many. Meant to run about once an hour; each meeting in a transaction of its own.
func (p *Publication) ProjectDue(ctx context.Context) (int, error) {
	now := p.clock()
	past, err := p.model.PublicTimeline(ctx, readmodel.TimelineFilter{Type: readmodel.Meeting, To: now})
	if err != nil {
		return 0, err
	}
	due := 0
	for _, o := range past {
		var m readmodel.OParlMeeting
		if err := decode(o, &m); err != nil {
			return due, err
		}
		over := council.Meeting{State: council.Published, Start: o.SortAt}
		if m.MeetingState == over.MeetingState(now) {
			continue
		}
		if err := p.ProjectMeeting(ctx, o.ID); err != nil {
			return due, fmt.Errorf("meeting %s: %w", o.ID, err)
		}
		due++
	}
	return due, nil
}
