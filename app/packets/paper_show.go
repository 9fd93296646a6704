package packets

import (
	"context"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Reader is a group of readers in words.
type Reader = audience.Reader

// Paper is one paper with its files and its Beratungsfolge. The clerk of its Body sees who can read it.
func (s *Service) Paper(ctx context.Context, v policy.Viewer, id council.ID) (Paper, error) {
	p, err := s.Store.Paper(ctx, v, id)
	if err != nil {
		return Paper{}, err
	}
	fresh, err := s.visit(ctx, v)
	if err != nil {
		return Paper{}, err
	}
	out := Paper{Paper: p, MayManage: policy.IsClerk(v, p.Body)}
	if out.In, err = s.Store.Body(ctx, v, p.Body); err != nil {
		return out, err
	}
	if out.Withdrawn, err = s.withdrawal(ctx, v, p.State, p.Body, id, audit.PaperWithdraw); err != nil {
		return out, err
	}
	files, err := s.files(ctx, v, fresh, council.FileFilter{Paper: id})
	if err != nil {
		return out, err
	}
	out.Files = files[id]
	out.New = fresh.paper(p, out.Files)
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Paper: id})
	if err != nil {
		return out, err
	}
	for _, c := range on {
		stop, ok, err := s.consultation(ctx, v, c)
		if err != nil {
			return out, err
		}
		if ok {
			out.Consultations = append(out.Consultations, stop)
		}
	}
	if out.MayManage {
		out.Readers, err = audience.Readers(ctx, s.Store, p.Audience, s.Clock())
	}
	return out, err
}

// consultation shows a stop that has no meeting yet, or whose item the viewer may see; another one would tell of a non-public
// consultation.
func (s *Service) consultation(ctx context.Context, v policy.Viewer, c council.Consultation) (Consultation, bool, error) {
	out := Consultation{Consultation: c}
	if c.AgendaItem != "" {
		it, err := s.Store.AgendaItem(ctx, v, c.AgendaItem)
		if council.KindOf(err) == council.NotFound && err != nil || err == nil && it.State == council.Withdrawn {
			return out, false, nil
		}
		if err != nil {
			return out, false, err
		}
		m, err := s.Store.Meeting(ctx, v, it.Meeting)
		if council.KindOf(err) == council.NotFound && err != nil {
			return out, false, nil
		}
		if err != nil {
			return out, false, err
		}
		out.AgendaItem, out.Meeting = &it, &m
	} else if !policy.IsClerk(v, c.Body) {
		return out, false, nil // planned, on no agenda: the clerk's business
	}
	if c.Organization != "" {
		o, err := s.Store.Organization(ctx, c.Organization)
		if err != nil {
			return out, false, err
		}
		out.Organization = &o
	}
	return out, true, nil
}
