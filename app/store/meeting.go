package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"ris/app/council"
	"ris/auth/policy"
)

// Meeting loads one that the viewer may read.
func (s *Store) Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error) {
	m, err := readOne(ctx, s, v, id, toMeeting)
	if err != nil {
		return m, err
	}
	all := []council.Meeting{m}
	err = s.addOrganizations(ctx, all)
	return all[0], err
}

// Meetings lists those that the viewer may read, the latest start first, then by id. council.Invalid: After is no meeting that
// the viewer may read.
func (s *Store) Meetings(ctx context.Context, v policy.Viewer, f council.MeetingFilter) ([]council.Meeting, error) {
	query := equal(visible(s.read(ctx), v), "body", f.Body)
	if !f.From.IsZero() {
		query = query.Where("starts_at >= ?", instant(f.From))
	}
	if !f.To.IsZero() {
		query = query.Where("starts_at <= ?", instant(f.To))
	}
	if f.State != "" {
		query = query.Where("state = ?", f.State)
	}
	query, err := s.afterMeeting(ctx, query, v, f.After)
	if err != nil {
		return nil, err
	}
	if f.Limit > 0 {
		query = query.Limit(f.Limit)
	}
	all, err := readList(ctx, s, query.Order("starts_at DESC, id"), toMeeting)
	if err != nil {
		return nil, err
	}
	return all, s.addOrganizations(ctx, all)
}

// afterMeeting continues a list behind a meeting; one that the viewer may not read is no cursor, so that no order tells of it.
func (s *Store) afterMeeting(ctx context.Context, query *gorm.DB, v policy.Viewer, after council.ID) (*gorm.DB, error) {
	if after == "" {
		return query, nil
	}
	last, err := byID[meetingRow](visible(s.read(ctx), v), after)
	if council.KindOf(err) == council.NotFound && err != nil {
		return nil, council.E(council.Invalid, "error.invalid").Because(err)
	}
	return query.Where("(starts_at < ? OR (starts_at = ? AND id > ?))", last.Start, last.Start, after), err
}

// SaveMeeting inserts or updates, see save.
func (s *Store) SaveMeeting(ctx context.Context, m *council.Meeting) error {
	return s.together(ctx, func(ctx context.Context) error {
		fresh := m.Revision == 0
		if err := saveReadable(ctx, s, &m.Stamp, m.Audience, func(key string) meetingRow { return fromMeeting(*m, key) }); err != nil {
			return err
		}
		if !fresh {
			if err := s.write(ctx).Where("meeting = ?", m.ID).Delete(&meetingOrganizationRow{}).Error; err != nil {
				return failed(err)
			}
		}
		rows := make([]meetingOrganizationRow, len(m.Organizations))
		for i, o := range m.Organizations {
			rows[i] = meetingOrganizationRow{Meeting: m.ID, Position: i, Organization: o}
		}
		if len(rows) == 0 {
			return nil
		}
		return failed(s.write(ctx).Create(&rows).Error)
	})
}

// DeleteMeeting deletes a draft with its agenda items, their consultations and its substitutions; the papers stay. The caller
// computes their audiences anew. council.Conflict: it has been published once; it can be cancelled or withdrawn.
func (s *Store) DeleteMeeting(ctx context.Context, id council.ID) error {
	return s.together(ctx, func(ctx context.Context) error {
		m, err := byID[meetingRow](s.write(ctx), id)
		if err != nil {
			return err
		}
		if m.State != council.Draft {
			return council.E(council.Conflict, "error.conflict")
		}
		items := s.write(ctx).Model(&agendaItemRow{}).Select("id").Where("meeting = ?", id)
		for _, row := range []any{&conflictRow{}, &consultationRow{}} {
			if err := s.write(ctx).Where("agenda_item IN (?)", items).Delete(row).Error; err != nil {
				return failed(err)
			}
		}
		for _, row := range []any{&consultationRow{}, &substitutionRow{}, &agendaItemRow{}} {
			if err := s.write(ctx).Where("meeting = ?", id).Delete(row).Error; err != nil {
				return failed(err)
			}
		}
		return remove[meetingRow](s.write(ctx), id) // its organizations go with it (ON DELETE CASCADE)
	})
}

// meetingOrganizationRow is one organization of a meeting; Position 0 leads.
type meetingOrganizationRow struct {
	Meeting      council.ID
	Position     int
	Organization council.ID
}

func (meetingOrganizationRow) TableName() string { return "meeting_organizations" }

// addOrganizations loads the organizations of all meetings at once.
func (s *Store) addOrganizations(ctx context.Context, all []council.Meeting) error {
	at := make(map[council.ID]int, len(all))
	ids := make([]council.ID, len(all))
	for i, m := range all {
		at[m.ID], ids[i] = i, m.ID
	}
	for chunk := range slices.Chunk(ids, 5000) { // databases bound the number of values in a statement
		var rows []meetingOrganizationRow
		if err := among(s.read(ctx), "meeting", chunk).Order("meeting, position").Find(&rows).Error; err != nil {
			return failed(err)
		}
		for _, r := range rows {
			m := &all[at[r.Meeting]]
			m.Organizations = append(m.Organizations, r.Organization)
		}
	}
	return nil
}

type meetingRow struct {
	Stamp              stampRow `gorm:"embedded"`
	Body               council.ID
	Name               string
	Location           ref
	Start              instant  `gorm:"column:starts_at"`
	End                openTime `gorm:"column:ends_at"`
	Cancelled          bool
	State              council.State
	PublishRequested   openTime
	PublishRequestedBy ref
	PublishedAt        openTime
	Audience           string // key, see audience.go
}

func (meetingRow) TableName() string { return "meetings" }

func fromMeeting(m council.Meeting, audience string) meetingRow {
	return meetingRow{
		Stamp:              fromStamp(m.Stamp),
		Body:               m.Body,
		Name:               m.Name,
		Location:           ref(m.Location),
		Start:              instant(m.Start),
		End:                openTime(m.End),
		Cancelled:          m.Cancelled,
		State:              m.State,
		PublishRequested:   openTime(m.PublishRequested),
		PublishRequestedBy: ref(m.PublishRequestedBy),
		PublishedAt:        openTime(m.PublishedAt),
		Audience:           audience,
	}
}

func (r meetingRow) key() string { return r.Audience }

func toMeeting(r meetingRow, a council.Audience) council.Meeting {
	return council.Meeting{
		Stamp:              r.Stamp.stamp(),
		Body:               r.Body,
		Name:               r.Name,
		Location:           council.ID(r.Location),
		Start:              r.Start.time(),
		End:                r.End.time(),
		Cancelled:          r.Cancelled,
		State:              r.State,
		PublishRequested:   r.PublishRequested.time(),
		PublishRequestedBy: council.ID(r.PublishRequestedBy),
		PublishedAt:        r.PublishedAt.time(),
		Audience:           a,
	}
}
