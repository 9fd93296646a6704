package store

import (
	"context"
	"time"

	"ris/app/council"
)

// Device loads one; council.NotFound when nobody has that id. Whose devices somebody may see is policy's answer, asked by the use-case
// with the person that stands in it.
func (s *Store) Device(ctx context.Context, id council.ID) (council.Device, error) {
	row, err := byID[deviceRow](s.read(ctx), id)
	return toDevice(row), err
}

// DeviceBySecret finds a browser by the hash of its cookie; council.NotFound for an unknown one.
func (s *Store) DeviceBySecret(ctx context.Context, secretHash string) (council.Device, error) {
	var row deviceRow
	err := s.read(ctx).Where("secret_hash = ?", secretHash).Take(&row).Error
	return toDevice(row), failed(err)
}

// Devices lists, the last seen first.
func (s *Store) Devices(ctx context.Context, f council.DeviceFilter) ([]council.Device, error) {
	return list(among(s.read(ctx), "person", f.Persons).Order("last_seen DESC, id DESC"), toDevice)
}

// SaveDevice inserts or updates, see save.
func (s *Store) SaveDevice(ctx context.Context, d *council.Device) error {
	return save(ctx, s, &d.Stamp, func() deviceRow { return fromDevice(*d) })
}

// TouchDevice notes a contact without a new revision; an unknown one is no error.
func (s *Store) TouchDevice(ctx context.Context, id council.ID, at time.Time) error {
	return s.noteDevice(ctx, id, map[string]any{"last_seen": instant(at)})
}

// NoteReport writes what the app says of itself, without a new revision.
func (s *Store) NoteReport(ctx context.Context, id council.ID, version string, papers int, homeScreen, touch bool, at time.Time) error {
	return s.noteDevice(ctx, id, map[string]any{"app_version": version, "offline_papers": int64(papers), "home_screen": homeScreen, "touch": touch,
		"reported_at": instant(at), "last_seen": instant(at)})
}

// NoteLease writes that a lease was given out, unless the device is to be deleted meanwhile; the answer says whether it was written. A
// later end is not taken back by an earlier one: the device may still hold the former lease.
func (s *Store) NoteLease(ctx context.Context, id council.ID, issued, until time.Time) (bool, error) {
	if !id.Valid() {
		return false, nil
	}
	done := s.write(ctx).Model(&deviceRow{}).Where("id = ? AND wipe_ordered_at IS NULL", id).
		Updates(map[string]any{"lease_issued": instant(issued), "lease_until": instant(until), "last_seen": instant(issued)})
	return done.RowsAffected > 0, failed(done.Error)
}

// NoteWipeDelivered writes once that the order was answered to the device; the answer says whether this was the first time.
func (s *Store) NoteWipeDelivered(ctx context.Context, id council.ID, at time.Time) (bool, error) {
	if !id.Valid() {
		return false, nil
	}
	done := s.write(ctx).Model(&deviceRow{}).Where("id = ? AND wipe_ordered_at IS NOT NULL AND wipe_delivered_at IS NULL", id).
		Updates(map[string]any{"wipe_delivered_at": instant(at), "last_seen": instant(at)})
	return done.RowsAffected > 0, failed(done.Error)
}

func (s *Store) noteDevice(ctx context.Context, id council.ID, values map[string]any) error {
	if !id.Valid() {
		return nil
	}
	return failed(s.write(ctx).Model(&deviceRow{}).Where("id = ?", id).Updates(values).Error)
}

// DevicesInUse are those with a session in force that was used since the given moment.
func (s *Store) DevicesInUse(ctx context.Context, f council.DeviceFilter, now, since time.Time) (map[council.ID]bool, error) {
	var ids []council.ID
	err := among(s.read(ctx).Model(&sessionRow{}), "person", f.Persons).
		Where("device IS NOT NULL AND revoked_at IS NULL AND expires > ? AND last_seen > ?", instant(now), instant(since)).
		Distinct().Pluck("device", &ids).Error
	out := make(map[council.ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, failed(err)
}

// DeleteDevices erases all devices of the person: for the erasure of a person.
func (s *Store) DeleteDevices(ctx context.Context, person council.ID) error {
	return failed(of(s.write(ctx), "person", person).Delete(&deviceRow{}).Error)
}

type deviceRow struct {
	Stamp           stampRow `gorm:"embedded"`
	Person          council.ID
	SecretHash      string
	Name            string
	UserAgent       string
	AppVersion      string
	OfflinePapers   int64
	HomeScreen      bool
	Touch           bool
	ReportedAt      openTime
	LastSeen        instant
	LeaseIssued     openTime
	LeaseUntil      openTime
	WipeOrderedAt   openTime
	WipeOrderedBy   ref
	WipeDeliveredAt openTime
	WipeConfirmedAt openTime
}

func (deviceRow) TableName() string { return "devices" }

func fromDevice(d council.Device) deviceRow {
	return deviceRow{Stamp: fromStamp(d.Stamp), Person: d.Person, SecretHash: d.SecretHash, Name: d.Name, UserAgent: d.UserAgent,
		AppVersion: d.AppVersion, OfflinePapers: int64(d.OfflinePapers), HomeScreen: d.HomeScreen, Touch: d.Touch, ReportedAt: openTime(d.ReportedAt),
		LastSeen: instant(d.LastSeen), LeaseIssued: openTime(d.LeaseIssued), LeaseUntil: openTime(d.LeaseUntil),
		WipeOrderedAt: openTime(d.WipeOrderedAt), WipeOrderedBy: ref(d.WipeOrderedBy), WipeDeliveredAt: openTime(d.WipeDeliveredAt),
		WipeConfirmedAt: openTime(d.WipeConfirmedAt)}
}

func toDevice(r deviceRow) council.Device {
	return council.Device{Stamp: r.Stamp.stamp(), Person: r.Person, SecretHash: r.SecretHash, Name: r.Name, UserAgent: r.UserAgent,
		AppVersion: r.AppVersion, OfflinePapers: int(r.OfflinePapers), HomeScreen: r.HomeScreen, Touch: r.Touch, ReportedAt: r.ReportedAt.time(),
		LastSeen: r.LastSeen.time(), LeaseIssued: r.LeaseIssued.time(), LeaseUntil: r.LeaseUntil.time(),
		WipeOrderedAt: r.WipeOrderedAt.time(), WipeOrderedBy: council.ID(r.WipeOrderedBy), WipeDeliveredAt: r.WipeDeliveredAt.time(),
		WipeConfirmedAt: r.WipeConfirmedAt.time()}
}
