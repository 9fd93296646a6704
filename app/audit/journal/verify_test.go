package journal_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ris/app/audit/journal"
	"ris/app/council"
)

// Every alteration of the tables is found and named, in a log of 700 lines (more than one tile); then it is taken back.
func TestEveryAlterationIsFound(t *testing.T) {
	at := func(kind journal.Kind, places ...int64) func(*journal.Report) error {
		return func(r *journal.Report) error {
			var got []int64
			for _, f := range r.Findings {
				if f.Kind == kind {
					got = append(got, f.Place)
				}
			}
			if !slices.Equal(got, places) {
				return fmt.Errorf("%s at %v, want %v", kind, got, places)
			}
			return nil
		}
	}
	only := func(kind journal.Kind, places ...int64) func(*journal.Report) error {
		return func(r *journal.Report) error {
			if len(r.Findings) != len(places) {
				return fmt.Errorf("%d findings", len(r.Findings))
			}
			return at(kind, places...)(r)
		}
	}
	cases := []struct {
		name  string
		alter func(b *book)
		want  func(r *journal.Report) error
	}{
		{"another act", func(b *book) { b.sql("UPDATE audit_entries SET act = 'file.read' WHERE sequence = ?", 304) }, only(journal.Changed, 304)},
		{"another person", func(b *book) {
			b.sql("UPDATE audit_entries SET actor = ? WHERE sequence = ?", string(b.persons[0].ID), 5)
		}, only(journal.Changed, 5)},
		{"another moment", func(b *book) {
			b.sql("UPDATE audit_entries SET at = '2026-11-02T08:00:00.000000Z' WHERE sequence = 300")
		}, only(journal.Changed, 300)},
		{"another body", func(b *book) {
			b.sql("UPDATE audit_entries SET body = ? WHERE sequence = ?", string(b.persons[0].ID), 0)
		}, only(journal.Changed, 0)},
		{"another detail", func(b *book) { b.sql(`UPDATE audit_entries SET details = '{"reason":"anders"}' WHERE sequence = 699`) }, only(journal.Changed, 699)},
		{"a name taken out", func(b *book) { b.sql("UPDATE audit_entries SET actor = NULL WHERE sequence = 310") }, only(journal.Changed, 310)},
		{"a key made anew", func(b *book) {
			key := sha256.Sum256([]byte("another"))
			b.sql("UPDATE audit_person_keys SET secret = ? WHERE person = ?", key[:], string(b.persons[2].ID))
		}, func(r *journal.Report) error {
			if len(r.Findings) != 200 || !r.Truncated || r.Findings[0].Kind != journal.Changed {
				return errors.New("not every line of the person is found")
			}
			return nil
		}},
		{"a line removed", func(b *book) { b.sql("DELETE FROM audit_entries WHERE sequence = ?", 256) }, only(journal.Removed, 256)},
		{"the last line removed", func(b *book) { b.sql("DELETE FROM audit_entries WHERE sequence = ?", 699) }, only(journal.Removed, 699)},
		{"three removed", func(b *book) { b.sql("DELETE FROM audit_entries WHERE sequence IN (0, 255, 511)") }, only(journal.Removed, 0, 255, 511)},
		{"a line removed, those behind it moved up", func(b *book) {
			b.sql("DELETE FROM audit_entries WHERE sequence = ?", 690)
			for n := 691; n < 700; n++ {
				b.sql("UPDATE audit_entries SET sequence = sequence - 1 WHERE sequence = ?", n)
			}
		}, func(r *journal.Report) error {
			return errors.Join(at(journal.Removed, 690)(r), at(journal.Moved, 690, 691, 692, 693, 694, 695, 696, 697, 698)(r))
		}},
		{"a line inserted, those behind it moved down", func(b *book) {
			for n := 699; n >= 697; n-- {
				b.sql("UPDATE audit_entries SET sequence = sequence + 1 WHERE sequence = ?", n)
			}
			b.sql("INSERT INTO audit_entries (id, at, system, act, kind, details, veils, sequence) VALUES (?, '2026-11-02T08:30:00.000000Z', 'x', 'file.read', 'file', '', '', 697)",
				string(council.NewID(epoch)))
		}, func(r *journal.Report) error {
			return errors.Join(at(journal.Inserted, 697)(r), at(journal.Moved, 698, 699, 700)(r))
		}},
		{"a line put behind the end", func(b *book) {
			b.sql("INSERT INTO audit_entries (id, at, system, act, kind, details, veils, sequence) VALUES (?, '2026-11-02T08:30:00.000000Z', 'x', 'file.read', 'file', '', '', 5000)",
				string(council.NewID(epoch)))
		}, only(journal.Inserted, 5000)},
		{"two lines changed places", func(b *book) {
			b.sql("UPDATE audit_entries SET sequence = 9999 WHERE sequence = ?", 10)
			b.sql("UPDATE audit_entries SET sequence = 10 WHERE sequence = ?", 20)
			b.sql("UPDATE audit_entries SET sequence = 20 WHERE sequence = ?", 9999)
		}, only(journal.Moved, 10, 20)},
		{"a hash of a tile", func(b *book) {
			tile := b.tile(0, 1)
			tile[32*7] ^= 1
			b.sql("UPDATE audit_tiles SET data = ? WHERE level = 0 AND position = 1", tile)
		}, func(r *journal.Report) error {
			return errors.Join(at(journal.Changed, 263)(r), at(journal.Rewritten, 256, 0, 0)(r)) // its tile; the kept head; the root
		}},
		{"the head of the tree", func(b *book) {
			root := sha256.Sum256([]byte("another"))
			b.sql("UPDATE audit_tree SET root = ?", root[:])
		}, only(journal.Rewritten, 700)},
		{"a forged expiry of fresh lines", func(b *book) {
			b.sql("DELETE FROM audit_entries WHERE sequence IN (600, 601)")
			must(b.t, b.store.Audit(ctx, council.AuditEntry{At: b.now(), System: "retention", Act: "audit.expire", Kind: "log",
				Details: map[string]string{"class": "reading", "before": b.now().AddDate(0, 0, -40).Format(time.RFC3339), "places": "600-601"}}))
			b.sequence(1)
		}, only(journal.BadExpiry, 600, 601)},
		{"a forged expiry of lines up to today", func(b *book) {
			b.sql("DELETE FROM audit_entries WHERE sequence = 600")
			must(b.t, b.store.Audit(ctx, council.AuditEntry{At: b.now(), System: "retention", Act: "audit.expire", Kind: "log",
				Details: map[string]string{"class": "reading", "before": b.now().Format(time.RFC3339), "places": "600"}}))
			b.sequence(1)
		}, only(journal.BadExpiry, 600)},
	}
	onBoth(t, func(b *book) {
		b.write(700)
		b.sequence(700)
		kept, err := b.Checkpoint(ctx)
		must(b.t, err)
		if r := b.sound("before"); r.Checked != 700 || r.Compared != 1 || r.Root != kept.Root {
			b.t.Fatalf("before: %+v", r)
		}
		tables := []string{"audit_entries", "audit_tree", "audit_tiles", "audit_checkpoints", "audit_person_keys"}
		for _, table := range tables {
			b.sql("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table)
		}
		for _, c := range cases {
			b.t.Run(c.name, func(t *testing.T) {
				c.alter(b)
				r := b.verify()
				if err := c.want(r); err != nil {
					t.Errorf("%v: %+v", err, r.Findings)
				}
			})
			for _, table := range tables {
				b.sql("DELETE FROM " + table)
				b.sql("INSERT INTO " + table + " SELECT * FROM kept_" + table)
			}
		}
		b.sound("after all was taken back", kept)
	})
}

// tile reads a tile as it is stored.
func (b *book) tile(level, position int64) []byte {
	b.t.Helper()
	all, err := b.store.AuditTiles(ctx, level, position, 1)
	must(b.t, err)
	return all[0].Data
}

// Somebody with all the keys of the database writes a new consistent log, signed heads included. Only what was handed out tells.
func TestARewrittenLogIsToldByTheCheckpointAlone(t *testing.T) {
	onBoth(t, func(b *book) {
		b.write(300)
		b.sequence(300)
		first, err := b.Checkpoint(ctx)
		must(b.t, err)
		b.write(50)
		b.sequence(50)
		second, err := b.Checkpoint(ctx)
		must(b.t, err)
		b.write(20)
		b.sequence(20)
		b.sound("as it was", first, second)

		b.sql("UPDATE audit_entries SET act = 'meeting.withdraw' WHERE sequence = 320")
		b.sql("DELETE FROM audit_tiles")
		b.sql("DELETE FROM audit_tree")
		b.sql("DELETE FROM audit_checkpoints")
		b.sql("UPDATE audit_entries SET sequence = NULL")
		b.sequence(370)
		forged, err := b.Checkpoint(ctx)
		must(b.t, err)
		b.sound("the forged log by itself", forged)

		r := b.verify(first, second)
		if len(r.Findings) != 1 || r.Findings[0].Kind != journal.Rewritten || r.Findings[0].Place != 300 || r.Findings[0].Last != 349 {
			b.t.Errorf("with both checkpoints: %+v", r.Findings)
		}
		b.sql("DELETE FROM audit_entries WHERE sequence >= 340")
		b.sql("DELETE FROM audit_tiles")
		b.sql("DELETE FROM audit_tree")
		b.sql("DELETE FROM audit_checkpoints")
		b.sql("UPDATE audit_entries SET sequence = NULL")
		b.sequence(340)
		r = b.verify(second)
		if len(r.Findings) != 1 || r.Findings[0].Kind != journal.Cut {
			b.t.Errorf("a log cut at its end: %+v", r.Findings)
		}
	})
}

// A checkpoint is small, is taken as mail leaves it, and no other text or key passes.
func TestACheckpointIsSigned(t *testing.T) {
	b := open(t, "sqlite:"+t.TempDir()+"/ris.db")
	b.write(120)
	c, err := b.Checkpoint(ctx)
	must(t, err)
	t.Logf("a checkpoint of %d lines has %d bytes:\n%s%s", c.Size, len(c.Note), c.Note, c.Key)
	if len(c.Note) > 200 || c.Size != 120 {
		t.Errorf("%d lines, %d bytes", c.Size, len(c.Note))
	}
	for name, text := range map[string]string{"as it is": c.Note, "from a mail": "\n" + c.Note, "with CRLF": ""} {
		switch name {
		case "from a mail":
			text = c.Note + "\n\n"
		case "with CRLF":
			text = string(slices.Concat([]byte(nil), []byte(crlf(c.Note))))
		}
		got, err := b.Open(ctx, text, c.Key)
		if err != nil || got.Size != c.Size || got.Root != c.Root {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := open(t, "sqlite:"+t.TempDir()+"/ris.db")
	for name, text := range map[string]string{"empty": "", "another number": "ris/audit\n121" + c.Note[len("ris/audit\n120"):], "no signature": c.Note[:70]} {
		if _, err := b.Open(ctx, text, ""); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := other.Open(ctx, c.Note, ""); err == nil {
		t.Error("the checkpoint of another installation was accepted")
	}
}

func crlf(s string) string {
	var out []byte
	for i := range len(s) {
		if s[i] == '\n' {
			out = append(out, '\r')
		}
		out = append(out, s[i])
	}
	return string(out)
}

// The tree is the one of RFC 6962: tlog's own functions give the same root from the lines alone.
func TestTheTreeIsThatOfTheStandard(t *testing.T) {
	b := open(t, "sqlite:"+t.TempDir()+"/ris.db")
	for _, n := range []int{1, 254, 1, 1, 300, 513} { // over the edges of tiles
		b.write(n)
		b.sequence(n)
	}
	lines, err := b.store.AuditLines(ctx, 0, 2000)
	must(t, err)
	keys, err := b.store.AuditKeys(ctx, nil)
	must(t, err)
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, n := range indexes {
			out[i] = stored[n]
		}
		return out, nil
	})
	for i, l := range lines {
		h, err := journal.Hash(l, keys)
		must(t, err)
		more, err := tlog.StoredHashesForRecordHash(int64(i), h, reader)
		must(t, err)
		stored = append(stored, more...)
	}
	want, err := tlog.TreeHash(int64(len(lines)), reader)
	must(t, err)
	if r := b.sound("many sizes"); r.Root != want || r.Size != 1070 {
		t.Errorf("root %s of %d, want %s", r.Root, r.Size, want)
	}
}
