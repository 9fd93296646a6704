package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
)

// Handlers holds one function per kind of job. The assembly fills it before it starts a Worker.
type Handlers struct {
	entries map[string]entry
}

// entry is one kind: how River is told of it, and how its failure is shown when no worker was left to do so.
type entry struct {
	register func(*river.Workers, *run) error
	failed   func(ctx context.Context, args []byte, err error) error
}

// run is what the functions of one Worker share.
type run struct {
	log      *slog.Logger
	stopping atomic.Bool
}

// Handle registers the function that works jobs of kind J. work must be repeat-safe; its error or panic is recorded, and the job
// is tried again. failed is called once when the job will not be tried again, so that the object can show the problem; nil =
// there is nothing to show. Registering a kind twice is a mistake of the program and panics.
func Handle[J Job](h *Handlers, work func(ctx context.Context, job J) error, failed func(ctx context.Context, job J, err error) error) {
	var zero J
	if h.entries == nil {
		h.entries = map[string]entry{}
	}
	if _, twice := h.entries[zero.Kind()]; twice {
		panic("jobs: two handlers for " + zero.Kind())
	}
	if failed == nil {
		failed = func(context.Context, J, error) error { return nil }
	}
	h.entries[zero.Kind()] = entry{
		register: func(w *river.Workers, r *run) error {
			return river.AddWorkerSafely(w, &worker[J]{run: r, work: work, failed: failed})
		},
		failed: func(ctx context.Context, args []byte, err error) error {
			var job J
			if err := json.Unmarshal(args, &job); err != nil {
				return err
			}
			return failed(ctx, job, err)
		},
	}
}

// never marks an error that another try cannot mend.
type never struct{ cause error }

func (n never) Error() string { return n.cause.Error() }
func (n never) Unwrap() error { return n.cause }

// Never says that the job cannot succeed by trying again: it has finally failed with this error.
func Never(err error) error { return never{err} }

// later asks for a pause that is no failure.
type later struct{ pause time.Duration }

func (l later) Error() string { return "waits for " + l.pause.String() }

// Later says that the job waits for something: it runs again after the pause (at least 0), as often as it says so, and this does
// not count as a try.
func Later(pause time.Duration) error { return later{pause} }

// worker carries out one kind for River.
type worker[J Job] struct {
	river.WorkerDefaults[J]
	*run
	work   func(ctx context.Context, job J) error
	failed func(ctx context.Context, job J, err error) error
}

// Work runs the function and translates its answer.
func (w *worker[J]) Work(ctx context.Context, job *river.Job[J]) error {
	err := w.safely(ctx, job.Args)
	var pause later
	var final never
	switch {
	case err == nil:
		return nil
	case errors.As(err, &pause):
		return river.JobSnooze(max(0, pause.pause))
	case w.stopping.Load() && ctx.Err() != nil:
		return river.JobSnooze(0) // the process stops: this was no try, and the next start takes it up
	case errors.As(err, &final):
		w.fail(ctx, job, err)
		return river.JobCancel(err)
	case job.Attempt >= job.MaxAttempts:
		w.fail(ctx, job, err)
	}
	return err
}

// safely turns a panic into an error that names the place.
func (w *worker[J]) safely(ctx context.Context, args J) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return w.work(ctx, args)
}

// fail shows the problem at the object; the job's own context may be over, its time limit being the reason of the failure.
func (w *worker[J]) fail(ctx context.Context, job *river.Job[J], cause error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	w.log.Error("job failed for good", "kind", job.Kind, "job", job.ID, "attempt", job.Attempt, "error", cause)
	defer func() {
		if p := recover(); p != nil {
			w.log.Error("the failure could not be shown", "kind", job.Kind, "job", job.ID, "panic", p)
		}
	}()
	if err := w.failed(ctx, job.Args, cause); err != nil {
		w.log.Error("the failure could not be shown", "kind", job.Kind, "job", job.ID, "error", err)
	}
}
