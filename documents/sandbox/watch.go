package sandbox

import (
	"bytes"
	"context"
	"os"
	"strconv"
	"sync"
	"time"
)

// lookEvery is how often the parent reads the child's memory.
const lookEvery = 50 * time.Millisecond

// watch holds what the parent knows of a running child.
type watch struct {
	mu      sync.Mutex
	limits  Limits
	steps   map[string]time.Duration
	now     string
	stepEnd time.Time // zero = bounded by the total only
	end     time.Time
	highest int64
	killed  Reason
}

func (w *watch) begin(steps map[string]time.Duration, limits Limits) {
	w.steps, w.limits = steps, limits
	w.end = time.Now().Add(limits.Total)
	w.step("")
}

func (w *watch) step(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now, w.stepEnd = name, time.Time{}
	if d := w.steps[name]; d > 0 {
		w.stepEnd = time.Now().Add(d)
	}
}

func (w *watch) current() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) peak() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.highest
}

func (w *watch) killedFor() Reason {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.killed
}

// verdict takes a measurement and says whether the child has to go.
func (w *watch) verdict(resident int64, at time.Time) Reason {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.highest = max(w.highest, resident)
	switch {
	case resident > w.limits.Resident:
		w.killed = OutOfMemory
	case at.After(w.end), !w.stepEnd.IsZero() && at.After(w.stepEnd):
		w.killed = OutOfTime
	}
	return w.killed
}

// guard looks at the child until over is closed; it kills it at a limit or when nobody waits for it any more.
func (ch *child) guard(ctx context.Context, over <-chan struct{}) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-ctx.Done():
			_ = ch.cmd.Process.Kill()
			return
		case at := <-tick.C:
			if ch.watch.verdict(residentBytes(ch.cmd.Process.Pid), at) != "" {
				_ = ch.cmd.Process.Kill()
				return
			}
		}
	}
}

// residentBytes reads the second number of /proc/PID/statm (proc(5)); 0 when the process is gone.
func residentBytes(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(b)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
