package work

import (
	"context"
	"strings"
	"time"

	"ris/app/council"
)

// The problems that are told apart here; app/papers writes them.
const (
	problemInfected = "file.refused.infected"
	problemScan     = "file.scan."
	problemFailed   = "file.problem." // ours and not the file's: trying again may help
)

func gone(err error) bool { return err != nil && council.KindOf(err) == council.NotFound }

// file loads what is known of a file, once.
func (c *collector) file(ctx context.Context, id council.ID) (*fileFacts, error) {
	if f := c.files[id]; f != nil {
		return f, nil
	}
	f := &fileFacts{}
	c.files[id] = f
	var err error
	if f.file, err = c.s.Store.File(ctx, c.v, id); gone(err) || err == nil && f.file.State == council.Withdrawn {
		return f, nil
	} else if err != nil {
		return f, err
	}
	if f.paper, err = c.s.Store.Paper(ctx, c.v, f.file.Paper); gone(err) || err == nil && f.paper.State == council.Withdrawn {
		return f, nil
	} else if err != nil {
		return f, err
	}
	versions, err := c.s.Store.FileVersions(ctx, c.v, id)
	if err != nil {
		return f, err
	}
	for _, v := range versions {
		if v.Number > f.newest.Number {
			f.newest = v
		}
	}
	f.meeting, err = c.meetingOf(ctx, f.paper.ID)
	f.ok = f.newest.Number > 0
	return f, err
}

// meetingOf is the soonest meeting to come on whose agenda the paper stands, else the latest; empty = none.
func (c *collector) meetingOf(ctx context.Context, paper council.ID) (council.ID, error) {
	on, err := c.s.Store.Consultations(ctx, council.ConsultationFilter{Paper: paper})
	if err != nil {
		return "", err
	}
	today := c.s.Clock().Add(-24 * time.Hour)
	var best *council.Meeting
	for _, stop := range on {
		m, err := c.meeting(ctx, stop.Meeting)
		if err != nil {
			return "", err
		}
		if m == nil {
			continue
		}
		future, was := !m.Start.Before(today), best != nil && !best.Start.Before(today)
		if best == nil || future && (!was || m.Start.Before(best.Start)) || !future && !was && m.Start.After(best.Start) {
			best = m
		}
	}
	if best == nil {
		return "", nil
	}
	return best.ID, nil
}

