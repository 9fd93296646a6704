package api_test

import (
	"context"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/jobs"
	"ris/documents"
)

// endless is a document that keeps its pipeline busy until the job's time is over.
type endless struct{ documents.Pipeline }

func (endless) Process(ctx context.Context, _ documents.Input) (documents.Result, error) {
	<-ctx.Done()
	return documents.Result{}, ctx.Err()
}

// A file for which the time of a job is not enough is refused with what the clerk can do, and not tried over and over.
func TestAFileThatTakesTooLongIsRefused(t *testing.T) {
	h, clerk, p := uploadHall(t)
	h.Papers.Pipeline = endless{h.Papers.Pipeline}
	file := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "plan.pdf", halltest.PDF(t, "Plan")))
	versions, err := h.Store.FileVersions(t.Context(), h.As(h.Town.Clerk), council.ID(file.text("id")))
	if err != nil || len(versions) != 1 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if err := h.Papers.ProcessJob(ctx, jobs.ProcessFile{Version: versions[0].ID}); err != nil {
		t.Errorf("the job would be tried again: %v", err)
	}
	info := clerk.want(200, "GET", file.header.Get("Location"), nil)
	if info.text("processing") != "refused" || info.text("problem", "key") != documents.RefusedTimeout || len(info.text("problem", "text")) < 40 {
		t.Errorf("%s", info.body)
	}
}
