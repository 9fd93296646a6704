package provisioning

import (
	"context"
	"slices"
	"strings"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Group is a group of the directory with its members.
type Group struct {
	council.ScimGroup
	Members []Account
}

// GroupWish is a group as the directory wants it, whole. Members that are none of the Body's accounts are refused.
type GroupWish struct {
	DisplayName string
	ExternalID  string
	Members     []council.ID
}

func (s *Service) groups(ctx context.Context, body council.ID) ([]council.ScimGroup, map[council.ID][]council.ID, error) {
	groups, err := s.Store.ScimGroups(ctx, body)
	if err != nil {
		return nil, nil, err
	}
	members, err := s.Store.ScimMembers(ctx, body)
	return groups, members, err
}

// Groups lists the directory's groups of the client's Body, oldest first.
func (s *Service) Groups(ctx context.Context, c Client) ([]Group, error) {
	groups, members, err := s.groups(ctx, c.body)
	if err != nil {
		return nil, err
	}
	all, err := s.Accounts(ctx, c)
	if err != nil {
		return nil, err
	}
	out := make([]Group, len(groups))
	for i, g := range groups {
		out[i].ScimGroup = g
		for _, a := range all {
			if slices.Contains(members[g.ID], a.ID) {
				out[i].Members = append(out[i].Members, a)
			}
		}
	}
	return out, nil
}

// Group gives one; not found for another Body's.
func (s *Service) Group(ctx context.Context, c Client, id council.ID) (Group, error) {
	all, err := s.Groups(ctx, c)
	if err != nil {
		return Group{}, err
	}
	for _, g := range all {
		if g.ID == id {
			return g, nil
		}
	}
	return Group{}, council.ErrNotFound()
}

// AddGroup makes a group. It gives no role until the clerk has chosen one for it.
func (s *Service) AddGroup(ctx context.Context, c Client, w GroupWish) (Group, error) {
	return s.keepGroup(ctx, c, council.ScimGroup{Body: c.body}, 0, w)
}

// ChangeGroup brings one to what is wished; members who come get the group's role at once, who go lose it at once.
func (s *Service) ChangeGroup(ctx context.Context, c Client, id council.ID, revision int64, w GroupWish) (Group, error) {
	g, err := s.Group(ctx, c, id)
	if err != nil {
		return g, err
	}
	return s.keepGroup(ctx, c, g.ScimGroup, revision, w)
}

func (s *Service) keepGroup(ctx context.Context, c Client, g council.ScimGroup, revision int64, w GroupWish) (out Group, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if revision != 0 && revision != g.Revision {
			return council.E(council.Stale, "error.stale")
		}
		name, ok := tidy(w.DisplayName)
		if !ok || name == "" || len([]rune(name)) > mostCell {
			return council.E(council.Invalid, "scim.error.group_name")
		}
		others, members, err := s.groups(ctx, c.body)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.ID != g.ID && strings.EqualFold(o.DisplayName, name) {
				return council.E(council.Conflict, "scim.error.taken")
			}
		}
		want, err := s.accounts(ctx, c, w.Members)
		if err != nil {
			return err
		}
		verb := audit.ScimGroupChange
		if g.ID == "" {
			verb = audit.ScimGroupAdd
		}
		external, _ := tidy(w.ExternalID)
		if g.ID == "" || g.DisplayName != name || g.ExternalID != external || !slices.Equal(members[g.ID], want) {
			before := members[g.ID]
			g.DisplayName, g.ExternalID = name, external
			if err := s.Store.SaveScimGroup(ctx, &g); err != nil {
				return err
			}
			if err := s.Store.SetScimMembers(ctx, g.ID, want); err != nil {
				return err
			}
			if err := s.Store.Audit(ctx, audit.Entry(c.viewer(), s.Clock(), verb, "scim_group", c.body, g.ID)); err != nil {
				return err
			}
			if err := s.regrant(ctx, c.viewer(), c.body, append(slices.Clone(before), want...)); err != nil {
				return err
			}
		}
		out, err = s.Group(ctx, c, g.ID)
		return err
	})
	return out, err
}

// accounts sorts ids and refuses those that are no account of the Body.
func (s *Service) accounts(ctx context.Context, c Client, ids []council.ID) ([]council.ID, error) {
	all, err := s.Accounts(ctx, c)
	if err != nil {
		return nil, err
	}
	known := map[council.ID]bool{}
	for _, a := range all {
		known[a.ID] = true
	}
	out := slices.Clone(ids)
	slices.Sort(out)
	out = slices.Compact(out)
	for _, id := range out {
		if !known[id] {
			return nil, council.E(council.Invalid, "scim.error.member")
		}
	}
	return out, nil
}

