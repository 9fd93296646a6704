package papers

import (
	"context"
	"strings"
	"sync"
	"time"

	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
)

// StepStore keeps the steps of the work on versions for people.
type StepStore interface {
	SaveStep(ctx context.Context, p council.ProcessingStep) error
	Steps(ctx context.Context, v policy.Viewer, versions []council.ID) ([]council.ProcessingStep, error)
}

// stepEvery is how often progress is written at most: people look at it once a second.
const stepEvery = time.Second

// MaxTries is how often a step is begun before it has failed and waits for somebody.
const MaxTries = 5

// track writes what happens to one version while a job is at it. What it writes is for people's eyes: an error of the database in
// doing so does not stop the work.
type track struct {
	s       *Service
	ctx     context.Context
	version council.ID
	mu      sync.Mutex
	known   map[string]council.ProcessingStep
	now     string // the running step
	saved   time.Time
}

// track takes up what is known of the version's steps.
func (s *Service) track(ctx context.Context, version council.ID) *track {
	t := &track{s: s, ctx: ctx, version: version, known: map[string]council.ProcessingStep{}}
	all, err := s.Store.Steps(ctx, system, []council.ID{version})
	if err == nil {
		for _, p := range all {
			t.known[p.Name] = p
		}
	}
	return t
}

func (t *track) save(p council.ProcessingStep) {
	t.known[p.Name] = p
	t.saved = t.s.Clock()
	_ = t.s.Store.SaveStep(t.ctx, p)
}

// plan shows the steps that are still to come.
func (t *track) plan(steps ...documents.Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, step := range steps {
		t.save(council.ProcessingStep{Version: t.version, Name: string(step), State: council.StepWaiting, Tries: t.known[string(step)].Tries})
	}
}

// begin says that a step has begun; the one before it is done. It answers how often that has happened, this time included.
func (t *track) begin(step documents.Step) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.begun(step)
}

func (t *track) begun(step documents.Step) int {
	t.ended(council.StepDone, "")
	p := council.ProcessingStep{Version: t.version, Name: string(step), State: council.StepRunning, Started: t.s.Clock(), Tries: t.known[string(step)].Tries + 1}
	t.now = string(step)
	t.save(p)
	return p.Tries
}

// progress takes what the pipeline says; a new step ends the one before it.
func (t *track) progress(step documents.Step, done, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now != string(step) {
		t.begun(step)
	}
	p := t.known[t.now]
	p.Done, p.Total = done, total
	t.known[t.now] = p
	if t.s.Clock().Sub(t.saved) >= stepEvery {
		t.save(p)
	}
}

// end ends the running step. problem is why it failed, what it waits for, or (done) a note.
func (t *track) end(state council.StepState, problem string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended(state, problem)
}

func (t *track) ended(state council.StepState, problem string) {
	if t.now == "" {
		return
	}
	p := t.known[t.now]
	t.now = ""
	p.State, p.Problem, p.Ended = state, problem, t.s.Clock()
	switch state {
	case council.StepDone:
		p.Done, p.Tries = p.Total, 0
	case council.StepWaiting:
		p.Ended = time.Time{}
	}
	t.save(p)
}

// drop takes the steps that will not come any more off the list of what waits.
func (t *track) drop(steps ...documents.Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, step := range steps {
		if p, ok := t.known[string(step)]; ok && (p.State == council.StepWaiting || p.State == council.StepRunning) {
			p.State, p.Problem = council.StepSkipped, ""
			t.save(p)
		}
	}
}

// Tracked wraps the function of a job that is one step of a version: it is shown while it runs, when it is done, and when it has
// failed. version names the version of the job, empty = none.
func Tracked[J any](s *Service, step documents.Step, version func(context.Context, J) council.ID, work func(context.Context, J) error) func(context.Context, J) error {
	return func(ctx context.Context, j J) error {
		id := version(ctx, j)
		if id == "" {
			return work(ctx, j)
		}
		t := s.track(ctx, id)
		t.begin(step)
		err := work(context.WithValue(ctx, trackKey{}, t), j)
		switch {
		case err == nil:
			t.end(council.StepDone, "")
		default:
			t.end(council.StepWaiting, "")
		}
		return err
	}
}

