package store

import (
	"context"

	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/app/jobs"
)

const auditTreeName = "lines"

// AuditTree is the head of the log's tree; the zero value before the first line.
func (s *Store) AuditTree(ctx context.Context) (council.AuditTree, error) {
	var row auditTreeRow
	err := failed(s.read(ctx).Where("name = ?", auditTreeName).Take(&row).Error)
	if err != nil && council.KindOf(err) == council.NotFound {
		return council.AuditTree{}, nil
	}
	return council.AuditTree{Size: row.Size, Root: row.Root, Modified: row.Modified.time()}, err
}

// LockAuditTree is AuditTree inside a transaction, which then is the only one that may change the tree until it ends, also on several
// nodes. Writing lines of the log waits for nobody.
func (s *Store) LockAuditTree(ctx context.Context) (council.AuditTree, error) {
	row := auditTreeRow{Name: auditTreeName, Root: []byte{}, Modified: instant(s.clock())}
	if err := s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return council.AuditTree{}, failed(err)
	}
	query := s.write(ctx).Where("name = ?", auditTreeName)
	if s.dialect == jobs.Postgres { // a transaction of SQLite has the database for itself
		query = query.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	row = auditTreeRow{}
	err := query.Take(&row).Error
	return council.AuditTree{Size: row.Size, Root: row.Root, Modified: row.Modified.time()}, failed(err)
}

// SaveAuditTree writes the head, in the transaction of LockAuditTree.
func (s *Store) SaveAuditTree(ctx context.Context, t council.AuditTree) error {
	return failed(s.write(ctx).Model(&auditTreeRow{}).Where("name = ?", auditTreeName).
		Updates(map[string]any{"size": t.Size, "root": t.Root, "modified": instant(t.Modified)}).Error)
}

// AuditTiles gives the tiles of a level from a position on, in order, at most limit.
func (s *Store) AuditTiles(ctx context.Context, level, from int64, limit int) ([]council.AuditTile, error) {
	return list(s.read(ctx).Where("level = ? AND position >= ?", level, from).Order("position").Limit(limit), func(r auditTileRow) council.AuditTile {
		return council.AuditTile(r)
	})
}

// SaveAuditTiles inserts or replaces tiles.
func (s *Store) SaveAuditTiles(ctx context.Context, tiles []council.AuditTile) error {
	rows := make([]auditTileRow, len(tiles))
	for i, t := range tiles {
		rows[i] = auditTileRow(t)
	}
	if len(rows) == 0 {
		return nil
	}
	return failed(s.write(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "level"}, {Name: "position"}},
		DoUpdates: clause.AssignmentColumns([]string{"data"})}).CreateInBatches(&rows, 50).Error)
}

// AuditCheckpoints lists the signed heads that were kept, the smallest tree first.
func (s *Store) AuditCheckpoints(ctx context.Context) ([]council.AuditCheckpoint, error) {
	return list(s.read(ctx).Order("size"), func(r auditCheckpointRow) council.AuditCheckpoint {
		return council.AuditCheckpoint{Size: r.Size, Note: r.Note, Created: r.Created.time()}
	})
}

// SaveAuditCheckpoint keeps a signed head; a tree of that size that has one keeps it.
func (s *Store) SaveAuditCheckpoint(ctx context.Context, c council.AuditCheckpoint) error {
	row := auditCheckpointRow{Size: c.Size, Note: c.Note, Created: instant(c.Created)}
	return failed(s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error)
}

type auditTreeRow struct {
	Name     string
	Size     int64
	Root     []byte
	Modified instant
}

func (auditTreeRow) TableName() string { return "audit_tree" }

type auditTileRow struct {
	Level    int64
	Position int64
	Data     []byte
}

func (auditTileRow) TableName() string { return "audit_tiles" }

type auditCheckpointRow struct {
	Size    int64
	Note    string
	Created instant
}

func (auditCheckpointRow) TableName() string { return "audit_checkpoints" }
