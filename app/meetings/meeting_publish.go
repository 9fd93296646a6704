package meetings

import (
	"context"
	"errors"
	"time"

	"ris/app/audience"
	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
)

// PublishWait is how long Publish waits for the outcome before it answers that the publication is under way.
const PublishWait = 15 * time.Second

// errNotYet says that a publication still waits for its files.
var errNotYet = errors.New("files of the meeting are still being prepared")

// RequestPublish notes that the meeting shall be published and leaves the job behind. What stands against it is a Conflict
// that says what to do. Nothing is visible to anybody yet. When nothing would change, nothing is noted.
func (s *Service) RequestPublish(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Meeting, error) {
	var m council.Meeting
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if m, err = s.meeting(ctx, v, id, expected); err != nil {
			return err
		}
		p, err := s.plan(ctx, id)
		if err != nil {
			return err
		}
		unprintable, err := s.marks(ctx, p)
		if err != nil {
			return err
		}
		p.blockers = append(p.blockers, unprintable...)
		if p.seenBy(v); len(p.blockers) > 0 {
			return p.blockers[0].err()
		}
		if p.changes() == 0 || !m.PublishRequested.IsZero() {
			return nil
		}
		m.PublishRequested, m.PublishRequestedBy = s.Clock(), v.Person()
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.MeetingRequest, "meeting", m.Body, id)); err != nil {
			return err
		}
		return s.Outbox.Enqueue(ctx, jobs.PublishMeeting{Meeting: id})
	})
	return m, err
}

