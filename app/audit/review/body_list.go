package review

import (
	"context"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// InBody lists the acts of a Body for its clerk, latest first: neither who opened what nor who signed in. Errors: not found for
// everybody else.
func (s *Service) InBody(ctx context.Context, v policy.Viewer, body council.ID, p Page) ([]Line, bool, error) {
	if !policy.SeesLinesOf(v, body) {
		return nil, false, council.ErrNotFound()
	}
	return s.page(ctx, v, council.AuditPage{Body: body, Except: audit.ActsOf(audit.Act), At: p.At, ID: p.ID, Limit: p.size() + 1})
}

// names finds what lines are about, each object once.
type names struct {
	*Service
	v       policy.Viewer
	objects map[council.ID]*Object
	persons map[council.ID]council.Person
}

func (n names) line(ctx context.Context, e council.AuditEntry) (Line, error) {
	out := Line{AuditEntry: e}
	var err error
	if e.Actor != "" {
		if out.Actor, err = n.person(ctx, e.Actor); err != nil {
			return out, err
		}
	}
	id, known := e.Object, false
	if id == "" {
		return out, nil
	}
	if out.Object, known = n.objects[id]; !known {
		out.Object, err = n.object(ctx, e.Kind, id)
		if err != nil && council.KindOf(err) != council.NotFound {
			return out, err
		}
		n.objects[id] = out.Object
	}
	switch e.Kind {
	case "file", "paper", "meeting", "agendaItem":
		out.Hidden = out.Object == nil
	}
	return out, nil
}

func (n names) person(ctx context.Context, id council.ID) (council.Person, error) {
	if p, ok := n.persons[id]; ok {
		return p, nil
	}
	p, err := n.Store.Person(ctx, id)
	if err != nil && council.KindOf(err) == council.NotFound {
		err = nil
	}
	n.persons[id] = p
	return p, err
}

// object names what the viewer may read; not found for everything else.
func (n names) object(ctx context.Context, kind string, id council.ID) (*Object, error) {
	switch kind {
	case "paper":
		return n.paper(ctx, id, "")
	case "file":
		f, err := n.Store.File(ctx, n.v, id)
		if err != nil {
			return nil, err
		}
		name := f.Name
		if name == "" {
			name = f.FileName
		}
		return n.paper(ctx, f.Paper, name)
	case "meeting":
		m, err := n.Store.Meeting(ctx, n.v, id)
		if err != nil {
			return nil, err
		}
		return &Object{Kind: kind, ID: id, Name: m.Name}, nil
	case "agendaItem":
		it, err := n.Store.AgendaItem(ctx, n.v, id)
		if err != nil {
			return nil, err
		}
		return &Object{Kind: kind, ID: id, Name: it.Name}, nil
	case "person":
		p, err := n.person(ctx, id)
		if err != nil || p.ID == "" {
			return nil, err
		}
		return &Object{Kind: kind, ID: id, Name: p.Name}, nil
	}
	return nil, nil
}

func (n names) paper(ctx context.Context, id council.ID, file string) (*Object, error) {
	p, err := n.Store.Paper(ctx, n.v, id)
	if err != nil {
		return nil, err
	}
	return &Object{Kind: "paper", ID: id, Name: p.Name, Reference: p.Reference, File: file}, nil
}
