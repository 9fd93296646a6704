package api

import (
	"context"

	"ris/app/council"
	"ris/app/papers"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type paperWrite struct {
	Writing
	Body PaperInput
}

type paperPatch struct {
	ByID
	Writing
	Body PaperChange
}

func (s *surface) paperRoutes() {
	read(s, op("GET", "/papers/{id}", "showPaper", "A paper with its files", "papers"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[Paper], error) {
			p, err := s.Packets.Paper(ctx, v, in.id())
			return &Show[Paper]{httpkit.ETag(p.Revision), paper(p, callOf(ctx).lang)}, err
		})
	add := op("POST", "/papers", "addPaper", "Make a paper as a draft", "papers")
	add.DefaultStatus = 201
	write(s, add, func(ctx context.Context, v policy.Viewer, in *paperWrite) (*Answer[Paper], error) {
		p, err := s.Papers.Add(ctx, v, papers.NewPaper(in.Body))
		if err != nil {
			return nil, err
		}
		return s.answerPaper(ctx, v, p.ID, 201)
	})
	write(s, op("PATCH", "/papers/{id}", "changePaper", "Change the texts of a paper", "papers"),
		func(ctx context.Context, v policy.Viewer, in *paperPatch) (*Answer[Paper], error) {
			revision, err := in.asked(true)
			if err != nil {
				if _, hidden := s.Packets.Paper(ctx, v, in.id()); hidden != nil {
					return nil, hidden
				}
				return nil, err
			}
			if _, err := s.Papers.Change(ctx, v, in.id(), revision, papers.ChangePaper(in.Body)); err != nil {
				return nil, err
			}
			return s.answerPaper(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/papers/{id}/withdraw", "withdrawPaper",
		"Take a paper back; no publication brings it back before it is restored. A paper that was never published is deleted (204)", "papers"),
		func(ctx context.Context, v policy.Viewer, in *withdrawWrite) (*Answer[Paper], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			deleted, err := s.Papers.Withdraw(ctx, v, in.id(), revision, in.reason())
			if err != nil {
				return nil, err
			}
			if deleted {
				return &Answer[Paper]{Status: 204}, nil
			}
			return s.answerPaper(ctx, v, in.id(), 200)
		})
	write(s, op("POST", "/papers/{id}/restore", "restorePaper", "Make a withdrawn paper a draft again; the next publication opens it", "papers"),
		func(ctx context.Context, v policy.Viewer, in *publishWrite) (*Answer[Paper], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, err
			}
			if _, err := s.Papers.Restore(ctx, v, in.id(), revision); err != nil {
				return nil, err
			}
			return s.answerPaper(ctx, v, in.id(), 200)
		})
}

func (s *surface) answerPaper(ctx context.Context, v policy.Viewer, id council.ID, status int) (*Answer[Paper], error) {
	p, err := s.Packets.Paper(ctx, v, id)
	if err != nil {
		return nil, err
	}
	out := &Answer[Paper]{Status: status, ETag: httpkit.ETag(p.Revision), Body: paper(p, callOf(ctx).lang)}
	if status == 201 {
		out.Location = out.Body.URL
	}
	return out, nil
}
