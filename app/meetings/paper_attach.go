package meetings

import (
	"context"
	"strings"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Attachment puts a paper on an agenda item; Role and Authoritative are OParl's words of the Consultation.
type Attachment struct {
	Paper         council.ID
	Role          string
	Authoritative bool
}

// AttachPaper puts a paper on an item. A published paper that would get new readers by it waits as a draft for the next
// publication. A paper that already stands there gets the new role; it is not put there twice.
func (s *Service) AttachPaper(ctx context.Context, v policy.Viewer, item council.ID, expected int64, in Attachment) (council.AgendaItem, error) {
	var it council.AgendaItem
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		var m council.Meeting
		if it, m, err = s.item(ctx, v, item, expected); err != nil {
			return err
		}
		return s.attach(ctx, v, m, it, in)
	})
	return it, err
}

func (s *Service) attach(ctx context.Context, v policy.Viewer, m council.Meeting, it council.AgendaItem, in Attachment) error {
	p, err := s.paper(ctx, v, in.Paper)
	if err != nil {
		return err
	}
	if p.Body != it.Body {
		return council.E(council.Invalid, "paper.error.other_body")
	}
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Paper: p.ID, AgendaItem: it.ID})
	if err != nil {
		return err
	}
	c := council.Consultation{Body: m.Body, Paper: p.ID, Meeting: m.ID, AgendaItem: it.ID}
	if len(m.Organizations) > 0 {
		c.Organization = m.Organizations[0]
	}
	if len(on) > 0 {
		c = on[0]
	}
	c.Role, c.Authoritative = strings.TrimSpace(in.Role), in.Authoritative
	if err := s.Store.SaveConsultation(ctx, &c); err != nil {
		return err
	}
	if err := s.keepClosed(ctx, p); err != nil {
		return err
	}
	if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PaperAttach, "paper", m.Body, p.ID, "agendaItem", string(it.ID))); err != nil {
		return err
	}
	return s.Settler.Paper(ctx, p.ID, audience.Closed)
}

// DetachPaper takes a paper off an item; who could read it only there cannot any more, at once.
func (s *Service) DetachPaper(ctx context.Context, v policy.Viewer, item, paper council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		it, m, err := s.item(ctx, v, item, expected)
		if err != nil {
			return err
		}
		p, err := s.paper(ctx, v, paper)
		if err != nil {
			return err
		}
		on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Paper: p.ID, AgendaItem: it.ID})
		if err != nil {
			return err
		}
		if len(on) == 0 {
			return council.ErrNotFound()
		}
		for _, c := range on {
			if err := s.Store.DeleteConsultation(ctx, c.ID); err != nil {
				return err
			}
		}
		if err := s.keepClosed(ctx, p); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PaperDetach, "paper", m.Body, p.ID, "agendaItem", string(it.ID))); err != nil {
			return err
		}
		if err := s.Settler.Paper(ctx, p.ID, audience.Closed); err != nil {
			return err
		}
		return s.Settler.Meeting(ctx, m.ID, audience.Closed)
	})
}

func (s *Service) paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error) {
	p, err := s.Store.Paper(ctx, v, id)
	if err != nil {
		return p, err
	}
	return p, policy.MayManage(v, p.Body, p.Audience)
}
