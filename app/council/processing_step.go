package council

import "time"

// ProcessingStep says how far one step of the work on a file version is; for clerks. Name is one of documents.Step.
type ProcessingStep struct {
	Version ID
	Name    string
	State   StepState
	Done    int    // of Total (pages); 0 of 0 = not countable
	Total   int    //
	Problem string // message key as FileVersion.Problem: why it failed, or what it waits for
	Started time.Time
	Ended   time.Time
	Tries   int // how often it was begun since the clerk last asked for it
}

// StepState is the state of a step.
type StepState string

// The states of a step. A failed one is not tried again before somebody asks for it.
const (
	StepWaiting StepState = "waiting"
	StepRunning StepState = "running"
	StepDone    StepState = "done"
	StepFailed  StepState = "failed"
	StepSkipped StepState = "skipped" // there was nothing to do, or what does it is not installed
)
