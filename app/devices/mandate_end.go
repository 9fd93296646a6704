package devices

import (
	"context"
	"strconv"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// EndMandates signs those out whose last right has ended, once per end: sessions that began before it. Who has left may sign in again
// afterwards, for their own notes and data; nothing else is there for them. Rights themselves end by the clock, in the next request,
// and leases were never given beyond them: this run only takes away what is left over. It answers how many persons were signed out.
func (s *Service) EndMandates(ctx context.Context) (int, error) {
	persons, err := s.Store.PersonsSignedIn(ctx, s.Clock())
	if err != nil {
		return 0, err
	}
	done := 0
	for _, id := range persons {
		one, err := s.endMandate(ctx, id)
		if err != nil {
			return done, err
		}
		if one {
			done++
		}
	}
	return done, nil
}

func (s *Service) endMandate(ctx context.Context, person council.ID) (done bool, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		facts, err := s.Store.Facts(ctx, person)
		if err != nil {
			return err
		}
		end, over := Ended(facts, s.now())
		if !over {
			return nil
		}
		ended, err := s.Sessions.EndPersonBefore(ctx, person, end, session.MandateOver)
		if err != nil || len(ended) == 0 {
			return err
		}
		done = true
		return s.auditPerson(ctx, policy.System("end of mandate"), audit.MandateEnd, person, "sessions", strconv.Itoa(len(ended)))
	})
	return done, err
}

// Ended reports whether the person had seats or offices and holds no right any more, and when the last one ended: the first moment of
// the day after it, in now's time zone. Somebody who never had any has nothing that could end.
func Ended(f policy.Facts, now time.Time) (end time.Time, over bool) {
	if v := policy.ForPerson(f, now); !v.SignedIn() || len(v.Bodies()) > 0 {
		return end, false
	}
	last := func(day time.Time) {
		if at := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, now.Location()); !day.IsZero() && !at.After(now) && at.After(end) {
			end = at
		}
	}
	for _, m := range f.Memberships {
		last(m.End)
	}
	for _, g := range f.Grants {
		last(g.End)
	}
	return end, !end.IsZero()
}
