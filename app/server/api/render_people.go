package api

import (
	"time"

	"ris/app/council"
	"ris/app/people"
)

func bodyRef(b council.Body) BodyRef {
	return BodyRef{ID: b.ID, Name: b.Name, ShortName: b.ShortName}
}

func organizationRef(o council.Organization) OrganizationRef {
	return OrganizationRef{ID: o.ID, Name: o.Name, ShortName: o.ShortName, Type: string(o.Type)}
}

func locationRef(l *council.Location) *LocationRef {
	if l == nil {
		return nil
	}
	return &LocationRef{ID: l.ID, Description: l.Description, Room: l.Room, StreetAddress: l.StreetAddress, Locality: l.Locality}
}

func me(m people.Me) Me {
	out := Me{ID: m.ID, Name: m.Name, Account: m.Account, Roles: roles(m.Roles), Bodies: []MeBody{}, Memberships: []MeMembership{},
		LastVisit: moment(m.LastVisit)}
	for _, b := range m.Bodies {
		out.Bodies = append(out.Bodies, MeBody{bodyRef(b.Body), roles(b.Roles)})
	}
	for _, s := range m.Memberships {
		out.Memberships = append(out.Memberships, MeMembership{Organization: organizationRef(s.Organization), Role: s.Role, Start: day(s.Start), End: day(s.End)})
	}
	return out
}

func roles(in []council.Role) []string {
	out := []string{}
	for _, r := range in {
		out = append(out, string(r))
	}
	return out
}

// moment is nil for the zero time.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// day is YYYY-MM-DD, nil for the zero time.
func day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.DateOnly)
	return &s
}

func stamp(s council.Stamp, path string) Stamp {
	return Stamp{ID: s.ID, URL: Prefix + path + string(s.ID), Created: s.Created.UTC(), Modified: s.Modified.UTC(), Revision: s.Revision}
}
