package access

import (
	"context"
	"slices"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// today is the town's day, at midnight UTC as dates are stored.
func (s *Service) today() time.Time {
	now := s.now()
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}

// AppointDeputy makes a person a standing deputy of an organization, for the days from Start to End (both inclusive, a zero End is open).
// Whether that lets anybody read is the Body's setting. Invalid: a person or organization of another Body, an end before the start.
// Conflict: the person is its deputy already.
func (s *Service) AppointDeputy(ctx context.Context, v policy.Viewer, d council.Deputy) (council.Deputy, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.body(ctx, v, d.Body); err != nil {
			return err
		}
		organizations, err := s.Store.Organizations(ctx, d.Body)
		if err != nil {
			return err
		}
		persons, err := s.Store.Persons(ctx, d.Body)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(organizations, func(o council.Organization) bool { return o.ID == d.Organization }) ||
			!slices.ContainsFunc(persons, func(p council.Person) bool { return p.ID == d.Person }) {
			return council.E(council.Invalid, "meeting.error.person")
		}
		if d.Start.IsZero() {
			d.Start = s.today()
		}
		if !d.End.IsZero() && d.End.Before(d.Start) {
			return council.E(council.Invalid, "access.error.days")
		}
		known, err := s.Store.Deputies(ctx, council.DeputyFilter{Body: d.Body, Person: d.Person})
		if err != nil {
			return err
		}
		for _, k := range known {
			if k.Organization == d.Organization && (k.End.IsZero() || !k.End.Before(d.Start)) {
				return council.E(council.Conflict, "access.error.deputy")
			}
		}
		if err := s.Store.SaveDeputy(ctx, &d); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.DeputyAppoint, "organization", d.Body, d.Organization, "person", string(d.Person), "deputy", string(d.ID)))
	})
	return d, err
}

// EndDeputy takes an appointment back, at once; the log keeps it. expected is its revision (0 = not said).
func (s *Service) EndDeputy(ctx context.Context, v policy.Viewer, body, deputy council.ID, expected int64) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.body(ctx, v, body); err != nil {
			return err
		}
		all, err := s.Store.Deputies(ctx, council.DeputyFilter{Body: body})
		if err != nil {
			return err
		}
		for _, d := range all {
			if d.ID != deputy {
				continue
			}
			if expected != 0 && expected != d.Revision {
				return council.E(council.Stale, "error.stale")
			}
			if err := s.Store.DeleteDeputy(ctx, deputy); err != nil {
				return err
			}
			return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.DeputyEnd, "organization", body, d.Organization, "person", string(d.Person), "deputy", string(d.ID)))
		}
		return council.ErrNotFound()
	})
}
