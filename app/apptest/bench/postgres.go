package main

import (
	"context"
	"database/sql"
	"strings"

	"ris/app/apptest/pgtest"
	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
)

// postgres is the competitor: a table of pages with a generated tsvector of the configuration "german" and a GIN index, as its
// manual recommends, on a private cluster.
type postgres struct{ *sql.DB }

func openPostgres(ctx context.Context) (*postgres, error) {
	dsn, err := pgtest.Fresh()
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	_, err = db.ExecContext(ctx, `CREATE TABLE page (file uuid, page int, acl text[], withheld text[], title text, body text,
		words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('german', title), 'A') || to_tsvector('german', body)) STORED,
		PRIMARY KEY (file, page))`)
	if err == nil {
		_, err = db.ExecContext(ctx, `CREATE INDEX ON page USING gin (words)`)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return &postgres{db}, nil
}

// replace writes a file in one transaction, as our engine does.
func (p *postgres) replace(ctx context.Context, d search.Document) error {
	tx, err := p.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `DELETE FROM page WHERE file = $1`, d.File); err != nil {
		return err
	}
	for _, page := range d.Pages {
		if _, err := tx.ExecContext(ctx, `INSERT INTO page VALUES ($1, $2, $3, $4, $5, $6)`, d.File, page.Number,
			labels(d.Audience.Allowed), labels(d.Audience.Withheld), d.Title+" "+d.Reference, page.Text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// settle brings the index and the planner's statistics up to date.
func (p *postgres) settle(ctx context.Context) error {
	_, err := p.ExecContext(ctx, `VACUUM ANALYZE page`)
	return err
}

func labels(l []council.Label) []string {
	out := make([]string, len(l))
	for i, x := range l {
		out[i] = string(x)
	}
	return out
}

func (p *postgres) search(ctx context.Context, v policy.Viewer, text string, prefix bool) error {
	query := `websearch_to_tsquery('german', $1)`
	if prefix {
		query = `to_tsquery('german', $1 || ':*')`
	}
	rows, err := p.QueryContext(ctx, `WITH hit AS (
			SELECT file, page, ts_rank(words, q) AS rank FROM page, `+query+` q
			WHERE words @@ q AND acl && $2 AND NOT withheld && $2),
		best AS (SELECT DISTINCT ON (file) file, page, rank, count(*) OVER (PARTITION BY file) AS pages FROM hit ORDER BY file, rank DESC, page)
		SELECT file, page, pages, count(*) OVER () FROM best ORDER BY rank DESC, file DESC LIMIT 10`, strings.TrimSpace(text), labels(v.Labels()))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var file string
		var page, pages, total int
		if err := rows.Scan(&file, &page, &pages, &total); err != nil {
			return err
		}
	}
	return rows.Err()
}
