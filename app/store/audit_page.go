package store

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// AuditPage lists lines for people, latest first: those about a person for that person alone, those of a Body for its clerks alone, as
// auth/policy says; nothing for everybody else. System work sees all. Page.Limit must be set.
func (s *Store) AuditPage(ctx context.Context, v policy.Viewer, p council.AuditPage) ([]council.AuditEntry, error) {
	query := s.read(ctx)
	switch {
	case p.About != "" && p.About.Valid() && (policy.SeesLinesAbout(v, p.About) || v.Unfiltered()):
		query = query.Where("(actor = ? OR (kind = 'person' AND object = ?))", p.About, p.About)
	case p.About == "" && p.Body.Valid() && policy.SeesLinesOf(v, p.Body):
		query = of(query, "body", p.Body)
	default:
		return nil, nil
	}
	if len(p.Acts) > 0 {
		query = query.Where("act IN ?", p.Acts)
	}
	if len(p.Except) > 0 {
		query = query.Where("act NOT IN ?", p.Except)
	}
	if !p.At.IsZero() && p.ID.Valid() {
		query = query.Where("(at < ? OR (at = ? AND id < ?))", instant(p.At), instant(p.At), p.ID)
	}
	return list(query.Order("at DESC, id DESC").Limit(p.Limit), toAuditEntry)
}
