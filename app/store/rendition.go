package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// RenditionOf loads what was made of a version. council.NotFound: the viewer may not read the version, or nothing was made yet.
func (s *Store) RenditionOf(ctx context.Context, v policy.Viewer, version council.ID) (council.Rendition, error) {
	all, err := s.RenditionsOf(ctx, v, []council.ID{version})
	if err == nil && len(all) == 0 {
		err = council.ErrNotFound()
	}
	return all[version], err
}

// RenditionsOf loads what was made of those versions that the viewer may read, by version.
func (s *Store) RenditionsOf(ctx context.Context, v policy.Viewer, versions []council.ID) (map[council.ID]council.Rendition, error) {
	if versions == nil {
		versions = []council.ID{}
	}
	may := among(visible(s.read(ctx).Model(&fileVersionRow{}), v), "id", versions).Select("id")
	all, err := list(among(s.readFor(ctx, v), "version", versions).Where("version IN (?)", may), toVersionRendition)
	if err != nil {
		return nil, err
	}
	out := make(map[council.ID]council.Rendition, len(all))
	for _, r := range all {
		out[r.Version] = r
	}
	return out, nil
}

// SaveRenditionOf writes it in the place of what was there.
func (s *Store) SaveRenditionOf(ctx context.Context, r council.Rendition) error {
	row := versionRenditionRow{Version: r.Version, Thumbnails: r.Thumbnails, Pictures: packed[[]council.Thumbnail]{r.Pictures}, ReadingBlob: r.Reading.Blob,
		Reading: packed[council.Prepared]{r.Reading}, Accessibility: packed[*council.AccessibilityReport]{r.Accessibility}, Made: instant(r.Made)}
	return failed(s.write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "version"}}, UpdateAll: true}).Create(&row).Error)
}

type versionRenditionRow struct {
	Version       council.ID
	Thumbnails    string
	Pictures      packed[[]council.Thumbnail]
	ReadingBlob   string
	Reading       packed[council.Prepared]
	Accessibility packed[*council.AccessibilityReport]
	Made          instant
}

func (versionRenditionRow) TableName() string { return "renditions" }

func toVersionRendition(r versionRenditionRow) council.Rendition {
	return council.Rendition{Version: r.Version, Thumbnails: r.Thumbnails, Pictures: r.Pictures.Data, Reading: r.Reading.Data,
		Accessibility: r.Accessibility.Data, Made: r.Made.time()}
}