// TrackedFailed wraps the function that is called when the job will not be tried again: the step has failed.
func TrackedFailed[J any](s *Service, step documents.Step, version func(context.Context, J) council.ID, failed func(context.Context, J, error) error) func(context.Context, J, error) error {
	return func(ctx context.Context, j J, cause error) error {
		if id := version(ctx, j); id != "" {
			t := s.track(ctx, id)
			t.begin(step)
			t.end(council.StepFailed, "file.step.failed."+string(step))
		}
		if failed == nil {
			return nil
		}
		return failed(ctx, j, cause)
	}
}

type trackKey struct{}

// Progress notes how far the step of a tracked job is: done of total. Outside of one it does nothing.
func Progress(ctx context.Context, done, total int) {
	if t, ok := ctx.Value(trackKey{}).(*track); ok {
		t.progress(documents.Step(t.now), done, total)
	}
}

// Skip says that there is nothing to do in this step, or that what does it is not installed (problem, may be empty).
func Skip(ctx context.Context, problem string) {
	if t, ok := ctx.Value(trackKey{}).(*track); ok {
		t.end(council.StepSkipped, problem)
	}
}

// FileSteps are the steps of the newest version of a file, in the order in which they happen; for its clerk alone.
func (s *Service) FileSteps(ctx context.Context, v policy.Viewer, file council.ID) ([]council.ProcessingStep, error) {
	if _, err := s.file(ctx, v, file, 0); err != nil {
		return nil, err
	}
	versions, err := s.Store.FileVersions(ctx, system, file)
	if err != nil {
		return nil, err
	}
	n, ok := newest(versions)
	if !ok {
		return nil, nil
	}
	all, err := s.Store.Steps(ctx, system, []council.ID{n.ID})
	if err != nil {
		return nil, err
	}
	out := make([]council.ProcessingStep, 0, len(all))
	for _, name := range stepOrder {
		for _, p := range all {
			if p.Name == string(name) {
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// stepOrder is the order in which the steps happen.
var stepOrder = []documents.Step{documents.StepScan, documents.StepConvert, documents.StepPrepare, documents.StepProof, documents.StepText,
	documents.StepIndex, documents.StepRendition, documents.StepRecognise, documents.StepCompare}

// Notes writes several problems as one string; see ReadNotes.
func Notes(problems ...string) string { return strings.Join(problems, "\n") }

// ReadNotes takes apart what Notes wrote.
func ReadNotes(notes string) []string {
	if notes == "" {
		return nil
	}
	return strings.Split(notes, "\n")
}

// dropIf drops everything that was still to come when the version was refused.
func (t *track) dropIf(refused bool) {
	if refused {
		t.drop(stepOrder...)
	}
}

// orBegin makes sure that a step is running, to be ended.
func (t *track) orBegin(step documents.Step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now == "" {
		t.begun(step)
	}
}

// notes are what a step that is done has to tell.
func (t *track) notes(step documents.Step) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p := t.known[string(step)]; p.State == council.StepDone {
		return ReadNotes(p.Problem)
	}
	return nil
}

// fail marks the step at which the work stopped for good, and drops what lay behind it.
func (t *track) fail(problem string) {
	t.mu.Lock()
	for _, step := range stepOrder {
		if p, ok := t.known[string(step)]; ok && (p.State == council.StepWaiting || p.State == council.StepRunning) {
			p.State, p.Problem, p.Ended = council.StepFailed, problem, t.s.Clock()
			t.save(p)
			break
		}
	}
	t.mu.Unlock()
	t.drop(stepOrder...)
}

// IndexedVersion names the version whose step the job is: the newest, when it is ready; an older one or one under work has its index
// step told elsewhere.
func (s *Service) IndexedVersion(ctx context.Context, j jobs.IndexFile) council.ID {
	versions, err := s.Store.FileVersions(ctx, system, j.File)
	if err != nil {
		return ""
	}
	if n, ok := newest(versions); ok && n.Processing.Ready() {
		return n.ID
	}
	return ""
}
