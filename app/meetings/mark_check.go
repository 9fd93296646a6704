package meetings

import (
	"context"

	"ris/app/council"
	"ris/documents"
	"ris/documents/copies"
)

// marks finds readers to whom the papers could not be given, because their personal mark does not fit onto a page: said before
// publishing, not when they open a paper. Everybody who can sign in to the Body is asked; one blocker names the first.
func (s *Service) marks(ctx context.Context, p plan) ([]Blocker, error) {
	body, err := s.Store.Body(ctx, system, p.meeting.Body)
	if err != nil {
		return nil, err
	}
	readers, err := s.readers(ctx, p.meeting)
	if err != nil {
		return nil, err
	}
	for _, r := range readers {
		// The longest that the mark can become: with all lines, day and code.
		longest := documents.Mark{Name: r.Name, Account: r.Account, Date: "28.08.2028", NonPublic: true, Template: body.WatermarkText, Body: body.Name, Code: "7K3M-Q9XA"}
		if copies.Check(longest) != nil {
			return []Blocker{{Kind: "preparation", ID: body.ID, Key: "meeting.publish.mark_too_long", Args: []string{"person", r.Name}}}, nil
		}
	}
	return nil, nil
}

// readers are the persons at home in the Body, those of others who sit or substitute in the meeting, and the Body's clerks, as far
// as they can sign in.
func (s *Service) readers(ctx context.Context, m council.Meeting) ([]council.Person, error) {
	inMeeting, err := s.participants(ctx, m)
	if err != nil {
		return nil, err
	}
	known := map[council.ID]bool{}
	var out []council.Person
	add := func(p council.Person) {
		if !known[p.ID] && p.Account != "" {
			out = append(out, p)
		}
		known[p.ID] = true
	}
	for _, p := range inMeeting {
		add(p.Person)
	}
	grants, err := s.Store.GrantsIn(ctx, m.Body)
	if err != nil {
		return nil, err
	}
	instead, err := s.Store.Substitutions(ctx, council.SubstitutionFilter{Meeting: m.ID})
	if err != nil {
		return nil, err
	}
	var others []council.ID
	for _, g := range grants {
		others = append(others, g.Person)
	}
	for _, x := range instead {
		others = append(others, x.Substitute)
	}
	for _, id := range others {
		if known[id] {
			continue
		}
		p, err := s.Store.Person(ctx, id)
		if err != nil {
			return nil, err
		}
		add(p)
	}
	return out, nil
}
