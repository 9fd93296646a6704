package devices

import (
	"context"
	"strconv"
	"time"

	"ris/app/audit"
	"ris/auth/policy"
)

const (
	// usualKeepDays is for how long a device that nobody uses stays in the lists.
	usualKeepDays = 180
	// leastKeepDays: a device is known at least as long as a session can last without a sign-in.
	leastKeepDays = 30
	// cookieLife is how long a browser keeps the cookie by which it is known (RFC 6265bis, section 5.5). After that it cannot be told an
	// order to delete any more, and the order is given up.
	cookieLife = 400 * 24 * time.Hour
)

// Forget deletes devices that were not seen for KeepDays: nobody is signed in there, no lease runs, and no order to delete waits. An order
// that the device has not confirmed keeps it until its cookie has run out. How many went stands in the log. Called once an hour.
func (s *Service) Forget(ctx context.Context) (n int64, err error) {
	days := s.KeepDays
	if days <= 0 {
		days = usualKeepDays
	}
	keep := time.Duration(max(days, leastKeepDays)) * 24 * time.Hour
	now := s.Clock()
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if n, err = s.Store.PurgeDevices(ctx, now, now.Add(-keep), now.Add(-max(keep, cookieLife))); err != nil || n == 0 {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(policy.System("retention of devices"), now, audit.DeviceExpire, "device", "", "", "count", strconv.FormatInt(n, 10)))
	})
	return n, err
}
