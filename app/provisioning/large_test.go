package provisioning_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// A table of 10,000 lines is looked at, taken over, looked at again and taken back; the figures are printed. Everything grows with the lines
// and not with their square: a look takes seconds, the rest half a minute each (make test-long).
func TestTenThousandLines(t *testing.T) {
	if os.Getenv("RIS_LONG") == "" {
		t.Skip("RIS_LONG=1 takes about 90 seconds")
	}
	const n = 10_000
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
	done := o.take(system, b.String())
	taken := time.Since(start)
	if p := o.file(system, b.String()); len(p.Lines) != 0 || p.Same != n {
		t.Errorf("once more: %d changes", len(p.Lines))
	}
	start = time.Now()
	if _, err := o.Undo(ctx, system, done.ID); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d lines: looked at in %.1f s, taken over in %.1f s (with a second look), taken back in %.1f s", n, looked.Seconds(), taken.Seconds(), time.Since(start).Seconds())
}
