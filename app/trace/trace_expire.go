package trace

import (
	"context"
	"encoding/json"
	"errors"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Expire takes away results and evidence whose time is over; what stays is that somebody asked, and why.
func (s *Service) Expire(ctx context.Context) error {
	work, now := policy.System("expired traces"), s.Clock()
	all, err := s.Store.ExpiredTraces(ctx, now)
	if err != nil {
		return err
	}
	var failed error
	for _, t := range all {
		t.Evidence, t.Result = "", ""
		err := s.Store.InTx(ctx, func(ctx context.Context) error {
			if err := s.Store.SaveTrace(ctx, &t); err != nil {
				return err
			}
			return s.Store.Audit(ctx, audit.Entry(work, now, audit.TraceErase, "trace", t.Body, t.ID))
		})
		if council.KindOf(err) != council.Stale {
			failed = errors.Join(failed, err)
		}
	}
	return errors.Join(failed, s.Releases.Expire(ctx))
}

func result(t council.Trace) (out Result, err error) {
	if t.Result == "" {
		return out, nil
	}
	return out, json.Unmarshal([]byte(t.Result), &out)
}
