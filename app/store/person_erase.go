package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"ris/app/council"
	"ris/app/jobs"
)

// ErasedColumns names, by "table.column", where a person's own data stands: ErasePerson deletes these rows. A test holds both lists
// against all tables: a column that refers to persons and stands in neither fails it.
var ErasedColumns = map[string]string{
	"annotations.owner":         "annotations",
	"annotation_feeds.owner":    "",
	"sync_results.person":       "",
	"answered_writes.person":    "",
	"visits.person":             "visits",
	"receipts.person":           "receipts",
	"packet_receipts.person":    "receipts",
	"uploads.person":            "uploads",
	"sessions.person":           "sessions",
	"devices.person":            "devices",
	"passkeys.person":           "passkeys",
	"identities.person":         "identities",
	"scim_users.person":         "directory",
	"scim_group_members.person": "directory",
	"audit_person_keys.person":  "", // app/audit/journal drops it
	"devices.wipe_ordered_by":   "", // of others' devices: emptied, the act stands in the log
}

// KeptColumns names where a person stands in council records, with the kind under which the reason is told.
var KeptColumns = map[string]string{
	"memberships.person":            "memberships",
	"grants.person":                 "grants",
	"deputies.person":               "memberships",
	"substitutions.absent":          "substitutions",
	"substitutions.substitute":      "substitutions",
	"conflicts_of_interest.person":  "conflicts",
	"guests.person":                 "guests",
	"file_versions.uploaded_by":     "acts",
	"meetings.publish_requested_by": "acts",
	"releases.requested_by":         "releases",
	"releases.decided_by":           "releases",
	"traces.requested_by":           "releases",
	"imports.actor":                 "acts",
	"scim_clients.created_by":       "acts",
}

// ErasePerson deletes the person's own data and the contact data; the name stays when council records name the person, else it goes,
// too. dry only counts. Lines of the log are app/audit/journal's. It belongs into the transaction of the act.
func (s *Store) ErasePerson(ctx context.Context, person council.ID, now time.Time, dry bool) (council.Erasure, error) {
	out := council.Erasure{Erased: map[string]int64{}, Kept: map[string]int64{}}
	if !person.Valid() {
		return out, council.ErrNotFound()
	}
	err := s.together(ctx, func(ctx context.Context) error {
		for column, kind := range KeptColumns {
			n, err := s.naming(ctx, column, person)
			if err != nil {
				return err
			}
			out.Kept[kind] += n
		}
		for column, kind := range ErasedColumns {
			n, err := s.naming(ctx, column, person)
			if err != nil {
				return err
			}
			if kind != "" {
				out.Erased[kind] += n
			}
		}
		if dry {
			return nil
		}
		return s.erase(ctx, person, now, out.Recorded())
	})
	return out, err
}

// naming counts the rows whose column is the person. column is a name of the lists above.
func (s *Store) naming(ctx context.Context, column string, person council.ID) (n int64, err error) {
	for i := range len(column) {
		if column[i] == '.' {
			table, column := column[:i], column[i+1:]
			return n, failed(s.write(ctx).Table(table).Where(column+" = ?", person).Count(&n).Error)
		}
	}
	return 0, nil
}

func (s *Store) erase(ctx context.Context, person council.ID, now time.Time, recorded bool) error {
	w := func() *gorm.DB { return s.write(ctx) }
	holds := "position(convert_to(?, 'UTF8') in body) > 0" // the bytes of a kept answer hold a text
	if s.dialect == jobs.SQLite {
		holds = "instr(body, CAST(? AS BLOB)) > 0"
	}
	for _, one := range []func() *gorm.DB{
		func() *gorm.DB { return of(w(), "person", person).Delete(&sessionRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&deviceRow{}) },
		func() *gorm.DB {
			return of(w().Model(&deviceRow{}), "wipe_ordered_by", person).Update("wipe_ordered_by", nil)
		},
		func() *gorm.DB { return of(w(), "person", person).Delete(&passkeyRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&identityRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&scimMemberRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&scimUserRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&uploadRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&packetReceiptRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&receiptRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&visitRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&answeredRow{}) },
		// An answer that a clerk was given about the person is kept for a repeated request: name and address stand in it.
		func() *gorm.DB { return w().Where(holds, string(person)).Delete(&answeredRow{}) },
		func() *gorm.DB { return of(w(), "person", person).Delete(&syncResultRow{}) },
		func() *gorm.DB { return of(w(), "owner", person).Delete(&annotationRow{}) },
		func() *gorm.DB { return of(w(), "owner", person).Delete(&feedRow{}) },
		// What a file brought in or a trace found may hold the contact data once more.
		func() *gorm.DB {
			return w().Model(&importRow{}).Where("changes LIKE ?", "%"+string(person)+"%").Update("changes", "")
		},
		func() *gorm.DB {
			return w().Model(&traceRow{}).Where("result LIKE ?", "%"+string(person)+"%").Updates(map[string]any{"result": "", "evidence": ""})
		},
	} {
		if err := one().Error; err != nil {
			return failed(err)
		}
	}
	p, err := s.Person(ctx, person)
	if err != nil {
		return err
	}
	p.Account, p.Gender, p.Locked = "", "", now
	if !recorded {
		p.Name, p.FamilyName, p.GivenName, p.Title = "Gelöschte Person", "Gelöschte Person", "", ""
	}
	return s.SavePerson(ctx, &p)
}

// Scrub has the database forget what was deleted: SQLite's journal is folded into the file, in which deleted rows are overwritten
// (PRAGMA secure_delete). PostgreSQL overwrites them in its own time (autovacuum). Call it after the transaction.
func (s *Store) Scrub(ctx context.Context) error {
	if s.dialect != jobs.SQLite {
		return nil
	}
	return failed(s.write(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
}
