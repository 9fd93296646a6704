package sandbox

import (
	"context"
	"os"
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
