package journal_test

import (
	"os"
	"testing"
	"time"
)

// TestOf200000Lines prints what writing, sequencing and verifying cost; long: RIS_LONG=1.
func TestOf200000Lines(t *testing.T) {
	if os.Getenv("RIS_LONG") == "" {
		t.Skip("long: RIS_LONG=1")
	}
	onBoth(t, func(b *book) {
		const all = 200_000
		start := time.Now()
		for range all / 5000 {
			b.write(5000)
		}
		wrote := time.Since(start)
		start = time.Now()
		b.sequence(all)
		sequenced := time.Since(start)
		c, err := b.Checkpoint(ctx)
		must(b.t, err)
		start = time.Now()
		r := b.sound("all", c)
		took := time.Since(start)
		b.sql("UPDATE audit_entries SET act = 'x' WHERE sequence = 123456")
		if bad := b.verify(); len(bad.Findings) != 1 || bad.Findings[0].Place != 123456 {
			b.t.Errorf("%+v", bad.Findings)
		}
		b.t.Logf("%s: %d lines written in %s (%.0f/s), placed in %s (%.0f/s), %d verified in %s; checkpoint %d bytes", b.store.Dialect(), all,
			wrote.Round(time.Millisecond), all/wrote.Seconds(), sequenced.Round(time.Millisecond), all/sequenced.Seconds(), r.Checked, took.Round(time.Millisecond), len(c.Note))
	})
}
