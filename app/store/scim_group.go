package store

import (
	"context"

	"ris/app/council"
)

// ScimGroups lists those of the Body by id, the oldest first.
func (s *Store) ScimGroups(ctx context.Context, body council.ID) ([]council.ScimGroup, error) {
	return list(of(s.read(ctx), "body", body).Order("id"), toScimGroup)
}

// ScimGroup gives one.
func (s *Store) ScimGroup(ctx context.Context, id council.ID) (council.ScimGroup, error) {
	row, err := byID[scimGroupRow](s.read(ctx), id)
	return toScimGroup(row), err
}

// SaveScimGroup inserts or updates, see save.
func (s *Store) SaveScimGroup(ctx context.Context, g *council.ScimGroup) error {
	return save(ctx, s, &g.Stamp, func() scimGroupRow { return fromScimGroup(*g) })
}

// DeleteScimGroup deletes it with its list of members.
func (s *Store) DeleteScimGroup(ctx context.Context, id council.ID) error {
	return remove[scimGroupRow](s.write(ctx), id)
}

// ScimMembers gives the persons of each group of the Body, sorted.
func (s *Store) ScimMembers(ctx context.Context, body council.ID) (map[council.ID][]council.ID, error) {
	groups := of(s.read(ctx).Model(&scimGroupRow{}).Select("id"), "body", body)
	rows, err := list(s.read(ctx).Where("scim_group IN (?)", groups).Order("scim_group, person"), func(r scimMemberRow) scimMemberRow { return r })
	out := map[council.ID][]council.ID{}
	for _, r := range rows {
		out[r.ScimGroup] = append(out[r.ScimGroup], r.Person)
	}
	return out, err
}

// SetScimMembers replaces the list of the group's members.
func (s *Store) SetScimMembers(ctx context.Context, group council.ID, persons []council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		if err := of(s.write(ctx), "scim_group", group).Delete(&scimMemberRow{}).Error; err != nil {
			return failed(err)
		}
		if len(persons) == 0 {
			return nil
		}
		rows := make([]scimMemberRow, len(persons))
		for i, p := range persons {
			rows[i] = scimMemberRow{ScimGroup: group, Person: p}
		}
		return failed(s.write(ctx).CreateInBatches(&rows, 500).Error)
	})
}

type scimMemberRow struct {
	ScimGroup council.ID
	Person    council.ID
}

func (scimMemberRow) TableName() string { return "scim_group_members" }

type scimGroupRow struct {
	Stamp       stampRow `gorm:"embedded"`
	Body        council.ID
	DisplayName string
	ExternalID  string `gorm:"column:external_id"`
	Kind        council.Role
}

func (scimGroupRow) TableName() string { return "scim_groups" }

func fromScimGroup(g council.ScimGroup) scimGroupRow {
	return scimGroupRow{Stamp: fromStamp(g.Stamp), Body: g.Body, DisplayName: g.DisplayName, ExternalID: g.ExternalID, Kind: g.Kind}
}

func toScimGroup(r scimGroupRow) council.ScimGroup {
	return council.ScimGroup{Stamp: r.Stamp.stamp(), Body: r.Body, DisplayName: r.DisplayName, ExternalID: r.ExternalID, Kind: r.Kind}
}
