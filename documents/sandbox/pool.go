package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Pool runs tasks in children, as many at once as it has workers; others wait in line.
type Pool struct {
	limits Limits
	places chan struct{}
}

// NewPool makes a pool; workers <= 0 means one per core.
func NewPool(workers int, limits Limits) *Pool {
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	return &Pool{limits: limits.withDefaults(), places: make(chan struct{}, workers)}
}

// Call is one task for one child.
type Call struct {
	Task      string
	Arguments any        // sent as JSON
	Files     []*os.File // inherited by the child in this order; they stay open and belong to the caller
	// Steps are the times that a step of this name may take: wall time, stretched when the machine is too busy to run the child.
	// The step "" is the start, until the child names its first one. A step without an entry is bounded by the total only.
	Steps map[string]time.Duration
	Total time.Duration        // of the whole; 0 = the pool's limit
	Data  func(b []byte) error // takes what the child sends on its way; an error ends the child
	// OnStep is called with the name of each step that begins, between the calls of Data; it must return soon. May be nil.
	OnStep func(name string)
}

// Usage is what a child took.
type Usage struct {
	PeakBytes int64 // highest resident memory seen
	Seconds   float64
}

// Reason says why a child ended without a result.
type Reason string

// The reasons of a Failure.
const (
	OutOfMemory Reason = "memory"   // over the resident limit, or it could not get more
	OutOfTime   Reason = "deadline" // a step or the whole took too long
	Crashed     Reason = "crash"    // it ended by itself
)

// Failure is the end of a child without a result: the foreign bytes did it, the parent is well.
type Failure struct {
	Reason Reason
	Step   string // in which step
	Output string // the end of what it wrote to its standard error: for the log
}

func (f *Failure) Error() string {
	return fmt.Sprintf("sandbox: %s in step %q: %s", f.Reason, f.Step, f.Output)
}

// TaskError is what a task returned as its error.
type TaskError struct{ Text string }

func (e *TaskError) Error() string { return "sandbox task: " + e.Text }

// Run waits for a place, starts a child, and fills result (a pointer) with what the task returned. Errors: *Failure, *TaskError,
// the context's error, the error of Data, or that no child could be started (the machine's fault).
func (p *Pool) Run(ctx context.Context, c Call, result any) (Usage, error) {
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
	case <-ctx.Done():
		return Usage{}, ctx.Err()
	}
	limits := p.limits
	if c.Total > 0 {
		limits.Total = c.Total
	}
	arguments, err := json.Marshal(c.Arguments)
	if err != nil {
		return Usage{}, err
	}
	order, err := json.Marshal(task{Name: c.Task, Arguments: arguments, Files: len(c.Files), Limits: limits})
	if err != nil {
		return Usage{}, err
	}
	ch, err := start(limits.Program, c.Files)
	if err != nil {
		return Usage{}, fmt.Errorf("no sandbox could be started: %w", err)
	}
	return ch.run(ctx, c, limits, order, result)
}

// child is a started process as the parent sees it.
type child struct {
	cmd    *exec.Cmd
	orders *os.File // to the child
	news   *os.File // from the child
	errors tail
	begun  time.Time
	watch  watch
}

func start(program string, files []*os.File) (*child, error) {
	var last error
	for _, namespaces := range namespaceChoices {
		ch := &child{begun: time.Now()}
		childIn, orders, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		news, childOut, err := os.Pipe()
		if err != nil {
			childIn.Close()
			orders.Close()
			return nil, err
		}
		ch.orders, ch.news = orders, news
		ch.cmd = &exec.Cmd{Path: program, Args: []string{"ris-sandbox", childArgument}, Dir: "/",
			Env: []string{"GOMAXPROCS=2", "GOTRACEBACK=single"}, Stderr: &ch.errors,
			ExtraFiles: append([]*os.File{childIn, childOut}, files...), SysProcAttr: attributes(namespaces)}
		err = ch.cmd.Start()
		childIn.Close()
		childOut.Close()
		if err == nil {
			return ch, nil
		}
		orders.Close()
		news.Close()
		last = err
	}
	return nil, last
}

func (ch *child) run(ctx context.Context, c Call, limits Limits, order []byte, result any) (Usage, error) {
	ch.watch.begin(c.Steps, limits)
	over := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() { ch.guard(ctx, over) })
	err := writeMessage(ch.orders, kindTask, order)
	done := false
	if err == nil {
		done, err = ch.listen(c, result)
	}
	if !done {
		_ = ch.cmd.Process.Kill()
	}
	ch.orders.Close() // the child ends when it sees this
	ch.news.Close()
	close(over)
	watching.Wait()
	if done {
		// A child that has sent its result but does not end is not waited for.
		timer := time.AfterFunc(2*time.Second, func() { _ = ch.cmd.Process.Kill() })
		defer timer.Stop()
	}
	ended := ch.cmd.Wait()
	usage := Usage{PeakBytes: ch.watch.peak(), Seconds: time.Since(ch.begun).Seconds()}
	var said *TaskError
	switch {
	case done || errors.As(err, &said):
		return usage, err
	case ctx.Err() != nil:
		return usage, ctx.Err()
	case errors.Is(err, errData):
		return usage, err
	}
	return usage, ch.failure(ended)
}

// errData marks an error of the caller's own Data function.
var errData = errors.New("sandbox data refused")

// listen reads messages until the result; done says that the task has come to its end, with or without an error.
func (ch *child) listen(c Call, result any) (done bool, err error) {
	for {
		kind, payload, err := readMessage(ch.news)
		if err != nil {
			return false, err
		}
		switch kind {
		case kindStep:
			ch.watch.step(string(payload))
			if c.OnStep != nil {
				c.OnStep(string(payload))
			}
		case kindData:
			ch.watch.step(ch.watch.current()) // what arrives is progress
			if c.Data == nil {
				return false, errMessage
			}
			if err := c.Data(payload); err != nil {
				return false, errors.Join(errData, err)
			}
		case kindResult:
			if result == nil {
				return true, nil
			}
			return true, json.Unmarshal(payload, result)
		case kindError:
			return true, &TaskError{Text: string(payload)}
		default:
			return false, errMessage
		}
	}
}

// failure explains an end without a result.
func (ch *child) failure(ended error) *Failure {
	f := &Failure{Reason: ch.watch.killedFor(), Step: ch.watch.current(), Output: ch.errors.String()}
	if f.Reason != "" {
		return f
	}
	f.Reason = Crashed
	var exit *exec.ExitError
	switch {
	case errors.As(ended, &exit) && outOfProcessorTime(exit):
		f.Reason = OutOfTime
	case ch.errors.hasOne("out of memory", "cannot allocate memory", "no memory for pdfium", "failed to allocate", "address space collisions"):
		f.Reason = OutOfMemory
	}
	return f
}

// tail keeps the first bytes that the child writes to its standard error: a crash names its cause first.
type tail struct{ b []byte }

const tailBytes = 4096

func (t *tail) Write(p []byte) (int, error) {
	if room := tailBytes - len(t.b); room > 0 {
		t.b = append(t.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

func (t *tail) hasOne(words ...string) bool {
	for _, w := range words {
		if bytes.Contains(t.b, []byte(w)) {
			return true
		}
	}
	return false
}

func (t *tail) String() string { return string(bytes.TrimSpace(t.b)) }

var _ io.Writer = (*tail)(nil)
