package privacy

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// The names of objects as the viewer may read them; empty for what the viewer may not read (any more). A failure of the database
// leaves a name out, the id stands beside it.

func (c *collector) known(id council.ID, find func() (string, error)) string {
	if name, ok := c.names[id]; ok {
		return name
	}
	name, err := find()
	if err != nil {
		name = ""
	}
	c.names[id] = name
	return name
}

func (c *collector) paper(ctx context.Context, id council.ID) string {
	return c.known(id, func() (string, error) {
		p, err := c.Store.Paper(ctx, c.v, id)
		if p.Reference != "" {
			return p.Reference + " " + p.Name, err
		}
		return p.Name, err
	})
}

func (c *collector) version(ctx context.Context, id council.ID) string {
	return c.known(id, func() (string, error) {
		fv, err := c.Store.FileVersion(ctx, c.v, id)
		if err != nil {
			return "", err
		}
		return c.paper(ctx, fv.Paper), nil
	})
}

func (c *collector) meeting(ctx context.Context, id council.ID) string {
	return c.known(id, func() (string, error) {
		m, err := c.Store.Meeting(ctx, c.v, id)
		if err != nil {
			return "", err
		}
		return m.Name + ", " + m.Start.In(c.zone()).Format("02.01.2006"), nil
	})
}

func (c *collector) item(ctx context.Context, id council.ID) string {
	return c.known(id, func() (string, error) {
		it, err := c.Store.AgendaItem(ctx, c.v, id)
		return it.Name, err
	})
}

// object is what a line of the log is about.
func (c *collector) object(ctx context.Context, kind string, id council.ID, details map[string]string) string {
	switch kind {
	case "paper":
		return c.paper(ctx, id)
	case "file":
		if v := council.ID(details["version"]); v.Valid() {
			return c.version(ctx, v)
		}
	case "meeting":
		return c.meeting(ctx, id)
	case "agendaItem":
		return c.item(ctx, id)
	}
	return ""
}

// Bodies and organizations are public master data.

func (c *collector) body(ctx context.Context, id council.ID) (string, error) {
	if name, ok := c.names[id]; ok {
		return name, nil
	}
	b, err := c.Store.Body(ctx, policy.System("name of a body"), id)
	c.names[id] = b.Name
	return b.Name, err
}

func (c *collector) organization(ctx context.Context, id council.ID) (string, error) {
	if name, ok := c.names[id]; ok {
		return name, nil
	}
	o, err := c.Store.Organization(ctx, id)
	c.names[id] = o.Name
	return o.Name, unless(err, council.NotFound)
}
