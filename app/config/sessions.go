package config

import (
	"fmt"
	"time"
)

// Sessions are the time-outs of each kind of account, and how long devices may be read without a network (security design, section 2;
// ASVS 5.0, 7.1.1). Who holds two offices is held to the stricter.
type Sessions struct {
	MemberIdle      time.Duration `env:"RIS_SESSION_MEMBER_IDLE" default:"12h" help:"A member is signed out after so much time without a request."`
	MemberLongest   time.Duration `env:"RIS_SESSION_MEMBER" default:"720h" help:"A member signs in again after this time at the latest (720h = 30 days)."`
	ClerkIdle       time.Duration `env:"RIS_SESSION_CLERK_IDLE" default:"1h" help:"The same for the clerk: without a request."`
	ClerkLongest    time.Duration `env:"RIS_SESSION_CLERK" default:"12h" help:"The same for the clerk: at the latest."`
	ITIdle          time.Duration `env:"RIS_SESSION_IT_IDLE" default:"15m" help:"The same for those who run the system: without a request."`
	ITLongest       time.Duration `env:"RIS_SESSION_IT" default:"12h" help:"The same for those who run the system: at the latest."`
	LeaseDays       int           `env:"RIS_LEASE_DAYS" default:"7" help:"Days for which non-public papers on a device can be read without a network, 1 to 30. A seat or office that ends earlier ends this, too."`
	KeepDeviceDays  int           `env:"RIS_KEEP_DEVICES_DAYS" default:"180" help:"Days for which a device that nobody uses stays in the list of devices, at least 30. One with an unconfirmed order to delete stays 400 days."`
	PublicLeaseDays int           `env:"RIS_LEASE_PUBLIC_DAYS" default:"0" help:"The same for public papers. 0 = without a limit."`
}

// check refuses what makes no sense; zero values stand for the defaults.
func (s Sessions) check() error {
	for _, t := range []struct {
		name          string
		idle, longest time.Duration
	}{{"MEMBER", s.MemberIdle, s.MemberLongest}, {"CLERK", s.ClerkIdle, s.ClerkLongest}, {"IT", s.ITIdle, s.ITLongest}} {
		if t.idle < 0 || t.longest < 0 || t.idle > 0 && t.idle < time.Minute || t.longest > 0 && t.longest < t.idle {
			return fmt.Errorf("RIS_SESSION_%s_IDLE and RIS_SESSION_%s: want at least 1m, and the second not below the first", t.name, t.name)
		}
	}
	if s.LeaseDays < 0 || s.LeaseDays > 30 || s.PublicLeaseDays < 0 {
		return fmt.Errorf("RIS_LEASE_DAYS: want 1 to 30; RIS_LEASE_PUBLIC_DAYS: want 0 or more")
	}
	if s.KeepDeviceDays != 0 && s.KeepDeviceDays < 30 {
		return fmt.Errorf("RIS_KEEP_DEVICES_DAYS: want 30 or more")
	}
	return nil
}