// DeleteGroup deletes a group; what it gave is taken back.
func (s *Service) DeleteGroup(ctx context.Context, c Client, id council.ID, revision int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		g, err := s.Group(ctx, c, id)
		if err != nil {
			return err
		}
		if revision != 0 && revision != g.Revision {
			return council.E(council.Stale, "error.stale")
		}
		members, err := s.Store.ScimMembers(ctx, c.body)
		if err != nil {
			return err
		}
		if err := s.Store.DeleteScimGroup(ctx, id); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(c.viewer(), s.Clock(), audit.ScimGroupDelete, "scim_group", c.body, id)); err != nil {
			return err
		}
		return s.regrant(ctx, c.viewer(), c.body, members[id])
	})
}

func (s *Service) withoutMember(ctx context.Context, c Client, g council.ScimGroup, person council.ID) error {
	members, err := s.Store.ScimMembers(ctx, c.body)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(members[g.ID], func(id council.ID) bool { return id == person })
	if err := s.Store.SetScimMembers(ctx, g.ID, left); err != nil {
		return err
	}
	return s.regrant(ctx, c.viewer(), c.body, []council.ID{person})
}

// regrant brings the roles of these persons in line with the kinds of their groups: what is missing begins today, what no group gives
// any more ended yesterday, which is at once. Roles that a hand or the sign-in gave are not touched. Who looks after the IT keeps the
// directory: such a person gets no other office from it.
func (s *Service) regrant(ctx context.Context, v policy.Viewer, body council.ID, persons []council.ID) error {
	groups, members, err := s.groups(ctx, body)
	if err != nil {
		return err
	}
	slices.Sort(persons)
	var changes []change
	today := s.today()
	for _, p := range slices.Compact(persons) {
		want := map[council.Role]bool{}
		for _, g := range groups {
			if g.Kind != "" && slices.Contains(members[g.ID], p) {
				want[g.Kind] = true
			}
		}
		grants, err := s.Store.Grants(ctx, p)
		if err != nil {
			return err
		}
		if want[council.IT] || slices.ContainsFunc(grants, func(g council.Grant) bool {
			return g.Role == council.IT && g.Source != council.FromDirectory && (g.End.IsZero() || !g.End.Before(today))
		}) {
			delete(want, council.Clerk)
			delete(want, council.Mayor)
		}
		for _, g := range grants {
			if g.Body != body || g.Source != council.FromDirectory || !g.End.IsZero() && g.End.Before(today) {
				continue
			}
			if want[g.Role] {
				delete(want, g.Role)
				continue
			}
			before := of(g)
			g.End = ended(g.Start, today.AddDate(0, 0, -1))
			changes = append(changes, change{Before: &before, After: of(g)})
		}
		for _, role := range []council.Role{council.Clerk, council.Mayor, council.IT} {
			if want[role] {
				changes = append(changes, change{After: of(council.Grant{Stamp: council.Stamp{ID: council.NewID(s.Clock())}, Body: body, Person: p, Role: role, Start: today, Source: council.FromDirectory})})
			}
		}
	}
	return s.write(ctx, v, changes)
}

// DirectoryGroup is a group as the clerk sees it.
type DirectoryGroup struct {
	council.ScimGroup
	Members int
}

// DirectoryGroups lists the groups of the Body with what each gives. Not found for who may not connect it.
func (s *Service) DirectoryGroups(ctx context.Context, v policy.Viewer, body council.ID) ([]DirectoryGroup, error) {
	if !policy.MayConnect(v, body) {
		return nil, council.ErrNotFound()
	}
	groups, members, err := s.groups(ctx, body)
	out := make([]DirectoryGroup, len(groups))
	for i, g := range groups {
		out[i] = DirectoryGroup{g, len(members[g.ID])}
	}
	return out, err
}

// ChooseKind settles which role the members of a group get, at once. It is the clerk's act: who runs the directory cannot choose it, and a
// clerk in the group cannot choose it for themself.
func (s *Service) ChooseKind(ctx context.Context, v policy.Viewer, id council.ID, kind council.Role) (council.ScimGroup, error) {
	var out council.ScimGroup
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		g, err := s.Store.ScimGroup(ctx, id)
		if err != nil || !policy.MayConnect(v, g.Body) {
			return council.ErrNotFound()
		}
		if !policy.MayProvision(v, g.Body) {
			return council.E(council.Forbidden, "error.forbidden")
		}
		if kind != "" && !byGroup(kind) {
			return council.E(council.Invalid, "error.invalid")
		}
		members, err := s.Store.ScimMembers(ctx, g.Body)
		if err != nil {
			return err
		}
		if v.Person() != "" && slices.Contains(members[id], v.Person()) {
			return council.E(council.Conflict, "import.error.own_rights")
		}
		g.Kind = kind
		if err := s.Store.SaveScimGroup(ctx, &g); err != nil {
			return err
		}
		out = g
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.ScimGroupChange, "scim_group", g.Body, id, "role", string(kind))); err != nil {
			return err
		}
		return s.regrant(ctx, v, g.Body, members[id])
	})
	return out, err
}
