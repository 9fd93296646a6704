package annotations_test

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"

	"ris/app/annotations"
	"ris/app/apptest/halltest"
	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/sandbox"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// desk is one published file and a person with devices.
type desk struct {
	t    *testing.T
	h    *halltest.Hall
	v    policy.Viewer
	base council.Annotation
	n    int
}

func open(t *testing.T, dsn string) *desk {
	h := halltest.Open(t, dsn)
	m := h.Meeting()
	p, f := h.Paper(h.Item(m.ID, "Punkt", false).ID, "Vorlage", halltest.Texts("Wort", 2)...)
	h.Publish(m.ID)
	now, err := h.Store.File(ctx, h.As(h.Town.Clerk), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, h: h, v: h.As(h.Town.MainMember), base: council.Annotation{Paper: p.ID, File: f.ID, Version: now.Current,
		Kind: "note", Page: 1, Quads: [][4]float64{{1, 2, 3, 4}}, Quote: "Wort", Body: "erste Notiz", Style: "yellow"}}
}

// send sends one operation under a fresh id and gives its result.
func (d *desk) send(op annotations.Op) council.SyncResult {
	d.t.Helper()
	if op.OpID == "" {
		d.n++
		op.OpID = string(council.NewID(d.h.Now()))
	}
	a, err := d.h.Annotations.Sync(ctx, d.v, "", []annotations.Op{op})
	if err != nil {
		d.t.Fatal(err)
	}
	return a.Results[0]
}

func (d *desk) mark(body string) *council.Annotation {
	m := d.base
	m.Body = body
	return &m
}

func (d *desk) stored(id council.ID) council.Annotation {
	d.t.Helper()
	m, err := d.h.Store.Annotation(ctx, d.v, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

func TestTheRulesOfSync(t *testing.T) {
	for name, dsn := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return storetest.Postgres(t) }} {
		t.Run(name, func(t *testing.T) {
			d := open(t, dsn())
			id := council.NewID(d.h.Now())
			first := annotations.Op{OpID: "op-1", ID: id, Mark: d.mark("erste Notiz")}
			if r := d.send(first); r.Status != "ok" || r.Rev != 1 {
				t.Fatalf("new mark: %+v", r)
			}
			if r := d.send(first); r.Status != "ok" || r.Rev != 1 || d.stored(id).Revision != 1 {
				t.Errorf("the same operation again: %+v, revision %d", r, d.stored(id).Revision)
			}
			if r := d.send(annotations.Op{ID: id, BaseRev: 1, Mark: d.mark("zweite")}); r.Status != "ok" || r.Rev != 2 {
				t.Errorf("edit: %+v", r)
			}
			r := d.send(annotations.Op{ID: id, BaseRev: 1, Mark: d.mark("vom anderen Gerät")})
			if r.Status != "copy" || r.Copy == "" || d.stored(r.Copy).Body != "vom anderen Gerät" || d.stored(id).Body != "zweite" {
				t.Errorf("edit against edit: %+v", r)
			}
			if r := d.send(annotations.Op{ID: id, BaseRev: 1, Mark: d.mark("zweite")}); r.Status != "ok" {
				t.Errorf("the same edit on two devices needs no copy: %+v", r)
			}
			if r := d.send(annotations.Op{ID: id, BaseRev: 1, Deleted: true}); r.Status != "ok" || !d.stored(id).DeletedAt.IsZero() {
				t.Errorf("delete against edit: the edit must win: %+v", r)
			}
			if r := d.send(annotations.Op{ID: id, BaseRev: 2, Deleted: true}); r.Status != "ok" || d.stored(id).DeletedAt.IsZero() || d.stored(id).Body != "" {
				t.Errorf("delete: %+v %+v", r, d.stored(id))
			}
			if r := d.send(annotations.Op{ID: id, BaseRev: 1, Mark: d.mark("doch noch")}); r.Status != "ok" || !d.stored(id).DeletedAt.IsZero() || d.stored(id).Body != "doch noch" {
				t.Errorf("an edit brings a deleted mark back: %+v", r)
			}
			if r := d.send(annotations.Op{ID: council.NewID(d.h.Now()), Deleted: true}); r.Status != "ok" {
				t.Errorf("deleting what never arrived: %+v", r)
			}
			for what, bad := range map[string]annotations.Op{
				"a page that is not there": {ID: council.NewID(d.h.Now()), Mark: func() *council.Annotation { m := d.base; m.Page = 3; return &m }()},
				"another file's version":   {ID: council.NewID(d.h.Now()), Mark: func() *council.Annotation { m := d.base; m.File = d.h.Town.Body; return &m }()},
				"nothing":                  {ID: council.NewID(d.h.Now())},
				"no id":                    {ID: "x", Mark: d.mark("x")},
			} {
				if r := d.send(bad); r.Status != "refused" || r.Problem == "" {
					t.Errorf("%s: %+v", what, r)
				}
			}
		})
	}
}

