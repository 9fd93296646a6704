package access

import (
	"context"
	"strconv"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Rules are what a Body has decided about its readers. Revision counts from 1 (never changed).
type Rules struct {
	Body          council.Body
	Settings      council.AccessSettings
	Deputies      []council.Deputy // not past
	Organizations []council.Organization
	Persons       []council.Person
	Revision      int64
}

// Rules shows them to the clerk of the Body.
func (s *Service) Rules(ctx context.Context, v policy.Viewer, body council.ID) (Rules, error) {
	b, err := s.body(ctx, v, body)
	if err != nil {
		return Rules{}, err
	}
	out := Rules{Body: b}
	if out.Settings, err = s.Store.AccessSettings(ctx, body); err != nil {
		return Rules{}, err
	}
	if out.Settings.ConflictMode == "" {
		out.Settings.ConflictMode = council.ConflictHides
	}
	out.Revision = out.Settings.Revision + 1
	all, err := s.Store.Deputies(ctx, council.DeputyFilter{Body: body})
	if err != nil {
		return Rules{}, err
	}
	for _, d := range all {
		if d.End.IsZero() || !d.End.Before(s.today()) {
			out.Deputies = append(out.Deputies, d)
		}
	}
	if out.Organizations, err = s.Store.Organizations(ctx, body); err != nil {
		return Rules{}, err
	}
	out.Persons, err = s.Store.Persons(ctx, body)
	return out, err
}

// Change keeps the settings; they count in the next request of everybody. What a conflict of interest does is the setting of the day
// on which it is recorded: those that are recorded already stay as they are. revision is Rules.Revision.
func (s *Service) Change(ctx context.Context, v policy.Viewer, body council.ID, revision int64, to council.AccessSettings) (Rules, error) {
	var out Rules
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.body(ctx, v, body); err != nil {
			return err
		}
		was, err := s.Store.AccessSettings(ctx, body)
		if err != nil {
			return err
		}
		if revision != was.Revision+1 {
			return council.E(council.Stale, "error.stale")
		}
		if !to.ConflictMode.Known() || to.FormerDays < 0 || to.FormerDays > council.MostFormerDays {
			return council.E(council.Invalid, "access.error.settings", "limit", strconv.Itoa(council.MostFormerDays))
		}
		to.Stamp = was.Stamp
		if err := s.Store.SaveAccessSettings(ctx, &to); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.AccessChange, "body", body, body, details(was, to)...)); err != nil {
			return err
		}
		out, err = s.Rules(ctx, v, body)
		return err
	})
	return out, err
}

// details names what is another one now, for the log.
func details(was, to council.AccessSettings) (out []string) {
	for _, x := range []struct{ name, was, to string }{
		{"conflict_mode", string(was.ConflictMode), string(to.ConflictMode)},
		{"deputies_read", strconv.FormatBool(was.DeputiesRead), strconv.FormatBool(to.DeputiesRead)},
		{"newcomers_read_older", strconv.FormatBool(was.NewcomersReadOlder), strconv.FormatBool(to.NewcomersReadOlder)},
		{"former_days", strconv.Itoa(was.FormerDays), strconv.Itoa(to.FormerDays)},
		{"mayor_reads", strconv.FormatBool(was.MayorReads), strconv.FormatBool(to.MayorReads)},
		{"group_offices_read", strconv.FormatBool(was.GroupOfficesRead), strconv.FormatBool(to.GroupOfficesRead)},
	} {
		if x.was != x.to {
			out = append(out, x.name, x.to)
		}
	}
	return out
}
