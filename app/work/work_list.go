package work

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// Store is what is read.
type Store interface {
	Body(ctx context.Context, v policy.Viewer, id council.ID) (council.Body, error)
	TroubledVersions(ctx context.Context, v policy.Viewer, body council.ID) ([]council.FileVersion, error)
	// VersionsWithFindings lists drafts with something that a clerk should look at.
	VersionsWithFindings(ctx context.Context, v policy.Viewer, body council.ID) ([]council.FileVersion, error)
	FailedSteps(ctx context.Context, v policy.Viewer, body council.ID) ([]council.ProcessingStep, error)
	BlobDamages(ctx context.Context) ([]council.BlobDamage, error)
	VersionsOfBlob(ctx context.Context, key council.BlobKey) ([]council.FileVersion, error)
	FileVersion(ctx context.Context, v policy.Viewer, id council.ID) (council.FileVersion, error)
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	File(ctx context.Context, v policy.Viewer, id council.ID) (council.File, error)
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	Meetings(ctx context.Context, v policy.Viewer, f council.MeetingFilter) ([]council.Meeting, error)
}

// Blockers tells what stands against the next publication of a meeting; the assembly takes it from app/meetings. Files that were
// refused are left out: they stand in the list by themselves.
type Blockers func(ctx context.Context, v policy.Viewer, meeting council.ID) ([]Blocker, error)

// Blocker is one thing that must be mended before publishing: a message key with pairs name, value.
type Blocker struct {
	Kind   string // meeting, file, preparation
	Object council.ID
	Key    string
	Args   []string
}

// Service answers.
type Service struct {
	Store    Store
	Blockers Blockers
	Clock    council.Clock
}

// What kind of trouble it is.
const (
	Refused    = "refused"    // the file cannot be accepted as it is
	Infected   = "infected"   // by the virus scanner
	Quarantine = "quarantine" // not scanned yet
	Failed     = "failed"     // a step failed, the file is readable
	Finding    = "finding"    // something that a clerk should look at before publishing
	Blocked    = "blocked"    // a publication that cannot go ahead
	Damaged    = "damaged"    // stored bytes are no longer what they were
)

// What the clerk can do about it: one thing for each.
const (
	DoAgain   = "again"   // POST /files/{id}/again
	DoReplace = "replace" // another file in its place, at the meeting
	DoOpen    = "open"    // look at it where it stands
	DoPrepare = "prepare" // the Body's settings of the mark
)

// Item is one thing that needs a hand. Problems are written as FileVersion.Problem.
type Item struct {
	Kind     string
	Action   string
	Object   council.ID // file, meeting or body, by Kind
	File     *council.File
	Paper    *council.Paper
	Step     string // which step failed
	Problems []string
	Key      string // of a blocker, with Args
	Args     []string
	Since    time.Time
}

// Group is what needs a hand for one meeting; Meeting is nil for what stands on no agenda.
type Group struct {
	Meeting *council.Meeting
	Items   []Item
}

// List is everything that needs a hand in the Body, or in all of which the viewer is clerk when body is empty. Who is no clerk of the
// Body is told that there is nothing; who is clerk of none, that it is not allowed.
func (s *Service) List(ctx context.Context, v policy.Viewer, body council.ID) ([]Group, error) {
	bodies := policy.ClerkBodies(v)
	switch {
	case !v.SignedIn():
		return nil, council.E(council.Unauthenticated, "error.unauthenticated")
	case body != "" && !policy.IsClerk(v, body):
		return nil, council.ErrNotFound()
	case body != "":
		bodies = []council.ID{body}
	case len(bodies) == 0:
		return nil, council.E(council.Forbidden, "error.forbidden")
	}
	c := &collector{s: s, v: v, files: map[council.ID]*fileFacts{}, groups: map[council.ID]*Group{}, meetings: map[council.ID]*council.Meeting{}}
	for _, b := range bodies {
		for _, collect := range []func(context.Context, council.ID) error{c.versions, c.steps, c.damages, c.findings, c.blockers} {
			if err := collect(ctx, b); err != nil {
				return nil, err
			}
		}
	}
	return c.sorted(), nil
}

// collector puts the list together. Everything is read with the viewer's own rights.
type collector struct {
	s        *Service
	v        policy.Viewer
	files    map[council.ID]*fileFacts
	groups   map[council.ID]*Group // by meeting, "" = none
	meetings map[council.ID]*council.Meeting
}

// fileFacts are what is known of one file; nil Newest = nothing to do about it (withdrawn, gone, not for this viewer).
type fileFacts struct {
	file    council.File
	paper   council.Paper
	newest  council.FileVersion
	meeting council.ID
	ok      bool
}

func (c *collector) add(meeting council.ID, it Item) {
	g := c.groups[meeting]
	if g == nil {
		g = &Group{Meeting: c.meetings[meeting]}
		c.groups[meeting] = g
	}
	g.Items = append(g.Items, it)
}

// sorted: meetings to come, the soonest first; then those that were, the latest first; then what stands on no agenda.
func (c *collector) sorted() []Group {
	now := c.s.Clock().Add(-24 * time.Hour) // a meeting of today is still to come
	rank := func(g Group) int {
		switch {
		case g.Meeting == nil:
			return 2
		case g.Meeting.Start.Before(now):
			return 1
		}
		return 0
	}
	out := make([]Group, 0, len(c.groups))
	for _, g := range c.groups {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b Group) int {
		if n := cmp.Compare(rank(a), rank(b)); n != 0 || a.Meeting == nil || b.Meeting == nil {
			return n
		}
		if rank(a) == 1 {
			a, b = b, a
		}
		return cmp.Or(a.Meeting.Start.Compare(b.Meeting.Start), cmp.Compare(a.Meeting.ID, b.Meeting.ID))
	})
	for _, g := range out {
		slices.SortStableFunc(g.Items, func(a, b Item) int {
			return cmp.Or(cmp.Compare(urgency[a.Kind], urgency[b.Kind]), a.Since.Compare(b.Since))
		})
	}
	return out
}

// urgency orders what stands under one meeting.
var urgency = map[string]int{Infected: 0, Damaged: 1, Blocked: 2, Refused: 3, Quarantine: 4, Finding: 5, Failed: 6}
