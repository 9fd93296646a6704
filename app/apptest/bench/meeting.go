package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ris/app/store"
	"ris/documents/documentsbench"
)

// meetingRows brings a whole meeting (40 papers, 1,200 pages, a tenth scanned) through the running product: from the first upload until
// all is searchable, and after publishing until the scanned pages are recognised; and the memory of server and workers meanwhile.
// Beside it the same files are stamped once by pdfcpu and read once by pdftotext: what a product without a preparation does for ONE
// person's copy and an index.
func meetingRows(ctx context.Context, _ Options) (rows []Row, err error) {
	t, err := openTown(ctx)
	if err != nil {
		return nil, err
	}
	defer t.close()
	var m struct{ ID, URL string }
	if err := t.tell(ctx, "POST", "/api/v1/meetings", map[string]any{"name": "Sitzung des Rates", "organizations": []any{t.organization}, "start": time.Now().AddDate(0, 0, 14)}, &m); err != nil {
		return nil, err
	}
	var files [][]byte
	if err := documentsbench.Meeting(func(_ int, _ bool, file []byte) error { files = append(files, file); return nil }); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join(t.dir, "ris.db")})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	waitFor := func(most time.Duration, query string, want int) error {
		last := 0
		err := until(ctx, most, func() (bool, error) {
			err := db.DB().QueryRowContext(ctx, query).Scan(&last)
			return err == nil && last >= want, err
		})
		if err != nil {
			err = fmt.Errorf("%d of %d: %w\n%s", last, want, err, t.log.String())
		}
		return err
	}

	g, began, used := watch(t.cmd.Process.Pid), time.Now(), processorTime(t.cmd.Process.Pid)
	defer g.end()
	for n, file := range files {
		var item, paper struct{ ID, URL string }
		if err := t.tell(ctx, "POST", m.URL+"/agenda-items", map[string]any{"name": fmt.Sprintf("Bericht %d", n+1), "public": true}, &item); err != nil {
			return nil, err
		}
		if err := t.tell(ctx, "POST", "/api/v1/papers", map[string]any{"name": fmt.Sprintf("Bericht %d", n+1), "agendaItem": item.ID}, &paper); err != nil {
			return nil, err
		}
		if err := t.upload(ctx, paper.URL, fmt.Sprintf("bericht-%d.pdf", n+1), file); err != nil {
			return nil, err
		}
	}
	uploaded := time.Since(began)
	if err := waitFor(20*time.Minute, "SELECT count(*) FROM file_versions WHERE processing = 'searchable'", len(files)); err != nil {
		return nil, err
	}
	searchable, worked := time.Since(began), processorTime(t.cmd.Process.Pid)-used
	perMinute := float64(len(files)) / searchable.Minutes()
	stamped, err := documentsbench.StampAndRead(files)
	if err != nil {
		return nil, err
	}
	const what = "meeting of 40 papers, 1,200 pages: "
	rows = append(rows,
		Row{what + "uploaded", uploaded.Seconds(), "s", "", 0},
		Row{what + "upload to searchable", perMinute, "papers/min", "", 0},
		Row{what + "processor", worked.Seconds(), "s", "pdfcpu stamp + pdftotext, one person", stamped.Seconds() / worked.Seconds()},
		Row{what + "processor", worked.Seconds(), "s", "pdfcpu stamp + pdftotext, 60 persons", 60 * stamped.Seconds() / worked.Seconds()})

	began, used = time.Now(), processorTime(t.cmd.Process.Pid)
	if err := t.tell(ctx, "POST", m.URL+"/publish", map[string]any{}, nil); err != nil {
		return rows, err
	}
	if _, err := exec.LookPath("tesseract"); err != nil {
		fmt.Fprintln(os.Stderr, "tesseract is not installed: what recognition adds was NOT measured")
	} else {
		if err := waitFor(30*time.Minute, "SELECT count(*) FROM file_versions WHERE ocr = 'done'", documentsbench.MeetingScanned); err != nil {
			return rows, err
		}
		took, worked := time.Since(began), processorTime(t.cmd.Process.Pid)-used
		pages := float64(documentsbench.MeetingScanned * documentsbench.PagesOfOnePaper)
		rows = append(rows, Row{what + "recognition of the scanned tenth, after publishing", took.Seconds(), "s more", "", 0},
			Row{what + "recognition", pages / took.Minutes(), "pages/min", "", 0},
			Row{what + "recognition, processor", worked.Seconds() / pages, "s/page", "", 0})
	}
	const mb = 1 << 20
	return append(rows,
		Row{what + "server's memory", float64(g.server) / mb, "MB", "", 0},
		Row{what + "largest worker's memory", float64(g.child) / mb, "MB", "at most 600", 600 * mb / float64(g.child)},
		Row{what + "all workers' memory at one moment", float64(g.all) / mb, "MB", "", 0}), nil
}