// AwaitPublish carries the requested publication out as soon as its files are ready, or waits for the worker that does, at
// most as long as PublishWait. It answers the meeting as it then is: published, or with PublishRequested still set.
func (s *Service) AwaitPublish(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error) {
	deadline := time.NewTimer(PublishWait)
	defer deadline.Stop()
	for {
		err := s.RunPublish(ctx, id)
		if err == nil || !passing(err) {
			if err != nil {
				return council.Meeting{}, err
			}
			return s.Store.Meeting(ctx, v, id)
		}
		select {
		case <-deadline.C:
			return s.Store.Meeting(ctx, v, id)
		case <-ctx.Done():
			return council.Meeting{}, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// passing reports whether the publication only has to be tried once more: a file is not ready, the agenda was changed meanwhile, or the
// cleaning up after a withdrawal took a public rendition away between its writing and the flip.
func passing(err error) bool {
	kind := council.KindOf(err)
	return errors.Is(err, errNotYet) || kind == council.Stale || kind == council.Unavailable
}

// Publish is RequestPublish and AwaitPublish.
func (s *Service) Publish(ctx context.Context, v policy.Viewer, id council.ID, expected int64) (council.Meeting, error) {
	if _, err := s.RequestPublish(ctx, v, id, expected); err != nil {
		return council.Meeting{}, err
	}
	return s.AwaitPublish(ctx, v, id)
}

// PublishJob is the job's function: a publication that waits for its files comes again later.
func (s *Service) PublishJob(ctx context.Context, j jobs.PublishMeeting) error {
	err := s.RunPublish(ctx, j.Meeting)
	switch {
	case errors.Is(err, errNotYet):
		return jobs.Later(2 * time.Second)
	case council.KindOf(err) == council.NotFound && err != nil:
		return nil // deleted or called off meanwhile
	case council.KindOf(err) == council.Conflict && err != nil:
		return nil // noted at the meeting, the clerk has been told
	}
	return err
}

// PublishFailed is called when the job was tried for the last time: the request is taken back, so that the clerk is not left
// waiting and can publish again.
func (s *Service) PublishFailed(ctx context.Context, j jobs.PublishMeeting, _ error) error {
	err := s.callOff(ctx, j.Meeting, Blocker{Kind: "job", Key: "error.unavailable"})
	if k := council.KindOf(err); k == council.Conflict || k == council.NotFound {
		return nil
	}
	return err
}

// RunPublish is repeat-safe: public renditions first, outside of any transaction; then ONE transaction flips states,
// audiences and the public read model. It does nothing when no publication is requested.
func (s *Service) RunPublish(ctx context.Context, id council.ID) error {
	p, err := s.plan(ctx, id)
	if err != nil || p.meeting.PublishRequested.IsZero() {
		return err
	}
	if len(p.blockers) > 0 {
		return s.callOff(ctx, id, p.blockers[0])
	}
	if len(p.waiting) > 0 {
		return errNotYet
	}
	renditions := map[council.ID]council.Prepared{}
	for _, pp := range p.papers {
		for _, f := range pp.files {
			if !pp.will.Public() {
				continue
			}
			blob, size, err := s.Publisher.PrepareFile(ctx, f.version)
			if err != nil {
				return err
			}
			renditions[f.version.ID] = council.Prepared{Public: blob, PublicSize: size}
		}
	}
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		now, err := s.plan(ctx, id)
		if err != nil || now.meeting.PublishRequested.IsZero() {
			return err
		}
		if len(now.blockers) > 0 || len(now.waiting) > 0 {
			return errNotYet // the agenda changed while the renditions were written: once more
		}
		return s.flip(ctx, now, renditions)
	})
	if err != nil {
		return err
	}
	// A depublish job of an earlier withdrawal may have deleted a rendition between its writing and the flip; from the flip on it
	// spares it. Nothing is written where the bytes are there.
	for _, pp := range p.papers {
		for _, f := range pp.files {
			if _, ok := renditions[f.version.ID]; ok {
				if _, _, err := s.Publisher.PrepareFile(ctx, f.version); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// flip opens everything that the plan names.
func (s *Service) flip(ctx context.Context, p plan, renditions map[council.ID]council.Prepared) error {
	now := s.Clock()
	by := p.meeting.PublishRequestedBy
	m := p.meeting
	m.State, m.PublishRequested, m.PublishRequestedBy = council.Published, zeroTime, ""
	if m.PublishedAt.IsZero() {
		m.PublishedAt = now
	}
	if err := s.Store.SaveMeeting(ctx, &m); err != nil {
		return err
	}
	for _, it := range p.items {
		if it.State == council.Published {
			continue
		}
		it.State = council.Published
		if err := s.Store.SaveAgendaItem(ctx, &it); err != nil {
			return err
		}
	}
	for _, pp := range p.papers {
		if err := s.flipPaper(ctx, pp, renditions, now); err != nil {
			return err
		}
	}
	e := audit.Entry(system, now, audit.MeetingPublish, "meeting", m.Body, m.ID)
	if e.Actor = by; by != "" {
		e.System = ""
	}
	if err := s.Store.Audit(ctx, e); err != nil {
		return err
	}
	return s.Settler.Meeting(ctx, m.ID, audience.Publishing)
}

func (s *Service) flipPaper(ctx context.Context, pp plannedPaper, renditions map[council.ID]council.Prepared, now time.Time) error {
	if p := pp.paper; p.State != council.Published {
		p.State = council.Published
		if p.PublishedAt.IsZero() {
			p.PublishedAt = now
		}
		if err := s.Store.SavePaper(ctx, &p); err != nil {
			return err
		}
	}
	for _, f := range pp.files {
		r, prepared := renditions[f.version.ID]
		if pp.will.Public() && !prepared {
			return errNotYet // became public while the renditions were written
		}
		v := f.version
		if v.State != council.Published || prepared && v.Prepared.Public != r.Public {
			v.State = council.Published
			if v.PublishedAt.IsZero() {
				v.PublishedAt = now
			}
			if prepared {
				v.Prepared.Public, v.Prepared.PublicSize = r.Public, r.PublicSize
			}
			if err := s.Store.SaveFileVersion(ctx, &v); err != nil {
				return err
			}
		}
		if f.changes() {
			f.file.State, f.file.Current = council.Published, v.ID
			if err := s.Store.SaveFile(ctx, &f.file); err != nil {
				return err
			}
		}
	}
	return nil
}

// callOff takes the request back because a file was refused meanwhile; the clerk sees the file's problem.
func (s *Service) callOff(ctx context.Context, id council.ID, b Blocker) error {
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := s.Store.Meeting(ctx, system, id)
		if err != nil || m.PublishRequested.IsZero() {
			return err
		}
		m.PublishRequested, m.PublishRequestedBy = zeroTime, ""
		if err := s.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(system, s.Clock(), audit.MeetingRefuse, "meeting", m.Body, id, b.Kind, string(b.ID)))
	})
	if err != nil {
		return err
	}
	return b.err()
}
