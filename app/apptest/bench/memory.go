package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// gauge watches a process and its children by /proc: the most memory that each held, and the processor time of all.
type gauge struct {
	pid    int
	stop   chan struct{}
	ended  chan struct{}
	server int64 // bytes resident at the most (VmHWM)
	child  int64 // of one child
	all    int64 // of all children at one moment
}

func watch(pid int) *gauge {
	g := &gauge{pid: pid, stop: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(g.ended)
		for {
			g.look()
			select {
			case <-g.stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return g
}

func (g *gauge) end() { close(g.stop); <-g.ended }

func (g *gauge) look() {
	g.server = max(g.server, status(g.pid)["VmHWM"])
	var sum int64
	for _, pid := range below(g.pid) {
		resident := status(pid)["VmRSS"]
		g.child, sum = max(g.child, resident), sum+resident
	}
	g.all = max(g.all, sum)
}

// below are the children of a process and theirs.
func below(pid int) (out []int) {
	names, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, name := range names {
		b, _ := os.ReadFile(name)
		for field := range strings.FieldsSeq(string(b)) {
			if child, err := strconv.Atoi(field); err == nil {
				out = append(append(out, child), below(child)...)
			}
		}
	}
	return out
}

// status reads the lines of /proc/PID/status that count kB, as bytes; empty when the process is gone.
func status(pid int) map[string]int64 {
	out := map[string]int64{}
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		name, rest, _ := strings.Cut(line, ":")
		if f := strings.Fields(rest); len(f) == 2 && f[1] == "kB" {
			n, _ := strconv.ParseInt(f[0], 10, 64)
			out[name] = n << 10
		}
	}
	return out
}

// processorTime of a process and of its children that have ended (proc(5): utime, stime, cutime, cstime in hundredths of a second).
func processorTime(pid int) time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(b), ") ")
	var ticks int64
	if f := strings.Fields(rest); len(f) > 14 {
		for _, field := range f[11:15] {
			n, _ := strconv.ParseInt(field, 10, 64)
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}
