package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/jobs"
	"ris/app/store"
)

var ctx = context.Background()

func onBoth(t *testing.T, behaviour func(t *testing.T, s *store.Store)) {
	t.Helper()
	for name, dsn := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "ris.db") },
		"postgres": storetest.Postgres,
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(ctx, store.Config{DSN: dsn(t)})
			must(t, err)
			t.Cleanup(func() { must(t, s.Close()) })
			must(t, s.Migrate(ctx))
			behaviour(t, s)
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// journal remembers what the functions were called with.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) add(line string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, line)
	return len(j.lines)
}

func (j *journal) count(line string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := 0
	for _, l := range j.lines {
		if strings.HasPrefix(l, line) {
			n++
		}
	}
	return n
}

// handlers has a function for each kind that does nothing, but for the given one of IndexFile.
func handlers(work func(context.Context, jobs.IndexFile) error, failed func(context.Context, jobs.IndexFile, error) error) *jobs.Handlers {
	h := &jobs.Handlers{}
	jobs.Handle(h, func(context.Context, jobs.ProcessFile) error { return nil }, nil)
	jobs.Handle(h, func(context.Context, jobs.PublishMeeting) error { return nil }, nil)
	jobs.Handle(h, func(context.Context, jobs.Depublish) error { return nil }, nil)
	jobs.Handle(h, func(context.Context, jobs.MakePacket) error { return nil }, nil)
	jobs.Handle(h, func(context.Context, jobs.RecogniseText) error { return nil }, nil)
	jobs.Handle(h, func(context.Context, jobs.MakeRenditions) error { return nil }, nil)
	jobs.Handle(h, func(context.Context, jobs.CompareVersions) error { return nil }, nil)
	jobs.Handle(h, work, failed)
	return h
}

func start(t *testing.T, s *store.Store, h *jobs.Handlers, log *slog.Logger) *jobs.Worker {
	t.Helper()
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	w, err := jobs.NewWorker(jobs.Config{Dialect: s.Dialect(), DB: s.DB(), Handlers: h, Poll: 50 * time.Millisecond, Timeout: 20 * time.Second,
		SoftStop: 200 * time.Millisecond, Log: log, Pause: func(tried int) time.Duration { return time.Duration(tried) * 20 * time.Millisecond }})
	must(t, err)
	must(t, w.Start(ctx))
	return w
}

func stop(t *testing.T, w *jobs.Worker) {
	t.Helper()
	limit, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	must(t, w.Stop(limit))
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

func states(t *testing.T, s *store.Store, state string) int {
	t.Helper()
	var n int
	query := "SELECT count(*) FROM river_job WHERE state = '" + state + "'"
	must(t, s.DB().QueryRow(query).Scan(&n))
	return n
}

// Jobs exist when, and only when, their transaction was committed.
func TestJobsShareTheTransaction(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var seen journal
		w := start(t, s, handlers(func(_ context.Context, j jobs.IndexFile) error { seen.add(string(j.File)); return nil }, nil), nil)
		defer stop(t, w)
		broken := errors.New("taken back")
		for range 20 {
			err := s.InTx(ctx, func(ctx context.Context) error {
				must(t, s.Enqueue(ctx, jobs.IndexFile{File: "rolled back"}))
				return broken
			})
			if !errors.Is(err, broken) {
				t.Fatalf("InTx answered %v", err)
			}
		}
		for range 3 {
			must(t, s.InTx(ctx, func(ctx context.Context) error { return s.Enqueue(ctx, jobs.IndexFile{File: "kept"}) }))
		}
		must(t, s.Enqueue(ctx, jobs.IndexFile{File: "alone"}))
		eventually(t, "all jobs are completed", func() bool { return states(t, s, "completed") == 4 })
		if seen.count("kept") != 3 || seen.count("alone") != 1 || seen.count("rolled back") != 0 {
			t.Errorf("worked: %v", seen.lines)
		}
	})
}

// A panic is an error like any other: recorded, tried MaxAttempts times, then shown once.
func TestAPanicIsRecordedAndFinallyShown(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var seen journal
		var log bytes.Buffer
		w := start(t, s, handlers(
			func(_ context.Context, j jobs.IndexFile) error { seen.add("try"); panic("of the test") },
			func(_ context.Context, j jobs.IndexFile, err error) error {
				seen.add("shown " + string(j.File) + " " + err.Error())
				return nil
			}), slog.New(slog.NewTextHandler(&log, nil)))
		must(t, s.Enqueue(ctx, jobs.IndexFile{File: "f"}))
		eventually(t, "the job is discarded", func() bool { return states(t, s, "discarded") == 1 })
		stop(t, w)
		if seen.count("try") != jobs.MaxAttempts || seen.count("shown f panic: of the test") != 1 {
			t.Errorf("seen: %.300q", seen.lines)
		}
		if !strings.Contains(log.String(), "job failed for good") {
			t.Errorf("the log does not tell: %s", log.String())
		}
	})
}

// Later waits without counting, Never ends at once.
func TestLaterAndNever(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		var seen journal
		w := start(t, s, handlers(
			func(_ context.Context, j jobs.IndexFile) error {
				n := seen.add("try " + string(j.File))
				if j.File == "hopeless" {
					return jobs.Never(errors.New("for good"))
				}
				if n < jobs.MaxAttempts+3 {
					return jobs.Later(time.Millisecond)
				}
				return nil
			},
			func(_ context.Context, j jobs.IndexFile, err error) error {
				seen.add("shown " + err.Error())
				return nil
			}), nil)
		defer stop(t, w)
		must(t, s.Enqueue(ctx, jobs.IndexFile{File: "patient"}))
		eventually(t, "the patient job is completed", func() bool { return states(t, s, "completed") == 1 })
		must(t, s.Enqueue(ctx, jobs.IndexFile{File: "hopeless"}))
		eventually(t, "the hopeless job is cancelled", func() bool { return states(t, s, "cancelled") == 1 })
		if seen.count("try patient") != jobs.MaxAttempts+3 || seen.count("try hopeless") != 1 || seen.count("shown for good") != 1 {
			t.Errorf("seen: %v", seen.lines)
		}
	})
}

