package api

import (
	"context"

	"ris/app/council"
	"ris/app/meetings"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type agendaItemWrite struct {
	ByID
	Writing
	Body AgendaItemInput
}

type agendaItemPatch struct {
	ByID
	Writing
	Body AgendaItemChange
}

type agendaOrder struct {
	ByID
	Writing
	Body AgendaOrderInput
}

type attachWrite struct {
	ByID
	Writing
	Body AttachInput
}

func (s *surface) agendaRoutes() {
	add := op("POST", "/meetings/{id}/agenda-items", "addAgendaItem", "Put an item on the agenda, non-public unless it says otherwise", "agenda")
	add.DefaultStatus = 201
	write(s, add, func(ctx context.Context, v policy.Viewer, in *agendaItemWrite) (*Answer[AgendaItem], error) {
		revision, err := in.asked(false)
		if err != nil {
			return nil, err
		}
		b := in.Body
		it, err := s.Meetings.AddItem(ctx, v, in.id(), revision, meetings.NewAgendaItem{Name: b.Name, Number: b.Number, Public: b.Public,
			Position: b.Position, Papers: b.Papers})
		if err != nil {
			return nil, err
		}
		return s.answerItem(ctx, v, it.ID, 201)
	})
	write(s, op("PATCH", "/agenda-items/{id}", "changeAgendaItem", "Change an item", "agenda"),
		func(ctx context.Context, v policy.Viewer, in *agendaItemPatch) (*Answer[AgendaItem], error) {
			revision, err := in.asked(true)
			if err != nil {
				return nil, s.itemOrNotFound(ctx, v, in.id(), err)
			}
			b := in.Body
			if _, err := s.Meetings.ChangeItem(ctx, v, in.id(), revision, meetings.ChangeAgendaItem(b)); err != nil {
				return nil, err
			}
			return s.answerItem(ctx, v, in.id(), 200)
		})
	erase(s, op("DELETE", "/agenda-items/{id}", "deleteAgendaItem", "Take an item off the agenda", "agenda"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				return s.itemOrNotFound(ctx, v, in.id(), err)
			}
			return s.Meetings.DeleteItem(ctx, v, in.id(), revision)
		})
	write(s, op("PUT", "/meetings/{id}/agenda-order", "orderAgenda", "Put the agenda in order", "agenda"),
		func(ctx context.Context, v policy.Viewer, in *agendaOrder) (*Answer[Meeting], error) {
			revision, err := in.asked(true)
			if err != nil {
				return nil, s.orNotFound(ctx, v, in.id(), err)
			}
			if _, err := s.Meetings.Order(ctx, v, in.id(), revision, in.Body.Items); err != nil {
				return nil, err
			}
			return s.answerMeeting(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/agenda-items/{id}/papers", "attachPaper", "Put a paper on an item", "agenda"),
		func(ctx context.Context, v policy.Viewer, in *attachWrite) (*Answer[AgendaItem], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			if _, err := s.Meetings.AttachPaper(ctx, v, in.id(), revision, meetings.Attachment(in.Body)); err != nil {
				return nil, err
			}
			return s.answerItem(ctx, v, in.id(), 200)
		})
	erase(s, op("DELETE", "/agenda-items/{id}/papers/{paper}", "detachPaper", "Take a paper off an item", "agenda"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Paper string `path:"paper"`
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				return s.itemOrNotFound(ctx, v, in.id(), err)
			}
			return s.Meetings.DetachPaper(ctx, v, in.id(), council.ID(in.Paper), revision)
		})
}

func (s *surface) itemOrNotFound(ctx context.Context, v policy.Viewer, item council.ID, err error) error {
	if _, hidden := s.Packets.AgendaItem(ctx, v, item); hidden != nil {
		return hidden
	}
	return err
}

func (s *surface) answerItem(ctx context.Context, v policy.Viewer, id council.ID, status int) (*Answer[AgendaItem], error) {
	it, err := s.Packets.AgendaItem(ctx, v, id)
	if err != nil {
		return nil, err
	}
	out := &Answer[AgendaItem]{Status: status, ETag: httpkit.ETag(it.Revision), Body: agendaItem(it, callOf(ctx).lang)}
	if status == 201 {
		out.Location = out.Body.URL
	}
	return out, nil
}
