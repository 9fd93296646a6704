package doctor

import (
	"context"
	"strings"

	"ris/app/store"
)

// secondNet: whether row-level security holds the service's connection, and the portal's reads the publication read model alone.
func (d *Doctor) secondNet(ctx context.Context, s *store.Store) {
	net, err := s.SecondNet(ctx)
	switch {
	case err != nil:
		d.say("second net", Hint, "doctor.net.unknown", "cause", d.clean(err))
	case !net.Applies:
		return
	case net.Bypasses:
		d.say("second net", Failure, "doctor.net.bypass", "role", net.Role)
	case len(net.OpenTable) > 0:
		d.say("second net", Failure, "doctor.net.open", "tables", strings.Join(net.OpenTable, ", "))
	case net.Owner:
		d.say("second net", Hint, "doctor.net.owner", "role", net.Role)
	default:
		d.say("second net", OK, "doctor.net.ok", "role", net.Role)
	}
	d.portalRole(ctx, net.Role)
}

func (d *Doctor) portalRole(ctx context.Context, service string) {
	if d.Config.PortalDatabase == "" {
		d.say("portal role", Hint, "doctor.portal.same", "role", service)
		return
	}
	p, err := store.Open(ctx, store.Config{DSN: d.Config.PortalDatabase, Connections: 1})
	if err != nil {
		d.say("portal role", Failure, "doctor.portal.gone", "cause", d.clean(err))
		return
	}
	defer p.Close()
	reads, missing, err := p.PortalRights(ctx)
	switch {
	case err != nil:
		d.say("portal role", Failure, "doctor.portal.gone", "cause", d.clean(err))
	case len(missing) > 0:
		d.say("portal role", Failure, "doctor.portal.less", "tables", strings.Join(missing, ", "))
	case len(reads) > 0:
		d.say("portal role", Failure, "doctor.portal.more", "tables", strings.Join(reads, ", "))
	default:
		d.say("portal role", OK, "doctor.portal.ok")
	}
}
