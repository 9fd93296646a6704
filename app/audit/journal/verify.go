package journal

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ris/app/audit"
	"ris/app/council"
)

// Finding is one thing that is wrong.
type Finding struct {
	Kind  Kind
	Place int64      // of the line in the tree, from 0; of a run of lines its first
	Last  int64      // its last
	Line  council.ID // "" where no line is left
	Act   string
	At    time.Time
	Note  string // what was seen
}

// Kind says what happened to a line.
type Kind string

// The kinds of findings.
const (
	Changed    Kind = "changed"    // what the line says is not what the tree holds
	Removed    Kind = "removed"    // the line is gone, and it has not expired
	Inserted   Kind = "inserted"   // the line was never put into the tree by the writer
	Moved      Kind = "moved"      // the line stands at another place than in the tree
	Hidden     Kind = "hidden"     // the person was taken out of the line without having been erased
	Rewritten  Kind = "rewritten"  // the hashes of these places are not those that were signed, or not those above them in the tree
	Cut        Kind = "cut"        // the tree is smaller than one that was signed
	BadExpiry  Kind = "bad_expiry" // lines are said to have expired that cannot have
	StandsLong Kind = "stands"     // lines wait for their place for longer than a minute: the writer does not run
)

// Report is what Verify has found.
type Report struct {
	Size      int64
	Root      tlog.Hash
	Checked   int64 // lines whose content was compared
	Expired   int64 // places whose line has expired
	Veiled    int64 // lines of persons who were erased
	Late      int64 // lines that got their place long after they were dated; a slow transaction, or a line dated back
	Waiting   int64 // lines that are not in the tree yet
	Compared  int   // checkpoints to which the tree was held
	Findings  []Finding
	Truncated bool // there are more findings than are listed
}

// Sound reports whether nothing is wrong.
func (r *Report) Sound() bool { return len(r.Findings) == 0 }

// mostFindings bounds the list: after a shift every line is one.
const mostFindings = 200

func (r *Report) found(f Finding) {
	if f.Last < f.Place {
		f.Last = f.Place
	}
	if len(r.Findings) >= mostFindings {
		r.Truncated = true
		return
	}
	r.Findings = append(r.Findings, f)
}

// lateness is how much older than the line before it a line may be dated without being counted.
const lateness = 10 * time.Minute

// checker walks through the log once.
type checker struct {
	*Journal
	r        *Report
	leaves   []tlog.Hash // as the tiles have them
	keys     map[council.ID][]byte
	expiries map[int64]expiry // by the place that has expired
	where    map[tlog.Hash]int64
	next     int64     // the place that comes next
	last     time.Time // when the line before was written
	odd      []odd
}

// odd is a line that is not what the tree has at its place.
type odd struct {
	line council.AuditLine
	hash tlog.Hash
	note string
}

// Verify compares every line with the tree and the tree with itself, with the signed heads that were kept, and with checkpoints from
// outside. It changes nothing and may run beside the service. progress is told how many lines were looked at; nil = nobody.
func (j *Journal) Verify(ctx context.Context, outside []Checkpoint, progress func(done, all int64)) (*Report, error) {
	head, err := j.Store.AuditTree(ctx)
	if err != nil {
		return nil, err
	}
	c := &checker{Journal: j, r: &Report{Size: head.Size}, expiries: map[int64]expiry{}}
	if c.r.Root, err = rootOf(head); err != nil {
		return nil, err
	}
	if err := c.hashes(ctx, head, outside); err != nil {
		return nil, err
	}
	if c.keys, err = j.Store.AuditKeys(ctx, nil); err != nil {
		return nil, err
	}
	if err := c.lines(ctx, progress); err != nil {
		return nil, err
	}
	c.name()
	if err := c.waiting(ctx); err != nil {
		return nil, err
	}
	return c.r, nil
}

// lines walks through all lines of the tree, in order.
func (c *checker) lines(ctx context.Context, progress func(done, all int64)) error {
	if err := c.loadExpiries(ctx); err != nil {
		return err
	}
	const some = 2000
	for from := int64(0); ; {
		lines, err := c.Store.AuditLines(ctx, from, some)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Sequence >= c.r.Size {
				continue // looked at below: perhaps the tree has grown meanwhile
			}
			c.gap(ctx, l.Sequence)
			c.line(l)
			c.next, from = l.Sequence+1, l.Sequence+1
		}
		if progress != nil {
			progress(c.next, c.r.Size)
		}
		if len(lines) < some || lines[len(lines)-1].Sequence >= c.r.Size {
			break
		}
	}
	c.gap(ctx, c.r.Size)
	return c.beyond(ctx)
}

