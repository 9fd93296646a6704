package privacy

import (
	"context"
	"strconv"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Preview says what an erasure would take and what would stay, in numbers, for who may ask for it. Errors: not found.
func (s *Service) Preview(ctx context.Context, v policy.Viewer, person council.ID) (council.Erasure, error) {
	p, err := s.Store.Person(ctx, person)
	if err == nil && !policy.SeesReleases(v, p.Body) {
		err = council.ErrNotFound()
	}
	if err != nil {
		return council.Erasure{}, err
	}
	return s.Store.ErasePerson(ctx, person, s.Clock(), true)
}

// Erase carries a released erasure out, once, for the one who asked: data, contact data and the key of the log go in one transaction.
// Errors: as Released; conflict when the person has come into office meanwhile.
func (s *Service) Erase(ctx context.Context, v policy.Viewer, id council.ID) (done council.Erasure, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		r, err := s.take(ctx, v, id, audit.PrivacyErase)
		if err != nil {
			return err
		}
		p, err := s.Store.Person(ctx, r.Object)
		if err != nil {
			return err
		}
		if err := s.free(ctx, p); err != nil {
			return err
		}
		if done, err = s.Store.ErasePerson(ctx, p.ID, s.Clock(), false); err != nil {
			return err
		}
		// The line about the erasure names nobody: whom it was about is known from the release alone.
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PrivacyErase, "release", r.Body, r.ID,
			"rows", strconv.FormatInt(total(done.Erased), 10))); err != nil {
			return err
		}
		_, err = s.Journal.Veil(ctx, p.ID)
		return err
	})
	if err == nil {
		err = s.Store.Scrub(ctx)
	}
	return done, err
}

func total(rows map[string]int64) (n int64) {
	for _, x := range rows {
		n += x
	}
	return n
}
