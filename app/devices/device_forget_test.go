package devices_test

import (
	"path/filepath"
	"testing"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// A device leaves the list with the day that is set, never before a month, and the log says how many went.
func TestOldDevicesAreForgotten(t *testing.T) {
	w := newTown(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db"))
	p := w.person("alt")
	for _, c := range []struct{ days, kept int }{{0, 180}, {1, 30}, {60, 60}} {
		w.service.KeepDays = c.days
		d := council.Device{Person: p.ID, SecretHash: string(council.NewID(w.clock)), LastSeen: w.clock}
		w.must(w.s.SaveDevice(t.Context(), &d))
		w.clock = w.clock.AddDate(0, 0, c.kept)
		if n, err := w.service.Forget(t.Context()); err != nil || n != 0 {
			t.Errorf("%d days: %d went a second early, %v", c.days, n, err)
		}
		w.clock = w.clock.Add(time.Second)
		if n, err := w.service.Forget(t.Context()); err != nil || n != 1 {
			t.Errorf("%d days: %d went, %v", c.days, n, err)
		}
	}
	lines, err := w.s.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{Act: audit.DeviceExpire})
	if err != nil || len(lines) != 3 || lines[0].Details["count"] != "1" || lines[0].Actor != "" {
		t.Errorf("%v %+v", err, lines)
	}
}
