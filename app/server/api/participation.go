package api

import (
	"context"

	"ris/app/council"
	"ris/app/meetings"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type conflictWrite struct {
	ByID
	Writing
	Body ConflictInput
}

type substitutionWrite struct {
	ByID
	Writing
	Body SubstitutionInput
}

func (s *surface) participationRoutes() {
	read(s, op("GET", "/meetings/{id}/participation", "showParticipation", "For the clerk: conflicts of interest, substitutions, and who can be named in them", "participation"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[Participation], error) {
			p, err := s.Meetings.Participation(ctx, v, in.id())
			return &Plain[Participation]{participation(p)}, err
		})
	record := op("POST", "/agenda-items/{id}/conflicts", "recordConflict", "Withhold the item's non-public papers from a person with a conflict of interest", "participation")
	record.DefaultStatus = 201
	write(s, record, func(ctx context.Context, v policy.Viewer, in *conflictWrite) (*Answer[Conflict], error) {
		revision, err := in.asked(false)
		if err != nil {
			return nil, err
		}
		c, err := s.Meetings.RecordConflict(ctx, v, in.id(), revision, meetings.NewConflict(in.Body))
		if err != nil {
			return nil, err
		}
		return &Answer[Conflict]{Status: 201, ETag: httpkit.ETag(c.Revision), Body: conflict(c)}, nil
	})
	erase(s, op("DELETE", "/agenda-items/{id}/conflicts/{conflict}", "revokeConflict", "The papers are the person's again, at once", "participation"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Conflict string `path:"conflict"`
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				return s.itemOrNotFound(ctx, v, in.id(), err)
			}
			return s.Meetings.RevokeConflict(ctx, v, in.id(), council.ID(in.Conflict), revision)
		})
	substitute := op("POST", "/meetings/{id}/substitutions", "recordSubstitution", "Let somebody act for an absent member in this meeting", "participation")
	substitute.DefaultStatus = 201
	write(s, substitute, func(ctx context.Context, v policy.Viewer, in *substitutionWrite) (*Answer[Substitution], error) {
		revision, err := in.asked(false)
		if err != nil {
			return nil, err
		}
		x, err := s.Meetings.RecordSubstitution(ctx, v, in.id(), revision, meetings.NewSubstitution(in.Body))
		if err != nil {
			return nil, err
		}
		return &Answer[Substitution]{Status: 201, ETag: httpkit.ETag(x.Revision), Body: substitution(x)}, nil
	})
	erase(s, op("DELETE", "/meetings/{id}/substitutions/{substitution}", "endSubstitution", "The substitute reads nothing of the meeting any more", "participation"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Substitution string `path:"substitution"`
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				return s.orNotFound(ctx, v, in.id(), err)
			}
			return s.Meetings.EndSubstitution(ctx, v, in.id(), council.ID(in.Substitution), revision)
		})
}

func participation(p meetings.Participation) Participation {
	out := Participation{Persons: []Participant{}, Conflicts: []Conflict{}, Substitutions: []Substitution{}, Guests: []Guest{}, ConflictMode: string(p.Mode)}
	for _, x := range p.Persons {
		one := Participant{ID: x.ID, Name: x.Name, Organizations: x.Seats}
		if one.Organizations == nil {
			one.Organizations = []council.ID{}
		}
		out.Persons = append(out.Persons, one)
	}
	for _, c := range p.Conflicts {
		out.Conflicts = append(out.Conflicts, conflict(c))
	}
	for _, x := range p.Substitutions {
		out.Substitutions = append(out.Substitutions, substitution(x))
	}
	for _, g := range p.Guests {
		out.Guests = append(out.Guests, guest(g))
	}
	return out
}

func conflict(c council.ConflictOfInterest) Conflict {
	out := Conflict{ID: c.ID, AgendaItem: c.AgendaItem, Person: c.Person, Reason: c.Reason, Decider: c.Decider, Mode: string(c.Mode), Revision: c.Revision}
	if out.Mode == "" {
		out.Mode = string(council.ConflictHides)
	}
	if !c.Declared.IsZero() {
		out.Declared = &c.Declared
	}
	return out
}

func substitution(x council.Substitution) Substitution {
	return Substitution{ID: x.ID, Organization: x.Organization, Absent: x.Absent, Substitute: x.Substitute, Revision: x.Revision}
}
