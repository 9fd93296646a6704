package app

import (
	"ris/app/jobs"
	"ris/app/papers"
	"ris/app/versions"
	"ris/documents"
)

// handleComparisons: the comparison with the version before is a step of the version; one that somebody asked for is not.
func (a *App) handleComparisons(h *jobs.Handlers) {
	jobs.Handle(h, papers.Tracked(a.Papers, documents.StepCompare, versions.StepVersion, a.Versions.CompareJob),
		papers.TrackedFailed(a.Papers, documents.StepCompare, versions.StepVersion, a.Versions.CompareFailed))
}
