package sandbox

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"time"
)

// Report says which walls stand on this machine, for `ris doctor` and the log at start.
type Report struct {
	Network     bool // no network: a namespace of its own without interfaces
	SystemCalls bool // the filter is in force: no files, sockets or programs
	Processes   bool // it sees no other process
	Limits      Limits
}

// Safe reports whether a child can reach no network: by namespace or by filter.
func (r Report) Safe() bool { return r.Network || r.SystemCalls }

const reportTask = "sandbox.report"

type reportResult struct {
	Seal Seal
	PID  int
}

// Report starts a child that only looks around.
func (p *Pool) Report(ctx context.Context) (Report, error) {
	var r reportResult
	if _, err := p.Run(ctx, Call{Task: reportTask}, &r); err != nil {
		return Report{}, err
	}
	return Report{Network: r.Seal.Network, SystemCalls: r.Seal.SystemCalls, Processes: r.PID == 1, Limits: p.limits}, nil
}

func init() {
	Register(reportTask, func(c *Child) (any, error) {
		s, err := c.Seal()
		return reportResult{Seal: s, PID: os.Getpid()}, err
	})
}

// ProgramReport says which walls stand around outside programs.
type ProgramReport struct {
	Files bool // it has a root of its own: no file of the service can be seen
}

// ReportProgram runs a program that only looks around.
func ReportProgram(ctx context.Context) (ProgramReport, error) {
	work, err := os.MkdirTemp("", "ris-report-")
	if err != nil {
		return ProgramReport{}, err
	}
	defer os.RemoveAll(work)
	var out bytes.Buffer
	_, err = Program{Path: "/bin/sh", Args: []string{"-c", "pwd; ls /"}, Env: []string{"PATH=/usr/bin:/bin"}, Work: work, Memory: true, Stdout: &out, Total: 20 * time.Second}.Run(ctx)
	lines := strings.Fields(out.String())
	return ProgramReport{Files: len(lines) > 0 && lines[0] == "/work" && !slices.Contains(lines[1:], "root")}, err
}
