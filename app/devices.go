package app

import (
	"context"

	"ris/app/config"
	"ris/app/devices"
	"ris/auth/session"
)

// sessionTimes are the configured time-outs.
func sessionTimes(c config.Config) session.Table {
	return session.Table{
		Member: session.Limits{Idle: c.MemberIdle, Absolute: c.MemberLongest}, Clerk: session.Limits{Idle: c.ClerkIdle, Absolute: c.ClerkLongest},
		IT: session.Limits{Idle: c.ITIdle, Absolute: c.ITLongest},
	}.Normal()
}

// openDevices puts the list of devices together.
func (a *App) openDevices() {
	sessions := session.NewManager(a.Store, a.Clock)
	sessions.Times = sessionTimes(a.Config)
	a.Devices = &devices.Service{Store: a.Store, Sessions: sessions, Clock: a.Clock, Zone: a.Zone, Log: a.Log,
		LeaseDays: a.Config.LeaseDays, PublicLeaseDays: a.Config.PublicLeaseDays, KeepDays: a.Config.KeepDeviceDays}
}

// forgetDevices deletes devices that nobody has used for long.
func (a *App) forgetDevices(ctx context.Context) {
	n, err := a.Devices.Forget(ctx)
	if err != nil && ctx.Err() == nil {
		a.Log.Error("old devices could not be deleted", "error", err)
	}
	if n > 0 {
		a.Log.Info("devices that nobody has used for long were deleted", "devices", n)
	}
}

// endMandates signs out those whose last right has ended.
func (a *App) endMandates(ctx context.Context) {
	n, err := a.Devices.EndMandates(ctx)
	if err != nil && ctx.Err() == nil {
		a.Log.Error("sessions left over from ended mandates could not be ended", "error", err)
	}
	if n > 0 {
		a.Log.Info("signed out because the mandate has ended", "persons", n)
	}
}
