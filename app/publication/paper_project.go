package publication

import (
	"context"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// putPaper writes the paper with its files and consultations, or makes tombstones of them. It returns the meetings that it
// touches now or touched until now.
func (r *run) putPaper(ctx context.Context, id council.ID) (touched []council.ID, err error) {
	gone, touched, err := r.seenOf(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := r.paper(ctx, id)
	if err != nil {
		return nil, err
	}
	if !p.public {
		for old := range gone {
			if err := r.retract(ctx, old); err != nil {
				return nil, err
			}
		}
		return touched, r.retract(ctx, id)
	}
	if err := r.ensureBody(ctx, p.Body); err != nil {
		return nil, err
	}
	o := readmodel.OParlPaper{
		Body: readmodel.ObjectURL(readmodel.Body, p.Body), Name: readmodel.Clean(p.Name), Reference: readmodel.Clean(p.Reference),
		Date: readmodel.Date(p.Date), PaperType: readmodel.Clean(p.PaperType),
	}
	o.Web = readmodel.URL("/vorlagen/" + string(id))
	files, err := r.putFiles(ctx, p.Paper)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		delete(gone, f.id)
		if f.role == council.MainFile && o.MainFile == nil {
			o.MainFile = &f.oparl
		} else {
			o.AuxiliaryFile = append(o.AuxiliaryFile, f.oparl)
		}
	}
	stops, err := r.source.Consultations(ctx, council.ConsultationFilter{Paper: id})
	if err != nil {
		return nil, err
	}
	for _, c := range stops {
		ok, err := r.publicStop(ctx, c)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		stop, err := r.putConsultation(ctx, c, len(o.Consultation))
		if err != nil {
			return nil, err
		}
		delete(gone, c.ID)
		touched = add(touched, c.Meeting)
		o.Consultation = append(o.Consultation, stop)
	}
	for old := range gone {
		if err := r.retract(ctx, old); err != nil {
			return nil, err
		}
	}
	published := p.PublishedAt
	if published.IsZero() {
		published = p.Date
	}
	return touched, r.put(ctx, row{id: id, typ: readmodel.Paper, body: p.Body, sortAt: published, head: &o.Head, oparl: &o})
}

// seenOf are the files and consultations that the read model has of the paper, and the meetings of the latter.
func (r *run) seenOf(ctx context.Context, paper council.ID) (map[council.ID]bool, []council.ID, error) {
	seen := map[council.ID]bool{}
	var meetings []council.ID
	files, err := r.model.PublicLinked(ctx, readmodel.File, readmodel.OfPaper, []council.ID{paper})
	if err != nil {
		return nil, nil, err
	}
	stops, err := r.model.PublicLinked(ctx, readmodel.Consultation, readmodel.OfPaper, []council.ID{paper})
	if err != nil {
		return nil, nil, err
	}
	for _, f := range files {
		seen[f.ID] = true
	}
	for _, s := range stops {
		seen[s.ID] = true
		if s.Deleted {
			continue
		}
		var o readmodel.OParlConsultation
		if err := decode(s.Object, &o); err != nil {
			return nil, nil, err
		}
		meetings = add(meetings, o.Meeting.ID())
	}
	return seen, meetings, nil
}

// putConsultation writes a public stop. Without an organization of its own it has those of its meeting.
func (r *run) putConsultation(ctx context.Context, c council.Consultation, position int) (readmodel.OParlConsultation, error) {
	o := readmodel.OParlConsultation{
		Paper: readmodel.ObjectURL(readmodel.Paper, c.Paper), AgendaItem: readmodel.ObjectURL(readmodel.AgendaItem, c.AgendaItem),
		Meeting: readmodel.ObjectURL(readmodel.Meeting, c.Meeting), Authoritative: c.Authoritative, Role: readmodel.Clean(c.Role),
	}
	o.Web = readmodel.URL("/vorlagen/" + string(c.Paper) + "#beratung-" + string(c.ID))
	m, err := r.meeting(ctx, c.Meeting)
	if err != nil {
		return o, err
	}
	if err := r.ensureBody(ctx, m.Body); err != nil {
		return o, err
	}
	organizations := m.Organizations
	if c.Organization != "" {
		organizations = []council.ID{c.Organization}
	}
	urls, links, err := r.organizations(ctx, c.ID, organizations)
	if err != nil {
		return o, err
	}
	o.Organization = urls
	links = append(links,
		readmodel.Link{Source: c.ID, Relation: readmodel.OfPaper, Target: c.Paper, Position: position},
		readmodel.Link{Source: c.ID, Relation: readmodel.OnItem, Target: c.AgendaItem, Position: position},
		readmodel.Link{Source: c.ID, Relation: readmodel.InMeeting, Target: c.Meeting, Position: position})
	err = r.put(ctx, row{id: c.ID, typ: readmodel.Consultation, body: c.Body, links: links, head: &o.Head, oparl: &o})
	return o, err
}