// meeting loads one, once; nil = there is none for this viewer.
func (c *collector) meeting(ctx context.Context, id council.ID) (*council.Meeting, error) {
	if id == "" {
		return nil, nil
	}
	if m, known := c.meetings[id]; known {
		return m, nil
	}
	m, err := c.s.Store.Meeting(ctx, c.v, id)
	if gone(err) || err == nil && m.State == council.Withdrawn {
		c.meetings[id] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.meetings[id] = &m
	return &m, nil
}

// versions: what was refused, waits in quarantine, or has a problem; only the newest version of a file counts.
func (c *collector) versions(ctx context.Context, body council.ID) error {
	all, err := c.s.Store.TroubledVersions(ctx, c.v, body)
	if err != nil {
		return err
	}
	for _, v := range all {
		f, err := c.file(ctx, v.File)
		if err != nil {
			return err
		}
		if !f.ok || f.newest.ID != v.ID || v.Problem == "" {
			continue // somebody is at it, or it does not matter any more
		}
		it := Item{Object: v.File, File: &f.file, Paper: &f.paper, Problems: []string{v.Problem}, Since: v.Modified}
		switch {
		case v.Problem == problemInfected:
			it.Kind, it.Action = Infected, DoReplace
		case strings.HasPrefix(v.Problem, problemScan):
			it.Kind, it.Action = Quarantine, DoAgain
		case v.Processing == council.Refused && !strings.HasPrefix(v.Problem, problemFailed):
			it.Kind, it.Action = Refused, DoReplace
		case v.Processing == council.Refused:
			it.Kind, it.Action = Refused, DoAgain
		default:
			it.Kind, it.Action = Failed, DoAgain
		}
		c.add(f.meeting, it)
	}
	return nil
}

// steps: what failed on versions that are readable all the same; one item for a file.
func (c *collector) steps(ctx context.Context, body council.ID) error {
	all, err := c.s.Store.FailedSteps(ctx, c.v, body)
	if err != nil {
		return err
	}
	of := map[council.ID]*Item{}
	var order []council.ID
	for _, p := range all {
		v, err := c.s.Store.FileVersion(ctx, c.v, p.Version)
		if gone(err) {
			continue
		}
		if err != nil {
			return err
		}
		f, err := c.file(ctx, v.File)
		if err != nil {
			return err
		}
		if !f.ok || f.newest.ID != v.ID || v.Problem != "" || !v.Processing.Ready() || p.State != council.StepFailed {
			continue
		}
		it := of[v.File]
		if it == nil {
			it = &Item{Kind: Failed, Action: DoAgain, Object: v.File, File: &f.file, Paper: &f.paper, Step: p.Name, Since: p.Ended}
			of[v.File] = it
			order = append(order, v.File)
		}
		it.Problems = append(it.Problems, p.Problem)
	}
	for _, id := range order {
		c.add(c.files[id].meeting, *of[id])
	}
	return nil
}

// damages: stored bytes that were found changed.
func (c *collector) damages(ctx context.Context, body council.ID) error {
	all, err := c.s.Store.BlobDamages(ctx)
	if err != nil {
		return err
	}
	seen := map[council.ID]bool{}
	for _, d := range all {
		if !d.Healed.IsZero() {
			continue
		}
		versions, err := c.s.Store.VersionsOfBlob(ctx, d.BlobKey)
		if err != nil {
			return err
		}
		for _, v := range versions {
			if v.Body != body || seen[v.File] {
				continue
			}
			f, err := c.file(ctx, v.File)
			if err != nil {
				return err
			}
			if !f.ok || f.newest.ID != v.ID {
				continue
			}
			seen[v.File] = true
			c.add(f.meeting, Item{Kind: Damaged, Action: DoReplace, Object: v.File, File: &f.file, Paper: &f.paper,
				Problems: []string{"work.damaged"}, Since: d.Found})
		}
	}
	return nil
}

// findings: what a clerk should look at in uploads that are not published yet.
func (c *collector) findings(ctx context.Context, body council.ID) error {
	all, err := c.s.Store.VersionsWithFindings(ctx, c.v, body)
	if err != nil {
		return err
	}
	for _, v := range all {
		f, err := c.file(ctx, v.File)
		if err != nil {
			return err
		}
		if f.ok && f.newest.ID == v.ID && v.Processing.Ready() {
			c.add(f.meeting, Item{Kind: Finding, Action: DoOpen, Object: v.File, File: &f.file, Paper: &f.paper, Problems: v.Findings, Since: v.Modified})
		}
	}
	return nil
}

// soonMeetings is how many of the meetings to come are asked what stands against their publication.
const soonMeetings = 12

// blockers: what stands against publications, of meetings that are to come or that somebody has asked to publish; and what their
// unpublished files should be looked at for.
func (c *collector) blockers(ctx context.Context, body council.ID) error {
	all, err := c.s.Store.Meetings(ctx, c.v, council.MeetingFilter{Body: body, From: c.s.Clock().Add(-24 * time.Hour)})
	if err != nil {
		return err
	}
	if len(all) > soonMeetings {
		all = all[len(all)-soonMeetings:] // the latest start comes first
	}
	for _, m := range all {
		if m.State == council.Withdrawn {
			continue
		}
		if c.meetings[m.ID] == nil {
			c.meetings[m.ID] = &m
		}
		found, err := c.s.Blockers(ctx, c.v, m.ID)
		if err != nil {
			return err
		}
		for _, b := range found {
			it := Item{Kind: Blocked, Action: DoOpen, Object: m.ID, Key: b.Key, Args: b.Args, Since: m.Modified}
			if b.Kind == "preparation" {
				it.Action, it.Object = DoPrepare, b.Object
			}
			c.add(m.ID, it)
		}
	}
	return nil
}
