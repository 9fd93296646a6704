package devices

import (
	"context"
	"log/slog"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// Store keeps devices, and answers whose they are.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Device(ctx context.Context, id council.ID) (council.Device, error)
	DeviceBySecret(ctx context.Context, secretHash string) (council.Device, error)
	Devices(ctx context.Context, f council.DeviceFilter) ([]council.Device, error)
	SaveDevice(ctx context.Context, d *council.Device) error
	TouchDevice(ctx context.Context, id council.ID, at time.Time) error
	NoteReport(ctx context.Context, id council.ID, version string, papers int, homeScreen, touch bool, at time.Time) error
	NoteLease(ctx context.Context, id council.ID, issued, until time.Time) (bool, error)
	NoteWipeDelivered(ctx context.Context, id council.ID, at time.Time) (bool, error)
	PurgeDevices(ctx context.Context, now, before, lost time.Time) (int64, error)
	DevicesInUse(ctx context.Context, f council.DeviceFilter, now, since time.Time) (map[council.ID]bool, error)
	PersonsSignedIn(ctx context.Context, now time.Time) ([]council.ID, error)

	Facts(ctx context.Context, person council.ID) (policy.Facts, error)
	Person(ctx context.Context, id council.ID) (council.Person, error)
	Persons(ctx context.Context, body council.ID) ([]council.Person, error)
	Memberships(ctx context.Context, f council.MembershipFilter) ([]council.Membership, error)
	GrantsIn(ctx context.Context, body council.ID) ([]council.Grant, error)
	InstallationKey(ctx context.Context, name string, size int) ([]byte, error)
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service keeps the devices.
type Service struct {
	Store    Store
	Sessions *session.Manager
	Clock    council.Clock
	Zone     *time.Location // of the town, in which rights end with the day; nil = UTC
	Log      *slog.Logger   // nil = slog.Default
	// LeaseDays is for how many days non-public papers may be read without a network, 1 to 30; 0 = 7.
	LeaseDays int
	// PublicLeaseDays is the same for public ones; 0 = without a limit.
	PublicLeaseDays int
	// KeepDays is how long a device that nobody uses stays in the lists, at least 30; 0 = 180.
	KeepDays int
}

// now is the moment in the town's time zone, as policy wants it.
func (s *Service) now() time.Time {
	if s.Zone == nil {
		return s.Clock()
	}
	return s.Clock().In(s.Zone)
}

func (s *Service) log() *slog.Logger {
	if s.Log == nil {
		return slog.Default()
	}
	return s.Log
}

// audit writes a line about a device in the Body of its person.
func (s *Service) audit(ctx context.Context, v policy.Viewer, act string, d council.Device, details ...string) error {
	p, err := s.Store.Person(ctx, d.Person)
	if err != nil {
		return err
	}
	return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), act, "device", p.Body, d.ID, append([]string{"person", string(d.Person)}, details...)...))
}

// manageable loads a device that the viewer may manage; not found for everybody else's. office says that it is not the viewer's own.
func (s *Service) manageable(ctx context.Context, v policy.Viewer, id council.ID) (d council.Device, office bool, err error) {
	if !v.SignedIn() {
		return d, false, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	if d, err = s.Store.Device(ctx, id); err != nil {
		return d, false, err
	}
	facts, err := s.Store.Facts(ctx, d.Person)
	if err != nil {
		return d, false, err
	}
	if !policy.MayManageDevicesOf(v, facts, s.now()) {
		return council.Device{}, false, council.ErrNotFound()
	}
	return d, d.Person != v.Person(), nil
}
