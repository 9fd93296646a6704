package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Config says how a Worker works. Zero fields have the defaults named here.
type Config struct {
	Dialect  Dialect
	DB       *sql.DB   // the store's writing pool
	Handlers *Handlers // one function for every kind of Kinds
	Workers  int       // jobs at the same time; 2
	// Background is how many jobs of the kinds that can wait run at the same time, besides; one less than cores, at least 1.
	Background int
	Poll       time.Duration // how often to look for new jobs; 200 ms
	Timeout    time.Duration // of one job, then its context ends; 5 min
	SoftStop   time.Duration // how long Stop lets running jobs go on before it ends their contexts; 10 s
	Log        *slog.Logger  // slog.Default()
	// Node names this worker for good: no other process may use the name at the same time. With PostgreSQL it lets Start take up at once
	// what a killed process of that name had begun. Empty = a new name each time.
	Node string
	// Pause is the time before try number tried+1; nil: 2 s, 15 s, 1 min, 5 min.
	Pause func(tried int) time.Duration
}

// Worker works the queue in this process.
type Worker struct {
	config Config
	run    *run
	client *river.Client[*sql.Tx]
}

// NewWorker checks the configuration; it is an error when a kind of Kinds has no function.
func NewWorker(c Config) (*Worker, error) {
	c = withDefaults(c)
	w := &Worker{config: c, run: &run{log: c.Log}}
	workers := river.NewWorkers()
	for _, k := range Kinds() {
		if _, ok := c.Handlers.entries[k.Kind()]; !ok {
			return nil, fmt.Errorf("jobs: no handler for %s", k.Kind())
		}
	}
	for _, e := range c.Handlers.entries {
		if err := e.register(workers, w.run); err != nil {
			return nil, err
		}
	}
	var err error
	w.client, err = river.NewClient(driver(c.Dialect, c.DB), &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: c.Workers}, background: {MaxWorkers: c.Background}},
		Workers:              workers,
		MaxAttempts:          MaxAttempts,
		RetryPolicy:          pauses(c.Pause),
		JobTimeout:           c.Timeout,
		RescueStuckJobsAfter: c.Timeout + 30*time.Second,
		FetchPollInterval:    c.Poll,
		FetchCooldown:        min(c.Poll, 50*time.Millisecond),
		PollOnly:             true,
		Logger:               c.Log,
		ID:                   c.Node,
	})
	return w, err
}

func withDefaults(c Config) Config {
	set := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	set(&c.Poll, 200*time.Millisecond)
	set(&c.Timeout, 5*time.Minute)
	set(&c.SoftStop, 10*time.Second)
	if c.Workers == 0 {
		c.Workers = 2
	}
	if c.Background == 0 {
		c.Background = max(1, runtime.NumCPU()-1)
	}
	if c.Handlers == nil {
		c.Handlers = &Handlers{}
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Pause == nil {
		c.Pause = func(tried int) time.Duration {
			steps := []time.Duration{2 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute}
			return steps[min(max(tried, 1), len(steps))-1]
		}
	}
	return c
}

// pauses is River's retry policy.
type pauses func(tried int) time.Duration

// NextRetry is the moment of the next try.
func (p pauses) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().UTC().Add(p(job.Attempt))
}

// Start begins to work and returns. Jobs that a killed process had begun are taken up again: with SQLite at once, because one
// process owns the file; with PostgreSQL at once those of this Node, and those of others after Timeout and half a minute, because
// another worker may still be at it.
func (w *Worker) Start(ctx context.Context) error {
	if w.config.Dialect == SQLite || w.config.Node != "" {
		if err := w.takeUp(ctx); err != nil {
			return err
		}
	}
	// The jobs' contexts must outlive the start-up's; Stop ends them.
	return w.client.Start(context.WithoutCancel(ctx))
}

// Stop takes no new jobs and waits for the running ones: softly for SoftStop, then their contexts are ended and they are put
// back without counting the try. It returns an error when ctx ends before that.
func (w *Worker) Stop(ctx context.Context) error {
	soft, cancel := context.WithTimeout(ctx, w.config.SoftStop)
	defer cancel()
	err := w.client.Stop(soft)
	if err == nil || !errors.Is(soft.Err(), context.DeadlineExceeded) {
		return err
	}
	w.run.stopping.Store(true)
	return w.client.StopAndCancel(ctx)
}

// mostInterrupted bounds how often a job is begun whose process dies in the middle of it: that is hardly ever the job's fault, and so
// no try; but a job that ends its process each time must not do so for ever.
const mostInterrupted = 25

// interrupted is the failure of a job whose process died at every try.
var interrupted = errors.New("the process ended in the middle of the job, at every try")

// takeUp puts jobs back that were running when the process was killed; one that has no try left has failed.
func (w *Worker) takeUp(ctx context.Context) error {
	mine, args := "state = 'running'", []any{}
	if w.config.Dialect == Postgres { // the last to have begun it
		mine, args = "state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1", []any{w.config.Node}
	}
	rows, err := w.config.DB.QueryContext(ctx, "SELECT id, kind, args FROM river_job WHERE "+mine+fmt.Sprintf(" AND attempt >= max_attempts AND max_attempts >= %d", mostInterrupted), args...)
	if err != nil {
		return err
	}
	type lost struct {
		id   int64
		kind string
		args []byte
	}
	var all []lost
	for rows.Next() {
		var l lost
		if err := rows.Scan(&l.id, &l.kind, &l.args); err != nil {
			return errors.Join(err, rows.Close())
		}
		all = append(all, l)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, l := range all {
		w.config.Log.Error("job failed for good", "kind", l.kind, "job", l.id, "error", interrupted)
		if e, known := w.config.Handlers.entries[l.kind]; known {
			if err := e.failed(ctx, l.args, interrupted); err != nil {
				return err
			}
		}
		if _, err := w.config.DB.ExecContext(ctx, fmt.Sprintf("UPDATE river_job SET state = 'discarded', finalized_at = CURRENT_TIMESTAMP WHERE id = %d", l.id)); err != nil {
			return err
		}
	}
	_, err = w.config.DB.ExecContext(ctx, fmt.Sprintf(`UPDATE river_job SET state = 'available', scheduled_at = CURRENT_TIMESTAMP,
		max_attempts = CASE WHEN max_attempts < %d THEN max_attempts + 1 ELSE max_attempts END WHERE `, mostInterrupted)+mine, args...)
	return err
}
