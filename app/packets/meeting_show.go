package packets

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Meeting is one meeting with its agenda. Not found for what may not be seen.
func (s *Service) Meeting(ctx context.Context, v policy.Viewer, id council.ID) (Meeting, error) {
	m, err := s.Store.Meeting(ctx, v, id)
	if err != nil {
		return Meeting{}, err
	}
	fresh, err := s.visit(ctx, v)
	if err != nil {
		return Meeting{}, err
	}
	return s.meeting(ctx, v, fresh, m)
}

// AgendaItem is one item with its papers.
func (s *Service) AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (AgendaItem, error) {
	it, err := s.Store.AgendaItem(ctx, v, id)
	if err != nil {
		return AgendaItem{}, err
	}
	fresh, err := s.visit(ctx, v)
	if err != nil {
		return AgendaItem{}, err
	}
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{AgendaItem: id})
	if err != nil {
		return AgendaItem{}, err
	}
	papers, err := s.papers(ctx, v, fresh, on)
	if err != nil {
		return AgendaItem{}, err
	}
	return agendaItem(it, on, papers), nil
}

func (s *Service) meeting(ctx context.Context, v policy.Viewer, fresh freshness, m council.Meeting) (out Meeting, err error) {
	out = Meeting{Meeting: m, MayManage: policy.IsClerk(v, m.Body), Mine: policy.Takes(v, m.Audience)}
	if out.In, err = s.Store.Body(ctx, v, m.Body); err != nil {
		return out, err
	}
	if out.Withdrawn, err = s.withdrawal(ctx, v, m.State, m.Body, m.ID, audit.MeetingWithdraw); err != nil {
		return out, err
	}
	for _, id := range m.Organizations {
		o, err := s.Store.Organization(ctx, id)
		if err != nil {
			return out, err
		}
		out.Organizations = append(out.Organizations, o)
	}
	if m.Location != "" {
		l, err := s.Store.Location(ctx, m.Location)
		if err != nil {
			return out, err
		}
		out.At = &l
	}
	items, err := s.Store.AgendaItems(ctx, v, m.ID)
	if err != nil {
		return out, err
	}
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Meeting: m.ID})
	if err != nil {
		return out, err
	}
	papers, err := s.papers(ctx, v, fresh, on)
	if err != nil {
		return out, err
	}
	counted := map[council.ID]bool{}
	for _, it := range items {
		if it.State == council.Withdrawn {
			continue // off the agenda: history, not agenda
		}
		full := agendaItem(it, on, papers)
		out.Agenda = append(out.Agenda, full)
		for _, p := range full.Papers {
			if counted[p.ID] {
				continue
			}
			counted[p.ID] = true
			out.Papers++
			for _, f := range p.Files {
				if f.New {
					out.New++
				}
			}
		}
	}
	out.Items = len(out.Agenda)
	if out.MayManage {
		out.Pending, out.Problems = pending(out), problems(out)
	}
	return out, nil
}

// agendaItem puts the papers on their item, in the order in which they were put there.
func agendaItem(it council.AgendaItem, on []council.Consultation, papers map[council.ID]ItemPaper) AgendaItem {
	out := AgendaItem{AgendaItem: it}
	for _, c := range on {
		p, ok := papers[c.Paper]
		if c.AgendaItem != it.ID || !ok {
			continue
		}
		p.Role, p.Authoritative = c.Role, c.Authoritative
		out.New = out.New || p.New
		out.Papers = append(out.Papers, p)
	}
	return out
}

// papers loads the papers of these consultations that the viewer may see, with their files.
func (s *Service) papers(ctx context.Context, v policy.Viewer, fresh freshness, on []council.Consultation) (map[council.ID]ItemPaper, error) {
	out := map[council.ID]ItemPaper{}
	ids := make([]council.ID, 0, len(on))
	for _, c := range on {
		ids = append(ids, c.Paper)
	}
	if len(ids) == 0 {
		return out, nil
	}
	list, err := s.Store.Papers(ctx, v, council.PaperFilter{IDs: ids})
	if err != nil {
		return nil, err
	}
	files, err := s.files(ctx, v, fresh, council.FileFilter{Papers: ids})
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		ip := ItemPaper{Paper: p, Files: files[p.ID]}
		ip.New = fresh.paper(p, ip.Files)
		if ip.Withdrawn, err = s.withdrawal(ctx, v, p.State, p.Body, p.ID, audit.PaperWithdraw); err != nil {
			return nil, err
		}
		out[p.ID] = ip
	}
	return out, nil
}

// problems counts the files whose newest version was refused or could not be worked, each once. What is withdrawn waits for nothing.
func problems(m Meeting) int {
	stuck := map[council.ID]bool{}
	for _, it := range m.Agenda {
		for _, p := range it.Papers {
			for _, f := range p.Files {
				newest := &f.Shown
				if f.Latest != nil {
					newest = f.Latest
				}
				if p.State != council.Withdrawn && f.State != council.Withdrawn && newest.Problem != "" {
					stuck[f.ID] = true
				}
			}
		}
	}
	return len(stuck)
}

// pending counts what only the next publication shows to others. Withdrawn papers and files are not counted: they were taken
// back on purpose.
func pending(m Meeting) int {
	n := 0
	if m.State == council.Draft {
		n++
	}
	for _, it := range m.Agenda {
		if it.State == council.Draft {
			n++
		}
		for _, p := range it.Papers {
			if p.State == council.Withdrawn {
				continue
			}
			if p.State == council.Draft {
				n++
			}
			for _, f := range p.Files {
				if f.State == council.Draft || f.Latest != nil && f.State == council.Published {
					n++
				}
			}
		}
	}
	return n
}
