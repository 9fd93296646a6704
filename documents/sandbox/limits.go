package sandbox

import (
	"syscall"
	"time"
)

// Limits of one child. Zero values are replaced by the defaults.
type Limits struct {
	Resident int64         // bytes of resident memory at which the parent kills it; default 600 MB
	Address  int64         // bytes of address space (RLIMIT_AS); default 2 GiB: the runtime reserves much more than it uses
	Output   int64         // bytes of a file that it writes (RLIMIT_FSIZE); default 2 GiB
	Program  string        // started as the child; default /proc/self/exe: this program even when its file was replaced by an update
	Total    time.Duration // wall time of a task; default 10 minutes. Processor time is limited to the same and 30 s.
}

func (l Limits) withDefaults() Limits {
	if l.Resident <= 0 {
		l.Resident = 600_000_000
	}
	if l.Address <= 0 {
		l.Address = 2 << 30
	}
	if l.Program == "" {
		l.Program = "/proc/self/exe"
	}
	l.Resident *= residentFactor
	l.Address += extraAddress
	if l.Output <= 0 {
		l.Output = 2 << 30
	}
	if l.Total <= 0 {
		l.Total = 10 * time.Minute
	}
	return l
}

// limitSelf sets the limits of the own process; none can be raised again by an unprivileged one.
func limitSelf(l Limits) error {
	processor := uint64(l.Total/time.Second) + 30
	for _, r := range []struct {
		resource int
		value    uint64
	}{
		{syscall.RLIMIT_AS, uint64(l.Address)},
		{syscall.RLIMIT_CPU, processor},
		{syscall.RLIMIT_FSIZE, uint64(l.Output)},
		{syscall.RLIMIT_NOFILE, 64},
		{syscall.RLIMIT_CORE, 0},
	} {
		if err := syscall.Setrlimit(r.resource, &syscall.Rlimit{Cur: r.value, Max: r.value}); err != nil {
			return err
		}
	}
	return nil
}
