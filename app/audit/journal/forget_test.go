package journal_test

import (
	"strings"
	"testing"
	"time"

	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/auth/policy"
)

// When lines' time is over their content goes, their hashes stay, and the log says so itself.
func TestExpiredLinesAreExpiredAndNotChanged(t *testing.T) {
	onBoth(t, func(b *book) {
		b.write(100) // 20 of each of five kinds
		b.sequence(100)
		first, err := b.Checkpoint(ctx)
		must(b.t, err)
		b.ahead.Add(int64(100 * 24 * time.Hour))
		b.write(50)
		b.sequence(50)
		if n, err := b.Expire(ctx); err != nil || n != 20 { // sign-ins after 90 days
			b.t.Fatalf("expired %d: %v", n, err)
		}
		if r := b.sound("after 100 days", first); r.Expired != 20 || r.Checked != 130 {
			b.t.Errorf("%+v", r)
		}
		b.sequence(1) // the line about it
		b.ahead.Add(int64(300 * 24 * time.Hour))
		if n, err := b.Expire(ctx); err != nil || n != 20+10 { // the first readings and the second sign-ins
			b.t.Fatalf("expired %d: %v", n, err)
		}
		b.sequence(2)
		b.ahead.Add(int64(10 * 366 * 24 * time.Hour))
		if n, err := b.Expire(ctx); err != nil || n != 100 { // all but the log's own
			b.t.Fatalf("expired %d: %v", n, err)
		}
		b.sequence(2) // of readings and of acts
		r := b.sound("after ten years", first)
		if r.Expired != 150 || r.Checked != 5 || r.Size != 155 {
			b.t.Errorf("%+v", r)
		}
		if n, err := b.Expire(ctx); err != nil || n != 0 {
			b.t.Errorf("the log's own lines expired: %d %v", n, err)
		}
		// What has expired is gone, and its places count as expired only because of the lines that say so.
		b.sql("DELETE FROM audit_entries WHERE act = ?", audit.Expire)
		if r := b.verify(first); r.Sound() || r.Findings[0].Kind != journal.Removed {
			b.t.Errorf("without the lines about expiry: %+v", r.Findings)
		}
	})
}

// A setting below thirty days does not take fresh lines away.
func TestNothingExpiresWithinAMonth(t *testing.T) {
	b := open(t, "sqlite:"+t.TempDir()+"/ris.db")
	b.Keep = journal.Keep{Readings: 1, SignIns: 1, Acts: 1}
	b.write(10)
	b.sequence(10)
	b.ahead.Add(int64(29 * 24 * time.Hour))
	if n, err := b.Expire(ctx); err != nil || n != 0 {
		t.Errorf("expired %d: %v", n, err)
	}
	b.Keep = journal.Keep{}
	b.ahead.Add(int64(1000 * 24 * time.Hour))
	if n, err := b.Expire(ctx); err != nil || n != 0 {
		t.Errorf("0 is for ever, expired %d: %v", n, err)
	}
}

// A person who was erased is in no line any more, the lines are, and the tree still fits; a name taken out by hand is found.
func TestAnErasedPersonIsInNoLine(t *testing.T) {
	onBoth(t, func(b *book) {
		b.write(60)
		b.sequence(60)
		before, err := b.Checkpoint(ctx)
		must(b.t, err)
		b.write(10) // not in the tree yet
		gone := b.persons[1].ID
		n, err := b.Veil(ctx, gone)
		if err != nil || n == 0 {
			b.t.Fatalf("%d lines, %v", n, err)
		}
		b.sequence(10)
		r := b.sound("after the erasure", before)
		if r.Veiled != int64(n) || r.Checked != 70 {
			b.t.Errorf("veiled %d of %d: %+v", r.Veiled, n, r)
		}
		var left int
		must(b.t, b.store.DB().QueryRow(`SELECT count(*) FROM audit_entries WHERE details LIKE '%`+string(gone)+`%' OR veils LIKE '%`+string(gone)+
			`%' OR CAST(actor AS TEXT) = '`+string(gone)+`' OR CAST(object AS TEXT) = '`+string(gone)+`'`).Scan(&left))
		if left != 0 {
			b.t.Errorf("%d lines still name the person", left)
		}
		// Two lines of the person cannot be tied to each other either.
		lines, err := b.store.AuditLines(ctx, 0, 100)
		must(b.t, err)
		seen := map[string]bool{}
		for _, l := range lines {
			for _, veil := range l.Veils {
				if seen[veil] || strings.Contains(veil, string(gone)) {
					b.t.Errorf("the veil %s stands twice", veil)
				}
				seen[veil] = true
			}
		}
		// The same done by hand to somebody whose key is still there.
		b.sql(`UPDATE audit_entries SET actor = NULL, veils = ? WHERE sequence = 0`, `{"actor":"`+b.tag(0)+`"}`)
		if r := b.verify(); len(r.Findings) != 1 || r.Findings[0].Kind != journal.Hidden || r.Findings[0].Place != 0 {
			b.t.Errorf("a name taken out by hand: %+v", r.Findings)
		}
		// And a veil that does not fit.
		b.sql(`UPDATE audit_entries SET veils = '{"actor":"00"}' WHERE sequence = 0`)
		if r := b.verify(); len(r.Findings) != 1 || r.Findings[0].Kind != journal.Changed {
			b.t.Errorf("a veil that does not fit: %+v", r.Findings)
		}
	})
}

// tag is the actor's tag of a line, as somebody with the keys of the database would compute it.
func (b *book) tag(place int64) string {
	b.t.Helper()
	lines, err := b.store.AuditLines(ctx, place, 1)
	must(b.t, err)
	keys, err := b.store.AuditKeys(ctx, nil)
	must(b.t, err)
	return journal.Tag(keys[lines[0].Actor], lines[0].ID, "actor", string(lines[0].Actor))
}

// Lines of other persons and of the system stay as they are.
func TestVeilingTouchesNobodyElse(t *testing.T) {
	b := open(t, "sqlite:"+t.TempDir()+"/ris.db")
	b.write(30)
	b.sequence(30)
	_, err := b.Veil(ctx, b.persons[1].ID)
	must(t, err)
	left, err := b.store.AuditEntries(ctx, policy.System("test"), auditOf(audit.FileRead))
	must(t, err)
	named := 0
	for _, e := range left {
		if e.Actor == b.persons[0].ID || e.Actor == b.persons[2].ID {
			named++
		}
	}
	if len(left) != 6 || named != 4 {
		t.Errorf("%d readings, %d of them of the others", len(left), named)
	}
}
