package provisioning

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Op is what a change does to a row.
type Op string

const (
	Added   Op = "added"
	Changed Op = "changed"
	Ended   Op = "ended" // an end was set, or the person locked
)

// change is one row before and after. Before is nil for a new one. After is never nil: master data is ended, not deleted.
type change struct {
	Before *record `json:",omitempty"`
	After  record
	line   int
}

func (c change) op() Op {
	switch {
	case c.Before == nil:
		return Added
	case c.Before.ends().IsZero() && !c.After.ends().IsZero():
		return Ended
	default:
		return Changed
	}
}

// Line is a change as people read it.
type Line struct {
	Op     Op
	Kind   Kind
	ID     council.ID
	Label  string
	Source int // line of the file; 0 = follows from another
	Fields []Field
}

// Field is one value that changes; Name ends the text key "import.field.<name>".
type Field struct{ Name, Before, After string }

// line renders the change; named gives names to ids.
func (c change) render(named func(council.ID) string) Line {
	out := Line{Op: c.op(), Kind: c.After.kind(), ID: c.After.stamp().ID, Label: c.After.label(named), Source: c.line}
	after := c.After.values(named)
	var before []value
	if c.Before != nil {
		before = c.Before.values(named)
	}
	for i, v := range after {
		was := ""
		if before != nil {
			was = before[i].text
		}
		if was != v.text && (before != nil || v.text != "nein") {
			out.Fields = append(out.Fields, Field{v.name, was, v.text})
		}
	}
	return out
}

// digest names what would be done, without ids that are made anew each time: what was shown is what is done, or it is shown again.
func digest(lines []Line) string {
	h := sha256.New()
	for _, l := range lines {
		id := l.ID
		if l.Op == Added {
			id = ""
		}
		fmt.Fprintf(h, "%q %q %q %q %q\n", l.Op, l.Kind, id, l.Label, l.Fields)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// apply writes the changes and keeps what is needed to take them back; call it in the transaction in which they were computed.
func (s *Service) apply(ctx context.Context, v policy.Viewer, body council.ID, source string, changes []change) (council.Import, error) {
	done := council.Import{Stamp: council.Stamp{ID: council.NewID(s.Clock())}, Body: body, Source: source, Actor: v.Person()}
	if err := s.write(ctx, v, changes, "import", string(done.ID)); err != nil {
		return done, err
	}
	for _, c := range changes {
		switch c.op() {
		case Added:
			done.Added++
		case Ended:
			done.Ended++
		default:
			done.Changed++
		}
	}
	data, err := json.Marshal(changes)
	if err != nil {
		return done, err
	}
	done.Changes = data
	if err := s.Store.SaveImport(ctx, &done); err != nil {
		return done, err
	}
	return done, s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.ImportApply, "import", body, done.ID, "added", fmt.Sprint(done.Added),
		"changed", fmt.Sprint(done.Changed), "ended", fmt.Sprint(done.Ended)))
}

// write writes the changes in their order, ends the sessions of who may sign in no more, writes the log (details as in audit.Entry) and
// brings the public's read model along.
func (s *Service) write(ctx context.Context, v policy.Viewer, changes []change, details ...string) error {
	touched := map[council.ID]bool{}
	for i := range changes {
		c := &changes[i]
		if err := c.After.save(ctx, s.Store); err != nil {
			return err
		}
		if s.signsOut(c.Before, c.After) {
			if err := s.Sessions.EndPerson(ctx, c.After.Person.ID); err != nil {
				return err
			}
		}
		if c.public() {
			touched[c.After.body()] = true
		}
		if err := s.log(ctx, v, act(c.After.kind(), c.op()), c.After, details...); err != nil {
			return err
		}
	}
	return s.project(ctx, touched)
}

// public reports whether the public's read model says anything of what changes: not of roles, and not of accounts and locks.
func (c change) public() bool {
	a := c.After.Person
	if a == nil {
		return c.After.Grant == nil
	}
	if c.Before == nil {
		return false // a seat makes a person public, and is a change of its own
	}
	b := c.Before.Person
	return a.Name != b.Name || a.FamilyName != b.FamilyName || a.GivenName != b.GivenName || a.Title != b.Title || a.Gender != b.Gender
}

// signsOut: who is locked, or whose account becomes another one, has no session any more.
func (s *Service) signsOut(before *record, after record) bool {
	if before == nil || after.Person == nil {
		return false
	}
	locked := after.Person.Closed(s.Clock()) && !before.Person.Closed(s.Clock())
	return locked || before.Person.Account != "" && fold(before.Person.Account) != fold(after.Person.Account)
}

// log writes one line: which row, never what stands in it. A role says which one: that is what the log is asked for.
func (s *Service) log(ctx context.Context, v policy.Viewer, act string, r record, details ...string) error {
	if r.Grant != nil {
		details = append(details, "role", string(r.Grant.Role), "person", string(r.Grant.Person), "organization", string(r.Grant.Organization))
	}
	return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), act, string(r.kind()), r.body(), r.stamp().ID, details...))
}

// acts are the names in the log.
var acts = map[Kind]map[Op]string{
	KindBody:         {Added: audit.BodyAdd, Changed: audit.BodyChange},
	KindTerm:         {Added: audit.TermAdd, Changed: audit.TermChange, Ended: audit.TermEnd},
	KindOrganization: {Added: audit.OrganizationAdd, Changed: audit.OrganizationChange, Ended: audit.OrganizationEnd},
	KindPerson:       {Added: audit.PersonAdd, Changed: audit.PersonChange, Ended: audit.PersonLock},
	KindMembership:   {Added: audit.MembershipAdd, Changed: audit.MembershipChange, Ended: audit.MembershipEnd},
	KindGrant:        {Added: audit.GrantAdd, Changed: audit.GrantChange, Ended: audit.GrantEnd},
}

func act(k Kind, o Op) string { return acts[k][o] }

func (s *Service) project(ctx context.Context, bodies map[council.ID]bool) error {
	for b := range bodies {
		if err := s.Public.ProjectBody(ctx, b); err != nil {
			return err
		}
	}
	return nil
}
