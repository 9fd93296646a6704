package provisioning_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A table of 10,000 lines is looked at, taken over, looked at again and taken back; the figures are printed. Everything grows with the lines
// and not with their square (make test-long). RIS_LONG=2000 takes so many lines, for a profile.
func TestTenThousandLines(t *testing.T) {
	if os.Getenv("RIS_LONG") == "" {
		t.Skip("RIS_LONG=1 takes about a minute")
	}
	n := 10_000
	if some, err := strconv.Atoi(os.Getenv("RIS_LONG")); err == nil && some > 1 {
		n = some
	}
	o := open(t)
	o.take(system, town)
	var b strings.Builder
	b.WriteString("Nachname;Vorname;E-Mail;Gremium\n")
	for i := range n {
		fmt.Fprintf(&b, "Muster%d;Maria;maria%d@stadt.example;Bauausschuss\n", i, i)
	}
	start := time.Now()
	p := o.file(system, b.String())
	looked := time.Since(start)
	if looked > 30*time.Second {
		t.Errorf("a look takes %.1f s", looked.Seconds())
	}
	if len(p.Lines) != 2*n || len(p.Problems) != 0 {
		t.Fatalf("%d lines, %d problems", len(p.Lines), len(p.Problems))
	}
	start = time.Now()
	used := cpu()
	done := o.take(system, b.String())
	taken, takenCPU := time.Since(start), cpu()-used
	if p := o.file(system, b.String()); len(p.Lines) != 0 || p.Same != n {
		t.Errorf("once more: %d changes", len(p.Lines))
	}
	start, used = time.Now(), cpu()
	if _, err := o.Undo(ctx, system, done.ID); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines: looked at in %.1f s, taken over in %.1f s (with a second look; %.1f s of processor), taken back in %.1f s (%.1f s of processor)", n, looked.Seconds(),
		taken.Seconds(), takenCPU.Seconds(), time.Since(start).Seconds(), (cpu() - used).Seconds())
}

// cpu is the processor's time of this process: what a busy machine does not change.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
