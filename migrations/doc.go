// Package migrations holds the tables: goose files in sqlite/ and postgres/ with the same numbers and names.
//
// A change of the tables is a new pair of files with the next number (0002_name.sql in both folders); a file that has been
// released is never changed. A migration is SQL of its own and never uses today's Go types. A test of this package applies both
// folders to real databases and compares the resulting tables and columns.
//
// What does not belong here: River's own tables (app/jobs migrates them), data of the invented town. The one who applies
// them is store.Migrate. Start reading at 0001_council.sql.
package migrations

import "embed"

// FS has the folders "sqlite" and "postgres".
//
//go:embed sqlite/*.sql postgres/*.sql
var FS embed.FS
