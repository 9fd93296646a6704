package ingest_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"

	"ris/app/council"
	"ris/app/store"
	"ris/app/upkeep"
	"ris/documents/blob"
)

// nothingHalf looks at the disk and the tables of the dead product: each answered document once, no version without its blobs, and
// after a collection no blob that nothing names.
func (p *product) nothingHalf(db *store.Store, all []*sending) {
	p.Helper()
	ctx := context.Background()
	times := map[string]int{}
	for _, f := range p.files(db) {
		versions, err := db.FileVersions(ctx, system, f.ID)
		must(p.T, err)
		for _, v := range versions {
			times[v.SHA256]++
		}
	}
	for _, s := range all {
		if times[s.sum] != 1 {
			p.Errorf("%s is there %d times", s.word, times[s.sum])
		}
		delete(times, s.sum)
	}
	if len(times) > 0 {
		p.Errorf("there are %d documents that nobody sent", len(times))
	}
	blobs, err := blob.NewFile(filepath.Join(p.data, "blobs"))
	must(p.T, err)
	u := &upkeep.Service{Store: db, Blobs: blobs, Clock: council.SystemClock, Log: slog.New(slog.DiscardHandler)}
	before, err := u.Collect(ctx, upkeep.CollectOptions{DryRun: true})
	must(p.T, err)
	done, err := u.Collect(ctx, upkeep.CollectOptions{})
	must(p.T, err)
	orphans := 0
	for i, c := range done {
		if c.Deleted != before[i].Deleted || c.Deleted != c.Unneeded {
			p.Errorf("%s: %d would go, %d went, %d are needed by nothing", c.Area, before[i].Deleted, c.Deleted, c.Unneeded)
		}
		orphans += c.Deleted
	}
	checked, err := u.Check(ctx, upkeep.CheckOptions{})
	must(p.T, err)
	for _, d := range checked.Damaged {
		p.Errorf("damaged or missing: %s/%s: %s", d.Area, d.SHA256, d.Problem)
	}
	again, err := u.Collect(ctx, upkeep.CollectOptions{})
	must(p.T, err)
	for _, c := range again {
		if c.Unneeded > 0 {
			p.Errorf("%s: after the collection %d blobs are needed by nothing", c.Area, c.Unneeded)
		}
	}
	p.Logf("%d blobs, %d of them were left by kills and collected", checked.Blobs+orphans, orphans)
	p.everyBlobIsNamed(db, blobs)
}

var hash = regexp.MustCompile(`[0-9a-f]{64}`)

// everyBlobIsNamed holds the list of references against real data: a text anywhere in the tables that is the name of a blob stands in
// a column of the list, or in one of its exceptions.
func (p *product) everyBlobIsNamed(db *store.Store, blobs blob.Keeper) {
	p.Helper()
	exists := map[string]bool{}
	for _, area := range blob.Areas() {
		must(p.T, blobs.List(context.Background(), area, func(i blob.Info) error { exists[i.SHA256] = true; return nil }))
	}
	named, excepted := store.BlobColumns()
	rows, err := db.DB().Query(`SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT'`)
	must(p.T, err)
	var columns [][2]string
	for rows.Next() {
		var table, column string
		must(p.T, rows.Scan(&table, &column))
		columns = append(columns, [2]string{table, column})
	}
	must(p.T, rows.Close())
	met := 0
	for _, c := range columns {
		name := c[0] + "." + c[1]
		values, err := db.DB().Query(fmt.Sprintf(`SELECT DISTINCT %q FROM %q WHERE length(%q) >= 64`, c[1], c[0], c[1]))
		must(p.T, err)
		for values.Next() {
			var text string
			must(p.T, values.Scan(&text))
			for _, sum := range hash.FindAllString(text, -1) {
				if !exists[sum] {
					continue
				}
				met++
				if !named[name] && excepted[name] == "" && c[0] != "audit_entries" {
					p.Errorf("%s names the blob %s and stands in no list of app/store/blob_reference.go", name, sum)
					break
				}
			}
		}
		must(p.T, values.Close())
	}
	if met == 0 {
		p.Error("no blob is named anywhere: this looks at nothing")
	}
}
