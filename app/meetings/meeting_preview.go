package meetings

import (
	"context"

	"ris/app/audience"
	"ris/app/council"
	"ris/auth/policy"
)

// Preview says what the next publication makes visible to whom. Public lists what anonymous visitors will see, Internal what only
// those inside will; Change is "new", "changed" or "same". Stays are withdrawn papers and files of the agenda, which the publication does not bring
// back.
type Preview struct {
	Public   []Line
	Internal []Line
	Stays    []Line
	Readers  []audience.Reader
	Blockers []Blocker
	Warnings []Blocker // what should be known before, and does not stand in the way
	Changes  int
}

// Line is one object of the preview. Kind: meeting, agendaItem, paper, file.
type Line struct {
	Kind   string
	ID     council.ID
	Number string
	Name   string
	Change string
}

// PreviewPublish is for the clerk alone and changes nothing.
func (s *Service) PreviewPublish(ctx context.Context, v policy.Viewer, id council.ID) (Preview, error) {
	if _, err := s.meeting(ctx, v, id, 0); err != nil {
		return Preview{}, err
	}
	p, err := s.plan(ctx, id)
	if err != nil {
		return Preview{}, err
	}
	unprintable, err := s.marks(ctx, p)
	if err != nil {
		return Preview{}, err
	}
	p.blockers = append(p.blockers, unprintable...)
	p.seenBy(v)
	terms, err := s.Store.Terms(ctx, p.meeting.Body)
	if err != nil {
		return Preview{}, err
	}
	will := p.meeting
	will.State = council.Published
	items := make([]council.AgendaItem, 0, len(p.items))
	for _, it := range p.items {
		it.State = council.Published
		items = append(items, it)
	}
	guests, err := s.Store.Guests(ctx, council.GuestFilter{Meeting: id})
	if err != nil {
		return Preview{}, err
	}
	a := policy.ForMeeting(will, items, terms, guests...)
	out := Preview{Blockers: p.blockers, Changes: p.changes()}
	for _, t := range p.stays {
		if l, reads := t.seenBy(v); reads {
			out.Stays = append(out.Stays, l)
		}
	}
	out.add(a, p.meeting.Audience, p.meeting.State, false, Line{Kind: "meeting", ID: id, Name: p.meeting.Name})
	for i, it := range items {
		out.add(policy.ForAgendaItem(policy.ItemFacts{Item: it, Meeting: will, Terms: terms, Guests: guests}), p.items[i].Audience, p.items[i].State, false,
			Line{Kind: "agendaItem", ID: it.ID, Number: it.Number, Name: it.Name})
		for _, pp := range p.papers {
			if pp.item == it.ID {
				out.addPaper(v, pp)
			}
		}
	}
	out.Readers, err = audience.Readers(ctx, s.Store, a, s.Clock())
	return out, err
}

// addPaper adds a paper and its files, those alone that the viewer may read: a conflict of interest binds a clerk, too.
func (p *Preview) addPaper(v policy.Viewer, pp plannedPaper) {
	if policy.CanRead(v, pp.paper.Audience) {
		p.add(pp.will, pp.paper.Audience, pp.paper.State, false,
			Line{Kind: "paper", ID: pp.paper.ID, Number: pp.paper.Reference, Name: pp.paper.Name})
	}
	for _, f := range pp.files {
		if !policy.CanRead(v, f.file.Audience) {
			continue
		}
		p.add(pp.will, f.file.Audience, f.file.State, f.file.Current != f.version.ID,
			Line{Kind: "file", ID: f.file.ID, Name: f.file.Name})
		for _, found := range f.version.Findings {
			p.Warnings = append(p.Warnings, Blocker{Kind: "file", ID: f.file.ID, Key: found, Args: []string{"name", f.file.Name}})
		}
	}
}

// add puts a line where it belongs: will is the audience after, was and state are before; changed says that published
// readers get something else than before.
func (p *Preview) add(will, was council.Audience, state council.State, changed bool, l Line) {
	switch {
	case state != council.Published || audience.Widens(was, will):
		l.Change = "new"
	case changed:
		l.Change = "changed"
	default:
		l.Change = "same"
	}
	if will.Public() {
		p.Public = append(p.Public, l)
	} else {
		p.Internal = append(p.Internal, l)
	}
}
