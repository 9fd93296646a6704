package papers

import (
	"ris/app/council"
	"ris/app/jobs"
)

// followUps are the jobs that a version asks for when it has become readable, in the transaction that makes it so. One line for
// each: a new kind of work on versions joins here.
func followUps(v council.FileVersion) []jobs.Job {
	return []jobs.Job{
		jobs.IndexFile{File: v.File},
	}
}
