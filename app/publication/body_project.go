package publication

import (
	"context"
	"net/url"
	"regexp"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// ProjectBody projects the master data of a Body: the Body, its legislative terms, organizations, seats, and the persons who
// hold seats. Call it inside the transaction of every change of one of these.
//
// What of master data is public (they have no Audience):
//   - a Body, its terms and all its organizations are public;
//   - a seat (Membership) is public when its person and its organization are there: who sits in the council is public;
//   - a person is public while there is a seat, ended ones too; people of the administration have none and never appear;
//   - of a person only names, title, gender and seats are public, never the account or another way to reach them;
//   - a location is public while a public meeting takes place there (meeting_project.go).
func (p *Publication) ProjectBody(ctx context.Context, body council.ID) error {
	return p.source.InTx(ctx, func(ctx context.Context) error {
		q, b := p.together()
		if err := q.projectBody(ctx, body); err != nil {
			return err
		}
		return b.flush(ctx)
	})
}

func (p *Publication) projectBody(ctx context.Context, id council.ID) error {
	b, err := p.source.Body(ctx, p.viewer, id)
	if err != nil {
		return err
	}
	keep := map[council.ID]bool{}
	terms, err := p.putTerms(ctx, b, keep)
	if err != nil {
		return err
	}
	if err := p.putBody(ctx, b, terms); err != nil {
		return err
	}
	organizations, err := p.source.Organizations(ctx, id)
	if err != nil {
		return err
	}
	seats, err := p.source.Memberships(ctx, council.MembershipFilter{Body: id})
	if err != nil {
		return err
	}
	if err := p.putOrganizations(ctx, organizations, seats, keep); err != nil {
		return err
	}
	if err := p.putPersons(ctx, id, seats, keep); err != nil {
		return err
	}
	for _, t := range []readmodel.Type{readmodel.LegislativeTerm, readmodel.Organization, readmodel.Person, readmodel.Membership} {
		if err := p.retractOthers(ctx, t, id, keep); err != nil {
			return err
		}
	}
	return nil
}

func (p *Publication) putTerms(ctx context.Context, b council.Body, keep map[council.ID]bool) ([]readmodel.OParlLegislativeTerm, error) {
	terms, err := p.source.Terms(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	out := []readmodel.OParlLegislativeTerm{} // required in a Body, also when empty
	for _, t := range terms {
		o := readmodel.OParlLegislativeTerm{
			Body: readmodel.ObjectURL(readmodel.Body, b.ID), Name: readmodel.Clean(t.Name),
			StartDate: readmodel.Date(t.Start), EndDate: readmodel.Date(t.End),
		}
		if err := p.put(ctx, row{id: t.ID, typ: readmodel.LegislativeTerm, body: b.ID, head: &o.Head, oparl: &o}); err != nil {
			return nil, err
		}
		keep[t.ID] = true
		out = append(out, o)
	}
	return out, nil
}

var ags = regexp.MustCompile(`^[0-9]{8}$`)

func (p *Publication) putBody(ctx context.Context, b council.Body, terms []readmodel.OParlLegislativeTerm) error {
	list := func(name string) readmodel.URL { return readmodel.ListURL(readmodel.Body, b.ID, name) }
	o := readmodel.OParlBody{
		System: "/oparl/system", Name: readmodel.Clean(b.Name), ShortName: readmodel.Clean(b.ShortName),
		Website: webURL(b.Website), ContactEmail: readmodel.Clean(b.ContactEmail), ContactName: readmodel.Clean(b.ContactName),
		Classification: readmodel.Clean(b.Classification),
		Organization:   list("organizations"), Person: list("persons"), Meeting: list("meetings"), Paper: list("papers"),
		LegislativeTerm: terms, AgendaItem: list("agenda-items"), Consultation: list("consultations"), File: list("files"),
		Membership: list("memberships"), LocationList: list("locations"), LegislativeTermList: list("legislative-terms"),
	}
	if ags.MatchString(b.AGS) {
		o.AGS = b.AGS
	}
	o.License = webURL(b.License)
	o.Web = readmodel.URL("/koerperschaften/" + string(b.ID))
	return p.put(ctx, row{id: b.ID, typ: readmodel.Body, body: b.ID, head: &o.Head, oparl: &o})
}

func (p *Publication) putOrganizations(ctx context.Context, all []council.Organization, seats []council.Membership, keep map[council.ID]bool) error {
	members := map[council.ID][]readmodel.URL{}
	for _, s := range seats {
		members[s.Organization] = append(members[s.Organization], readmodel.ObjectURL(readmodel.Membership, s.ID))
	}
	for _, g := range all {
		o := readmodel.OParlOrganization{
			Body: readmodel.ObjectURL(readmodel.Body, g.Body), Name: readmodel.Clean(g.Name), ShortName: readmodel.Clean(g.ShortName),
			Membership: members[g.ID], Meeting: readmodel.ListURL(readmodel.Organization, g.ID, "meetings"),
			Consultation:     readmodel.ListURL(readmodel.Organization, g.ID, "consultations"),
			OrganizationType: string(g.Type), Classification: readmodel.Clean(g.Classification),
			StartDate: readmodel.Date(g.Start), EndDate: readmodel.Date(g.End),
		}
		o.Web = readmodel.URL("/gremien/" + string(g.ID))
		if err := p.put(ctx, row{id: g.ID, typ: readmodel.Organization, body: g.Body, head: &o.Head, oparl: &o}); err != nil {
			return err
		}
		keep[g.ID] = true
	}
	return nil
}

// retractOthers makes tombstones of the Body's objects of a type that this projection did not meet.
func (p *Publication) retractOthers(ctx context.Context, t readmodel.Type, body council.ID, keep map[council.ID]bool) error {
	after := council.ID("")
	for {
		page, _, _, err := p.model.PublicList(ctx, readmodel.ListFilter{Type: t, Body: body, After: after, Limit: 500})
		if err != nil || len(page) == 0 {
			return err
		}
		var gone []council.ID
		for _, o := range page {
			if !keep[o.ID] {
				gone = append(gone, o.ID)
			}
		}
		if err := p.retract(ctx, gone...); err != nil {
			return err
		}
		after = page[len(page)-1].ID
	}
}

// webURL passes complete web addresses only: free text where a URL belongs breaks OParl clients.
func webURL(s string) string {
	u, err := url.Parse(readmodel.Clean(s))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}
