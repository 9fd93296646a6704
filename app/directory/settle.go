package directory

import (
	"context"
	"slices"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Store is what the settlement reads and writes.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Bodies(ctx context.Context, v policy.Viewer) ([]council.Body, error)
	Grants(ctx context.Context, person council.ID) ([]council.Grant, error)
	SaveGrant(ctx context.Context, g *council.Grant) error
	PersonByAccount(ctx context.Context, account string) (council.Person, error)
	HasIdentity(ctx context.Context, person council.ID) (bool, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	Organization(ctx context.Context, id council.ID) (council.Organization, error)
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service knows the rules of every provider, in the order of the configuration.
type Service struct {
	Store Store
	Rules []Rules
	Clock council.Clock
	Zone  *time.Location // of the town, whose days offices begin and end with
}

var system = policy.System("groups of a sign-in")

// Settle brings the person's offices in line with the groups of this sign-in at the provider of that name. council.Forbidden: the
// groups do not let the person in; the offices that they gave before are ended all the same.
func (s *Service) Settle(ctx context.Context, provider string, person council.Person, groups []string) error {
	rules, ok := s.rules(provider)
	if !ok {
		return council.E(council.Forbidden, "error.forbidden")
	}
	bodies, err := s.Store.Bodies(ctx, system)
	if err != nil {
		return err
	}
	result := Apply(rules, bodies, groups)
	err = s.Store.InTx(ctx, func(ctx context.Context) error { return s.bringInLine(ctx, rules, person, result) })
	if err == nil && !result.Let {
		err = council.E(council.Forbidden, "error.forbidden")
	}
	return err
}

func (s *Service) bringInLine(ctx context.Context, rules Rules, person council.Person, result Result) error {
	now := s.Clock()
	today := day(now.In(s.zone()))
	have, err := s.Store.Grants(ctx, person.ID)
	if err != nil {
		return err
	}
	for i := range have {
		g := &have[i]
		if g.Source != rules.source() || !inForce(*g, today) || wanted(result, *g) {
			continue
		}
		g.End = today.AddDate(0, 0, -1)
		if err := s.Store.SaveGrant(ctx, g); err != nil {
			return err
		}
		if err := s.note(ctx, now, audit.GrantEnd, *g, person, rules); err != nil {
			return err
		}
	}
	for _, given := range result.Given {
		role, office := roles[given.Kind]
		if !office || slices.ContainsFunc(have, func(g council.Grant) bool { return g.Role == role && g.Body == given.Body.ID && inForce(g, today) }) {
			continue
		}
		g := council.Grant{Body: given.Body.ID, Person: person.ID, Role: role, Start: today, Source: rules.source()}
		if err := s.Store.SaveGrant(ctx, &g); err != nil {
			return err
		}
		if err := s.note(ctx, now, audit.GrantAdd, g, person, rules); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) note(ctx context.Context, now time.Time, act string, g council.Grant, person council.Person, rules Rules) error {
	return s.Store.Audit(ctx, audit.Entry(system, now, act, "person", g.Body, person.ID, "role", string(g.Role), "provider", rules.Name, "issuer", rules.Issuer))
}

func (s *Service) rules(provider string) (Rules, bool) {
	for _, r := range s.Rules {
		if r.Name == provider {
			return r, true
		}
	}
	return Rules{}, false
}

// source marks the offices that this provider's groups gave, so that nobody else's are taken away.
func (r Rules) source() string { return "sign-in " + r.Issuer }

func wanted(r Result, g council.Grant) bool {
	return slices.ContainsFunc(r.Given, func(x Given) bool { return roles[x.Kind] == g.Role && x.Body.ID == g.Body })
}

func (s *Service) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// inForce: start and end are days, both inclusive; a zero end is open (as auth/policy has it).
func inForce(g council.Grant, today time.Time) bool {
	return !day(g.Start).After(today) && (g.End.IsZero() || !day(g.End).Before(today))
}
