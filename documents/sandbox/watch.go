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
	limit   time.Duration // of the step; 0 = bounded by the total only
	since   time.Time     // the step's begin
	used    time.Duration // processor time of the child so far
	usedAt  time.Duration // and at the step's begin
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
	w.now, w.limit, w.since, w.usedAt = name, w.steps[name], time.Now(), w.used
}

// patience is how many times its wall time a step may take while the machine gives it no processor: a good file must not be
// refused because the house is busy.
const patience = 6

// overStep: the step has had its time, and has used at least half of it, or there is no hope that it will.
func (w *watch) overStep(at time.Time) bool {
	took := at.Sub(w.since)
	idle := w.used-w.usedAt < took/20 // it waits for something, not for a processor
	return w.limit > 0 && took > w.limit && (idle || w.used-w.usedAt > w.limit/2 || took > patience*w.limit)
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
func (w *watch) verdict(resident int64, used time.Duration, at time.Time) Reason {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.highest = max(w.highest, resident)
	w.used = max(w.used, used)
	switch {
	case resident > w.limits.Resident:
		w.killed = OutOfMemory
	case at.After(w.end), w.overStep(at):
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
			if ch.watch.verdict(residentBytes(ch.cmd.Process.Pid), processorTime(ch.cmd.Process.Pid), at) != "" {
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

// processorTime reads utime and stime of /proc/PID/stat (proc(5)); 0 when the process is gone.
func processorTime(pid int) time.Duration {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	const utime, stime, tick = 14 - 3, 15 - 3, time.Second / 100 // USER_HZ is 100 on all of Linux's machines
	fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])    // the name before it may hold blanks
	if len(fields) <= stime {
		return 0
	}
	u, _ := strconv.ParseInt(string(fields[utime]), 10, 64)
	s, _ := strconv.ParseInt(string(fields[stime]), 10, 64)
	return time.Duration(u+s) * tick
}
