package portal

import (
	"sort"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

type organizationsView struct{ Groups []organizationGroup }

type organizationGroup struct {
	Key           string // of the heading
	Organizations []organizationView
}

type organizationView struct {
	ID      council.ID
	Body    council.ID
	Name    string
	Short   string
	Type    string
	Council bool
	Ended   time.Time
	Seats   int
}

type organizationPageView struct {
	Organization organizationView
	Members      []seatView
	Former       []seatView
	Next         []meetingView
	Past         []meetingView
}

// listOrganizations answers committees, parliamentary groups and offices; the council itself comes first.
func (s *server) listOrganizations(c *fiber.Ctx) error {
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	all, err := s.all(c, readmodel.Organization, p.only())
	if err != nil {
		return err
	}
	byKey := map[string][]organizationView{}
	for _, o := range all {
		v, err := organization(o)
		if err != nil {
			return err
		}
		key := "portal.organizations.other"
		switch {
		case !v.Ended.IsZero() && v.Ended.Before(p.now):
			key = "portal.organizations.ended"
		case v.Type == string(council.Committee):
			key = "portal.organizations.committees"
		case v.Type == string(council.Faction):
			key = "portal.organizations.factions"
		}
		byKey[key] = append(byKey[key], v)
	}
	var v organizationsView
	for _, key := range []string{
		"portal.organizations.committees", "portal.organizations.factions", "portal.organizations.other", "portal.organizations.ended",
	} {
		group := byKey[key]
		sort.SliceStable(group, func(i, j int) bool {
			if group[i].Council != group[j].Council {
				return group[i].Council
			}
			return group[i].Name < group[j].Name
		})
		if len(group) > 0 {
			v.Groups = append(v.Groups, organizationGroup{key, group})
		}
	}
	p.Title, p.Active = p.T("portal.nav.organizations"), "organizations"
	return s.render(c, p, "page_organizations.gohtml", v)
}

// showOrganization answers a committee or group with its members and meetings.
func (s *server) showOrganization(c *fiber.Ctx) error {
	o, err := s.living(c.UserContext(), readmodel.Organization, c.Params("id"))
	if err != nil {
		return err
	}
	p, err := s.begin(c)
	if err != nil {
		return err
	}
	p.Active = "organizations"
	p.choose(o.Body)
	if o.Deleted {
		return s.withdrawn(c, p, o)
	}
	var v organizationPageView
	if v.Organization, err = organization(o); err != nil {
		return err
	}
	seats, err := s.Model.PublicLinked(c.UserContext(), readmodel.Membership, readmodel.OfOrganization, []council.ID{o.ID})
	if err != nil {
		return err
	}
	if v.Members, v.Former, err = s.seats(c.UserContext(), seats, p.now); err != nil {
		return err
	}
	held, err := s.Model.PublicLinked(c.UserContext(), readmodel.Meeting, readmodel.OfOrganization, []council.ID{o.ID})
	if err != nil {
		return err
	}
	var objects []readmodel.Object
	for _, m := range held {
		if !m.Deleted {
			objects = append(objects, m.Object)
		}
	}
	sort.SliceStable(objects, func(i, j int) bool { return objects[i].SortAt.Before(objects[j].SortAt) })
	views, err := s.meetings(c.UserContext(), objects, p.now)
	if err != nil {
		return err
	}
	for _, m := range views {
		if m.Over {
			v.Past = append([]meetingView{m}, v.Past...)
		} else {
			v.Next = append(v.Next, m)
		}
	}
	p.Title, p.OParl = v.Organization.Name, string(readmodel.ObjectURL(readmodel.Organization, o.ID))
	return s.render(c, p, "page_organization.gohtml", v)
}

func organization(o readmodel.Object) (organizationView, error) {
	g, err := decode[readmodel.OParlOrganization](o)
	return organizationView{
		ID: o.ID, Body: o.Body, Name: g.Name, Short: g.ShortName, Type: g.OrganizationType, Council: g.Classification == "Parlament",
		Ended: endOfDay(moment(g.EndDate)), Seats: len(g.Membership),
	}, err
}

// all reads a whole list, page by page.
func (s *server) all(c *fiber.Ctx, t readmodel.Type, body council.ID) ([]readmodel.Object, error) {
	var out []readmodel.Object
	after := council.ID("")
	for {
		part, total, _, err := s.Model.PublicList(c.UserContext(), readmodel.ListFilter{Type: t, Body: body, After: after, Limit: 500})
		if err != nil {
			return nil, err
		}
		if out = append(out, part...); len(part) == 0 || len(out) >= total {
			return out, nil
		}
		after = part[len(part)-1].ID
	}
}

// endOfDay: the last day of an office belongs to it.
func endOfDay(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(24*time.Hour - time.Second)
}
