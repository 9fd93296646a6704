package papers

import (
	"ris/app/council"
	"ris/app/jobs"
	"ris/documents"
)

// followUps are the jobs that a version asks for when it has become readable, in the transaction that makes it so. One line for
// each: a new kind of work on versions joins here.
func followUps(v council.FileVersion) []jobs.Job {
	out := []jobs.Job{
		jobs.IndexFile{File: v.File},
		jobs.CompareVersions{New: v.ID},
		jobs.MakeRenditions{Version: v.ID},
	}
	if v.OCR == council.OCRNeeded {
		out = append(out, jobs.RecogniseText{Version: v.ID})
	}
	return out
}

// stepJob is the job that does a step once more on a version that is readable; nil = there is none. One line for each, as above.
func stepJob(step documents.Step, v council.FileVersion) jobs.Job {
	switch step {
	case documents.StepIndex:
		return jobs.IndexFile{File: v.File}
	case documents.StepCompare:
		return jobs.CompareVersions{New: v.ID}
	case documents.StepRendition:
		return jobs.MakeRenditions{Version: v.ID}
	case documents.StepRecognise:
		return jobs.RecogniseText{Version: v.ID}
	}
	return nil
}