// TestMarksAreNobodyElses: neither seen, nor changed, nor made where one may not read; all as if there were nothing.
func TestMarksAreNobodyElses(t *testing.T) {
	d := open(t, "")
	id := council.NewID(d.h.Now())
	d.send(annotations.Op{ID: id, Mark: d.mark("geheim")})
	for who, person := range d.h.Town.Everybody() {
		if person == d.h.Town.MainMember {
			continue
		}
		v := d.h.As(person)
		a, err := d.h.Annotations.Sync(ctx, v, "", []annotations.Op{{OpID: "1-" + who, ID: id, BaseRev: 1, Deleted: true},
			{OpID: "2-" + who, ID: id, BaseRev: 1, Mark: d.mark("gekapert")}})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range a.Changes {
			if c.Owner != person || c.Body == "geheim" {
				t.Errorf("%s sees %+v", who, c)
			}
		}
		if a.Results[1].Status != "refused" || a.Results[1].Problem != "error.not_found" {
			t.Errorf("%s takes over the id: %+v", who, a.Results[1])
		}
		own := council.NewID(d.h.Now())
		_, readable := d.h.Store.FileVersion(ctx, v, d.base.Version)
		a, err = d.h.Annotations.Sync(ctx, v, a.Cursor, []annotations.Op{{OpID: "3-" + who, ID: own, Mark: d.mark("eigenes")}})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Results[0]; (got.Status == "ok") != (readable == nil) || readable != nil && got.Problem != "error.not_found" {
			t.Errorf("%s marks a version (%v): %+v", who, readable, got)
		}
	}
	if m := d.stored(id); m.Body != "geheim" || m.Revision != 1 {
		t.Errorf("the mark was changed: %+v", m)
	}
}

// TestDevicesConverge: three devices edit and delete in any order, with lost answers; in the end all have the same, and no text
// of an edit that was accepted and never overwritten by a later one on top of it is lost.
func TestDevicesConverge(t *testing.T) {
	d := open(t, "")
	type known struct {
		rev     int64
		deleted bool
		body    string
	}
	type device struct {
		cursor string
		marks  map[council.ID]known
	}
	devices := []*device{{marks: map[council.ID]known{}}, {marks: map[council.ID]known{}}, {marks: map[council.ID]known{}}}
	random := rand.New(rand.NewPCG(1, 2))
	pull := func(dev *device, ops []annotations.Op) annotations.Answer {
		a, err := d.h.Annotations.Sync(ctx, d.v, dev.cursor, ops)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	take := func(dev *device, a annotations.Answer) {
		dev.cursor = a.Cursor
		for _, c := range a.Changes {
			dev.marks[c.ID] = known{c.Revision, !c.DeletedAt.IsZero(), c.Body}
		}
	}
	for step := range 150 {
		dev := devices[random.IntN(len(devices))]
		op := annotations.Op{OpID: string(council.NewID(d.h.Now())), ID: council.NewID(d.h.Now()), Mark: d.mark("neu " + string(rune('a'+step%26)))}
		if random.IntN(3) > 0 {
			for id, k := range dev.marks { // any mark that this device knows
				op.ID, op.BaseRev = id, k.rev
				if random.IntN(4) == 0 {
					op.Deleted, op.Mark = true, nil
				}
				break
			}
		}
		a := pull(dev, []annotations.Op{op})
		if random.IntN(4) == 0 {
			again := pull(dev, []annotations.Op{op}) // the answer was lost: sent again
			if again.Results[0].Rev != a.Results[0].Rev || again.Results[0].Copy != a.Results[0].Copy {
				t.Fatalf("step %d: another answer to the same operation: %+v, %+v", step, a.Results[0], again.Results[0])
			}
			a = again
		}
		if random.IntN(3) > 0 {
			take(dev, a)
		}
	}
	for _, dev := range devices {
		for {
			a := pull(dev, nil)
			take(dev, a)
			if !a.More {
				break
			}
		}
	}
	if len(devices[0].marks) < 20 {
		t.Fatalf("only %d marks", len(devices[0].marks))
	}
	for id, k := range devices[0].marks {
		for i, other := range devices[1:] {
			if other.marks[id] != k {
				t.Errorf("device %d has %+v of %s, device 0 %+v", i+1, other.marks[id], id, k)
			}
		}
	}
}
