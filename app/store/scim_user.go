package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
)

// ScimUsers lists what the directory calls the persons at home in the Body, deleted accounts too, ordered by person.
func (s *Store) ScimUsers(ctx context.Context, body council.ID) ([]council.ScimUser, error) {
	home := of(s.read(ctx).Model(&personRow{}).Select("id"), "body", body)
	return list(s.read(ctx).Where("person IN (?)", home).Order("person"), toScimUser)
}

// ScimUser gives what the directory calls the person; council.NotFound when it never named them.
func (s *Store) ScimUser(ctx context.Context, person council.ID) (council.ScimUser, error) {
	var row scimUserRow
	err := of(s.read(ctx), "person", person).Take(&row).Error
	return toScimUser(row), failed(err)
}

// SaveScimUser keeps or replaces it. Its revision is the person's.
func (s *Store) SaveScimUser(ctx context.Context, u council.ScimUser) error {
	row := scimUserRow{Person: u.Person, UserName: u.UserName, ExternalID: u.ExternalID, DeletedAt: openTime(u.DeletedAt),
		Wanted: u.Wanted, WantedAt: openTime(u.WantedAt), Refused: u.Refused}
	return failed(s.write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "person"}}, UpdateAll: true}).Create(&row).Error)
}

type scimUserRow struct {
	Person     council.ID `gorm:"primaryKey"`
	UserName   string
	ExternalID string `gorm:"column:external_id"`
	DeletedAt  openTime
	Wanted     string
	WantedAt   openTime
	Refused    string
}

func (scimUserRow) TableName() string { return "scim_users" }

func toScimUser(r scimUserRow) council.ScimUser {
	return council.ScimUser{Person: r.Person, UserName: r.UserName, ExternalID: r.ExternalID, DeletedAt: r.DeletedAt.time(),
		Wanted: r.Wanted, WantedAt: r.WantedAt.time(), Refused: r.Refused}
}
