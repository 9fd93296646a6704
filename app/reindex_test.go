package app

import (
	"fmt"
	"testing"

	"ris/app/config"
	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/search"
)

// An empty index is filled from the database: one job for each file that was indexed. An index that holds something is left alone, and what
// was never read is left to the job that reads it.
func TestRefill(t *testing.T) {
	c, err := config.Config{Listen: "127.0.0.1:0", Data: t.TempDir(), Role: "all", UploadLimitMB: 1, PageLimit: 10, TimeZone: "Europe/Berlin", LogLevel: "error"}.Normal()
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	body := council.Body{Name: "Stadt Auenrode"}
	if err := a.Store.SaveBody(t.Context(), &body); err != nil {
		t.Fatal(err)
	}
	paper := council.Paper{Body: body.ID, Name: "Vorlage", State: council.Draft}
	if err := a.Store.SavePaper(t.Context(), &paper); err != nil {
		t.Fatal(err)
	}
	for n, state := range []council.ProcessingState{council.Searchable, council.Searchable, council.Searchable, council.Checking} {
		f := council.File{Body: body.ID, Paper: paper.ID, Role: council.AuxiliaryFile, Name: "Anlage", FileName: "a.pdf", State: council.Draft}
		if err := a.Store.SaveFile(t.Context(), &f); err != nil {
			t.Fatal(err)
		}
		v := council.FileVersion{Body: body.ID, File: f.ID, Paper: paper.ID, Number: 1, SHA256: fmt.Sprint(n), State: council.Draft, Processing: state}
		if err := a.Store.SaveFileVersion(t.Context(), &v); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.refill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := queued(t, a); n != 3 {
		t.Errorf("%d jobs, want one for each of 3 files", n)
	}

	doc := search.Document{File: "01890000-0000-7000-8000-000000000001", Paper: paper.ID, Body: body.ID, Sequence: 1, Title: "Anlage"}
	if err := a.Index.Replace(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	if err := a.refill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := queued(t, a); n != 3 {
		t.Errorf("%d jobs after a start with nothing public, want still 3", n)
	}
	if err := a.Store.SavePublicFile(t.Context(), readmodel.FileRow{ID: doc.File, Body: body.ID, Paper: paper.ID, Version: doc.File, Blob: "b", Modified: a.Clock()}, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.refill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := queued(t, a); n != 6 {
		t.Errorf("%d jobs after the public's index was lost, want 6", n)
	}
}

func queued(t *testing.T, a *App) (n int) {
	t.Helper()
	if err := a.Store.DB().QueryRow("SELECT count(*) FROM river_job WHERE kind = 'index_file'").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