// line compares one line with its hash in the tree.
func (c *checker) line(l council.AuditLine) {
	c.r.Checked++
	if l.At.Before(c.last.Add(-lateness)) {
		c.r.Late++
	} else if l.At.After(c.last) {
		c.last = l.At
	}
	h, err := Hash(l, c.keys)
	switch {
	case err != nil:
		c.odd = append(c.odd, odd{l, h, err.Error()})
	case h != c.leaves[l.Sequence]:
		c.odd = append(c.odd, odd{l, h, ""})
	case len(l.Veils) > 0:
		c.r.Veiled++
		c.veils(l)
	}
}

// veils: a place may be veiled only when nobody's key fits it, because the key goes with the person.
func (c *checker) veils(l council.AuditLine) {
	for name, t := range l.Veils {
		for person, key := range c.keys {
			if tag(key, l.ID, name, string(person)) == t {
				c.r.found(Finding{Kind: Hidden, Place: l.Sequence, Line: l.ID, Act: l.Act, At: l.At, Note: name + " is " + string(person)})
			}
		}
	}
}

// gap looks at the places from next to before upTo, at which no line stands.
func (c *checker) gap(_ context.Context, upTo int64) {
	for n := c.next; n < upTo; n++ {
		e, expired := c.expiries[n]
		switch {
		case !expired:
			c.odd = append(c.odd, odd{line: council.AuditLine{Sequence: n}, note: "gone"})
		case !e.sound() || c.last.After(e.before.Add(lateness)):
			c.r.found(Finding{Kind: BadExpiry, Place: n, Note: fmt.Sprintf("the line at place %d says that lines before %s expired; this one is not that old",
				e.place, e.before.Format(time.DateOnly))})
		default:
			c.r.Expired++
		}
	}
}

// loadExpiries reads which places are said to have expired. Lines about expiry are part of the tree like all others.
func (c *checker) loadExpiries(ctx context.Context) error {
	said, err := c.Store.AuditLinesByAct(ctx, audit.Expire)
	if err != nil {
		return err
	}
	for _, l := range said {
		before, _ := time.Parse(time.RFC3339, l.Details["before"])
		e := expiry{class: audit.Class(l.Details["class"]), written: l.At, before: before, place: l.Sequence}
		if err := unpack(l.Details["places"], c.r.Size, func(n int64) { c.expiries[n] = e }); err != nil {
			c.r.found(Finding{Kind: BadExpiry, Place: l.Sequence, Line: l.ID, Act: l.Act, At: l.At, Note: "its list of places cannot be read"})
		}
	}
	return nil
}

// beyond: lines at places that the tree does not have. The tree may have grown since it was read; then it has them now.
func (c *checker) beyond(ctx context.Context) error {
	lines, err := c.Store.AuditLines(ctx, c.r.Size, mostFindings+1)
	if err != nil || len(lines) == 0 {
		return err
	}
	now, err := c.Store.AuditTree(ctx)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Sequence >= now.Size {
			h, _ := Hash(l, c.keys)
			c.odd = append(c.odd, odd{l, h, "its place lies behind the end of the tree"})
		}
	}
	return nil
}

func (c *checker) waiting(ctx context.Context) (err error) {
	var oldest time.Time
	if c.r.Waiting, oldest, err = c.Store.AuditWaiting(ctx); err == nil && c.r.Waiting > 0 && c.Clock().Sub(oldest) > time.Hour {
		c.r.found(Finding{Kind: StandsLong, Place: c.r.Size, Last: c.r.Size + c.r.Waiting - 1, At: oldest, Note: "lines wait for their place in the tree"})
	}
	return err
}

// name says what happened at the odd places: a hash that stands elsewhere is a line that was moved by what was removed or inserted.
func (c *checker) name() {
	if len(c.odd) == 0 {
		return
	}
	c.where = make(map[tlog.Hash]int64, len(c.leaves))
	for n, h := range c.leaves {
		c.where[h] = int64(n)
	}
	stands := map[tlog.Hash]bool{} // hashes of lines that are there, at whatever place
	for _, o := range c.odd {
		stands[o.hash] = true
	}
	for _, o := range c.odd {
		f := Finding{Place: o.line.Sequence, Line: o.line.ID, Act: o.line.Act, At: o.line.At, Note: o.note}
		behind := o.line.Sequence >= c.r.Size
		original := !behind && stands[c.leaves[o.line.Sequence]] // the line that belongs here stands at another place
		at, known := c.where[o.hash]
		switch {
		case o.note == "gone" && original:
			continue // its line is reported where it stands
		case o.note == "gone":
			f.Kind, f.Note = Removed, ""
		case known:
			f.Kind, f.Note = Moved, fmt.Sprintf("it belongs at place %d", at)
			if !original && !behind { // and the line that stood here is nowhere
				c.r.found(Finding{Kind: Removed, Place: o.line.Sequence})
			}
		case original || behind:
			f.Kind = Inserted
		default:
			f.Kind = Changed
		}
		c.r.found(f)
	}
}
