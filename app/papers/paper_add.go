package papers

import (
	"context"
	"strings"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// NewPaper is a Vorlage to be. Body may be empty for the clerk of one Body or when AgendaItem is given.
type NewPaper struct {
	Name       string
	Reference  string
	PaperType  string
	Body       council.ID
	AgendaItem council.ID // put it on this item at once, or empty
}

// Add makes a paper as a draft that only clerks see.
func (s *Service) Add(ctx context.Context, v policy.Viewer, in NewPaper) (council.Paper, error) {
	var p council.Paper
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		var on *council.AgendaItem
		if in.AgendaItem != "" {
			it, err := s.Store.AgendaItem(ctx, v, in.AgendaItem)
			if err != nil {
				return err
			}
			if err := policy.MayManage(v, it.Body, it.Audience); err != nil {
				return err
			}
			if it.State == council.Withdrawn {
				return council.E(council.Gone, "error.gone")
			}
			if in.Body != "" && in.Body != it.Body {
				return council.E(council.Invalid, "paper.error.other_body")
			}
			in.Body, on = it.Body, &it
		}
		body, err := actingBody(v, in.Body)
		if err != nil {
			return err
		}
		now := s.Clock()
		p = council.Paper{Body: body, Name: strings.TrimSpace(in.Name), Reference: strings.TrimSpace(in.Reference),
			PaperType: strings.TrimSpace(in.PaperType), Date: now.Truncate(24 * 3600e9), State: council.Draft}
		if err := checkPaper(p); err != nil {
			return err
		}
		p.Audience = policy.ForPaper(p, nil)
		if err := s.Store.SavePaper(ctx, &p); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, now, audit.PaperAdd, "paper", body, p.ID)); err != nil {
			return err
		}
		if on == nil {
			return nil
		}
		m, err := s.Store.Meeting(ctx, v, on.Meeting)
		if err != nil {
			return err
		}
		c := council.Consultation{Body: body, Paper: p.ID, Meeting: m.ID, AgendaItem: on.ID}
		if len(m.Organizations) > 0 {
			c.Organization = m.Organizations[0]
		}
		if err := s.Store.SaveConsultation(ctx, &c); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, now, audit.PaperAttach, "paper", body, p.ID, "agendaItem", string(on.ID)))
	})
	return p, err
}

// actingBody is the Body in which the viewer acts as clerk: the named one, or the only one.
func actingBody(v policy.Viewer, named council.ID) (council.ID, error) {
	if named == "" {
		if mine := policy.ClerkBodies(v); len(mine) == 1 {
			return mine[0], nil
		} else if len(mine) > 1 {
			return "", council.E(council.Invalid, "meeting.error.body")
		}
	}
	if named == "" || !policy.IsClerk(v, named) {
		return "", council.E(council.Forbidden, "error.forbidden")
	}
	return named, nil
}

func checkPaper(p council.Paper) error {
	switch {
	case p.Name == "":
		return council.E(council.Invalid, "paper.error.name")
	case utf8.RuneCountInString(p.Name) > 500:
		return council.E(council.Invalid, "clerk.error.name_long", "limit", "500")
	case utf8.RuneCountInString(p.Reference) > 100 || utf8.RuneCountInString(p.PaperType) > 100:
		return council.E(council.Invalid, "clerk.error.name_long", "limit", "100")
	}
	return nil
}
