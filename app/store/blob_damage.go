package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// SaveBlobDamage notes what the scrubber found, or that it was mended; the first finding keeps its moment.
func (s *Store) SaveBlobDamage(ctx context.Context, d council.BlobDamage) error {
	row := damageRow{Area: d.Area, SHA256: d.SHA256, FoundAt: instant(d.Found), Problem: d.Problem, HealedAt: openTime(d.Healed)}
	again := clause.OnConflict{
		Columns:   []clause.Column{{Name: "area"}, {Name: "sha256"}},
		DoUpdates: clause.AssignmentColumns([]string{"problem", "healed_at"}),
	}
	return failed(s.write(ctx).Clauses(again).Create(&row).Error)
}

// BlobDamages lists the blobs that are damaged now, the latest found first.
func (s *Store) BlobDamages(ctx context.Context) ([]council.BlobDamage, error) {
	return list(s.read(ctx).Where("healed_at IS NULL").Order("found_at DESC, area, sha256"), func(r damageRow) council.BlobDamage {
		return council.BlobDamage{BlobKey: council.BlobKey{Area: r.Area, SHA256: r.SHA256}, Found: r.FoundAt.time(), Problem: r.Problem, Healed: r.HealedAt.time()}
	})
}

// VersionsOfBlob lists the versions that need the blob as their original, base or public rendition.
func (s *Store) VersionsOfBlob(ctx context.Context, key council.BlobKey) ([]council.FileVersion, error) {
	query := visible(s.read(ctx), policy.System("blobs"))
	switch key.Area {
	case "originals":
		query = query.Where("sha256 = ?", key.SHA256)
	case "converted":
		query = query.Where("converted = ?", key.SHA256)
	case "bases":
		query = query.Where("prepared_blob = ?", key.SHA256)
	case "public":
		query = query.Where("prepared_public = ?", key.SHA256)
	default:
		return nil, nil
	}
	return readList(ctx, s, query.Order("id"), toFileVersion)
}

type damageRow struct {
	Area     string
	SHA256   string `gorm:"column:sha256"`
	FoundAt  instant
	Problem  string
	HealedAt openTime
}

func (damageRow) TableName() string { return "blob_damages" }
