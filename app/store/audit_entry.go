package store

import (
	"context"
	"maps"

	"ris/app/council"
	"ris/auth/policy"
)

// Audit writes one line of the log, in the transaction of the act. An empty ID and a zero At are filled in; a line of a person says on
// what kind of machine it was done (council.WithMachine), in the detail "machine".
func (s *Store) Audit(ctx context.Context, e council.AuditEntry) error {
	if e.At.IsZero() {
		e.At = s.clock()
	}
	if e.ID == "" {
		e.ID = council.NewID(e.At)
	}
	if kind := council.Machine(ctx); kind != "" && e.Actor != "" {
		details := map[string]string{"machine": kind} // the caller's map stays as it is
		maps.Copy(details, e.Details)
		e.Details = details
	}
	row := auditEntryRow{ID: e.ID, At: instant(e.At), Body: ref(e.Body), Actor: ref(e.Actor), System: e.System, Act: e.Act,
		Object: ref(e.Object), Kind: e.Kind, Details: packed[map[string]string]{e.Details}}
	return failed(s.write(ctx).Create(&row).Error)
}

// AuditEntries lists the log of the bodies in which the viewer is clerk, latest first; system work sees all of it, everybody
// else nothing.
func (s *Store) AuditEntries(ctx context.Context, v policy.Viewer, f council.AuditFilter) ([]council.AuditEntry, error) {
	query := s.read(ctx)
	if !v.Unfiltered() {
		query = among(query, "body", append([]council.ID{}, policy.ClerkBodies(v)...))
	}
	query = equal(equal(query, "body", f.Body), "object", f.Object)
	if f.Act != "" {
		query = query.Where("act = ?", f.Act)
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 100
	}
	return list(query.Order("at DESC, id DESC").Limit(limit), toAuditEntry)
}

type auditEntryRow struct {
	ID      council.ID
	At      instant
	Body    ref
	Actor   ref
	System  string
	Act     string
	Object  ref
	Kind    string
	Details packed[map[string]string]
}

func (auditEntryRow) TableName() string { return "audit_entries" }

func toAuditEntry(r auditEntryRow) council.AuditEntry {
	return council.AuditEntry{ID: r.ID, At: r.At.time(), Body: council.ID(r.Body), Actor: council.ID(r.Actor), System: r.System,
		Act: r.Act, Object: council.ID(r.Object), Kind: r.Kind, Details: r.Details.Data}
}