// A worker stopped in the middle of a job puts it back without counting the try; the next one finishes it.
func TestAStoppedJobIsTakenUpAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		begun := make(chan struct{})
		first := start(t, s, handlers(func(ctx context.Context, _ jobs.IndexFile) error {
			close(begun)
			<-ctx.Done() // longer than the soft stop
			return ctx.Err()
		}, nil), nil)
		must(t, s.Enqueue(ctx, jobs.IndexFile{File: "f"}))
		<-begun
		stop(t, first)
		if n := states(t, s, "available"); n != 1 {
			t.Fatalf("%d jobs are available after the stop", n)
		}
		var seen journal
		second := start(t, s, handlers(func(_ context.Context, j jobs.IndexFile) error { seen.add(string(j.File)); return nil }, nil), nil)
		defer stop(t, second)
		eventually(t, "the second worker completes it", func() bool { return states(t, s, "completed") == 1 })
		var attempt int
		must(t, s.DB().QueryRow("SELECT attempt FROM river_job").Scan(&attempt))
		if attempt != 1 || seen.count("f") != 1 {
			t.Errorf("attempt %d, seen %v", attempt, seen.lines)
		}
	})
}

// After kill -9 a job still says "running". With SQLite the next start takes it up at once, and the death counts as no try; after 25 it has failed.
func TestAKilledJobIsTakenUpOnSQLite(t *testing.T) {
	s, err := store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db")})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Migrate(ctx))
	must(t, s.Enqueue(ctx, jobs.IndexFile{File: "once more"}))
	must(t, s.Enqueue(ctx, jobs.IndexFile{File: "exhausted"}))
	kill := "UPDATE river_job SET state = 'running', attempted_at = CURRENT_TIMESTAMP, attempt = CASE id WHEN 2 THEN 25 ELSE 5 END, max_attempts = CASE id WHEN 2 THEN 25 ELSE 5 END"
	_, err = s.DB().Exec(kill)
	must(t, err)
	var seen journal
	w := start(t, s, handlers(
		func(_ context.Context, j jobs.IndexFile) error { seen.add("try " + string(j.File)); return nil },
		func(_ context.Context, j jobs.IndexFile, err error) error {
			seen.add("shown " + string(j.File))
			return nil
		}), nil)
	defer stop(t, w)
	eventually(t, "one is completed", func() bool { return states(t, s, "completed") == 1 })
	if seen.count("try once more") != 1 || seen.count("shown exhausted") != 1 || seen.count("try exhausted") != 0 || states(t, s, "discarded") != 1 {
		t.Errorf("seen: %v", seen.lines)
	}
}

// With PostgreSQL a worker takes up at once what a killed one of its own name had begun, and leaves others' jobs to them.
func TestAKilledJobIsTakenUpByItsNode(t *testing.T) {
	s, err := store.Open(ctx, store.Config{DSN: storetest.Postgres(t)})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Migrate(ctx))
	must(t, s.Enqueue(ctx, jobs.IndexFile{File: "mine"}))
	must(t, s.Enqueue(ctx, jobs.IndexFile{File: "another's"}))
	must(t, s.Enqueue(ctx, jobs.IndexFile{File: "mine, exhausted"}))
	_, err = s.DB().Exec(`UPDATE river_job SET state = 'running', attempted_at = CURRENT_TIMESTAMP, attempt = CASE id WHEN 3 THEN 25 ELSE 5 END, max_attempts = CASE id WHEN 3 THEN 25 ELSE 5 END,
		attempted_by = CASE id WHEN 2 THEN ARRAY['node-a', 'node-b'] ELSE ARRAY['node-b', 'node-a'] END`)
	must(t, err)
	var seen journal
	h := handlers(
		func(_ context.Context, j jobs.IndexFile) error { seen.add("try " + string(j.File)); return nil },
		func(_ context.Context, j jobs.IndexFile, err error) error {
			seen.add("shown " + string(j.File))
			return nil
		})
	w, err := jobs.NewWorker(jobs.Config{Dialect: s.Dialect(), DB: s.DB(), Handlers: h, Poll: 20 * time.Millisecond, Node: "node-a", Log: slog.New(slog.DiscardHandler)})
	must(t, err)
	must(t, w.Start(ctx))
	defer stop(t, w)
	eventually(t, "its own is completed", func() bool { return states(t, s, "completed") == 1 })
	if seen.count("try mine") != 1 || seen.count("shown mine, exhausted") != 1 || seen.count("try another's") != 0 || states(t, s, "running") != 1 {
		t.Errorf("seen: %v", seen.lines)
	}
}

// The list of kinds is whole: names differ, and a worker without a function for one of them does not start.
func TestEveryKindNeedsAHandler(t *testing.T) {
	names := map[string]bool{}
	for _, k := range jobs.Kinds() {
		names[k.Kind()] = true
	}
	if len(names) != len(jobs.Kinds()) {
		t.Errorf("two kinds share a name: %v", names)
	}
	h := &jobs.Handlers{}
	jobs.Handle(h, func(context.Context, jobs.ProcessFile) error { return nil }, nil)
	if _, err := jobs.NewWorker(jobs.Config{Dialect: jobs.SQLite, Handlers: h}); err == nil {
		t.Error("a worker without all handlers was made")
	}
}
