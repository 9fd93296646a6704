package privacy

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

func (c *collector) person(ctx context.Context, id council.ID, d *data) error {
	p, err := c.Store.Person(ctx, id)
	if err != nil {
		return err
	}
	d.home = p.Body
	d.Person = personal{ID: p.ID, Name: p.Name, FamilyName: p.FamilyName, GivenName: p.GivenName, Title: p.Title, Gender: p.Gender, Account: p.Account,
		Created: p.Created, Locked: timeOf(p.Locked)}
	if d.Person.Body, err = c.body(ctx, p.Body); err != nil {
		return err
	}
	if accounts, err := c.Store.Identities(ctx, id); err != nil {
		return err
	} else if len(accounts) > 0 {
		d.Accounts = accounts
	}
	seen, err := c.Store.Visit(ctx, id)
	if err == nil && !seen.LastSeen.IsZero() {
		d.Visit = &visit{Previous: seen.Previous, LastSeen: seen.LastSeen}
	}
	return unless(err, council.NotFound)
}

func (c *collector) offices(ctx context.Context, id council.ID, d *data) error {
	f, err := c.Store.Facts(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range f.Memberships {
		where, err := c.organization(ctx, m.Organization)
		if err != nil {
			return err
		}
		d.Offices = append(d.Offices, office{Kind: "seat", Where: where, Role: m.Role, Start: dayOf(m.Start), End: dayOf(m.End)})
	}
	for _, g := range f.Grants {
		where, err := c.body(ctx, g.Body)
		if err != nil {
			return err
		}
		d.Offices = append(d.Offices, office{Kind: "role", Where: where, Role: string(g.Role), Start: dayOf(g.Start), End: dayOf(g.End)})
	}
	deputies, err := c.Store.Deputies(ctx, council.DeputyFilter{Person: id})
	if err != nil {
		return err
	}
	for _, x := range deputies {
		where, err := c.organization(ctx, x.Organization)
		if err != nil {
			return err
		}
		d.Offices = append(d.Offices, office{Kind: "deputy", Where: where, Start: dayOf(x.Start), End: dayOf(x.End)})
	}
	return nil
}

func (c *collector) records(ctx context.Context, id council.ID, d *data) error {
	as, err := c.Store.Substitutions(ctx, council.SubstitutionFilter{Substitute: id})
	if err != nil {
		return err
	}
	for _, x := range as {
		d.Recorded = append(d.Recorded, record{Kind: "substitute", What: c.meeting(ctx, x.Meeting), At: x.Created})
	}
	conflicts, err := c.Store.ConflictsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, x := range conflicts {
		d.Recorded = append(d.Recorded, record{Kind: "conflict", What: c.item(ctx, x.AgendaItem), Note: x.Reason, At: x.Created})
	}
	guests, err := c.Store.Guests(ctx, council.GuestFilter{Person: id})
	if err != nil {
		return err
	}
	for _, x := range guests {
		d.Recorded = append(d.Recorded, record{Kind: "guest", What: c.item(ctx, x.AgendaItem), Note: x.Reason, At: x.Start})
	}
	return nil
}

// own is what belongs to the account: devices, passkeys, uploads under way.
func (c *collector) own(ctx context.Context, id council.ID, d *data) error {
	devices, err := c.Store.Devices(ctx, council.DeviceFilter{Persons: []council.ID{id}})
	if err != nil {
		return err
	}
	for _, x := range devices {
		d.Devices = append(d.Devices, device{ID: x.ID, Name: x.Name, UserAgent: x.UserAgent, Added: x.Created, LastSeen: x.LastSeen, AppVersion: x.AppVersion,
			LeaseUntil: x.LeaseUntil, Wipe: string(x.Wipe())})
	}
	keys, err := c.Store.Passkeys(ctx, id)
	if err != nil {
		return err
	}
	for _, x := range keys {
		d.Passkeys = append(d.Passkeys, passkey{Name: x.Name, Created: x.Created, LastUsed: x.LastUsed})
	}
	uploads, err := c.Store.UploadsOf(ctx, id)
	for _, x := range uploads {
		d.Uploads = append(d.Uploads, upload{FileName: x.FileName, Length: x.Length, Created: x.Created})
	}
	return err
}

func (c *collector) copies(ctx context.Context, id council.ID, d *data) error {
	all, err := c.Store.Copies(ctx, id)
	for _, r := range all {
		g := given{Version: r.Version, Meeting: r.Meeting, FirstGiven: r.FirstGiven, Code: r.Code}
		if r.Version != "" {
			g.Of = c.version(ctx, r.Version)
		} else {
			g.Of = c.meeting(ctx, r.Meeting)
		}
		d.Copies = append(d.Copies, g)
	}
	return err
}

// notes are read as the owner: nobody else can.
func (c *collector) notes(ctx context.Context, _ council.ID, d *data) error {
	all, err := c.Store.AnnotationsSince(ctx, c.v, 0, 0)
	for _, a := range all {
		d.Notes = append(d.Notes, note{ID: a.ID, Paper: c.paper(ctx, a.Paper), PaperID: a.Paper, Version: a.Version, Kind: a.Kind, Page: a.Page, Quote: a.Quote,
			Text: a.Body, Style: a.Style, Quads: a.Quads, Created: a.Created, Modified: a.Modified, Deleted: !a.DeletedAt.IsZero()})
	}
	return err
}

// mostLines bounds the log in an archive.
const mostLines = 100_000

func (c *collector) log(ctx context.Context, id council.ID, d *data) error {
	asker := c.v
	if !policy.SeesLinesAbout(asker, id) {
		asker = policy.System("release of personal data") // two persons have agreed
	}
	page := council.AuditPage{About: id, Limit: 1000}
	for len(d.Log) < mostLines {
		lines, err := c.Store.AuditPage(ctx, asker, page)
		if err != nil {
			return err
		}
		for _, l := range lines {
			d.Log = append(d.Log, logged{At: l.At, Act: l.Act, Mine: l.Actor == id, What: c.object(ctx, l.Kind, l.Object, l.Details), Kind: l.Kind,
				Object: l.Object, Machine: l.Details["machine"]})
		}
		if len(lines) < page.Limit {
			return nil
		}
		page.At, page.ID = lines[len(lines)-1].At, lines[len(lines)-1].ID
	}
	return nil
}

func unless(err error, kind council.Kind) error {
	if err != nil && council.KindOf(err) == kind {
		return nil
	}
	return err
}
