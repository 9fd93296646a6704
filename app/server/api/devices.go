package api

import (
	"context"
	"net/http"

	"ris/app/council"
	"ris/app/devices"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type deviceRename struct {
	ByID
	Writing
	Body DeviceRename
}

type deviceReport struct{ Body DeviceReport }

type deviceAct struct {
	ByID
	Writing
}

type devicesSignOut struct {
	Writing
	Body DevicesSignOut
}

// thisDevice is the device of the session that asks, or empty.
func thisDevice(ctx context.Context) council.ID {
	if c := callOf(ctx); c.fiber != nil {
		s, _ := httpkit.Session(c.fiber)
		return s.Device
	}
	return ""
}

func (s *surface) deviceRoutes() {
	read(s, op("GET", "/devices", "listDevices", "The viewer's own devices, the last seen first", "devices"),
		func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[List[Device]], error) {
			all, err := s.Devices.Mine(ctx, v, thisDevice(ctx))
			return deviceList(ctx, all, false), err
		})
	read(s, op("GET", "/bodies/{id}/devices", "listDevicesOfBody", "For the clerk and for those who run the system: devices of the people of a Body, never what lies on them", "devices"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[List[Device]], error) {
			all, err := s.Devices.Of(ctx, v, in.id(), thisDevice(ctx))
			return deviceList(ctx, all, true), err
		})
	write(s, op("PATCH", "/devices/{id}", "renameDevice", "Give one's own device another name", "devices"),
		func(ctx context.Context, v policy.Viewer, in *deviceRename) (*Answer[Device], error) {
			if _, err := s.Devices.Show(ctx, v, in.id(), ""); err != nil {
				return nil, err
			}
			revision, err := in.asked(true)
			if err != nil {
				return nil, err
			}
			return s.deviceAfter(ctx, v, in.id(), s.Devices.Rename(ctx, v, in.id(), revision, in.Body.Name))
		})
	write(s, op("POST", "/devices/{id}/sign-out", "signOutDevice", "End the sessions of a device; what lies on it stays until its lease ends", "devices"),
		func(ctx context.Context, v policy.Viewer, in *deviceAct) (*Answer[Device], error) {
			return s.deviceAfter(ctx, v, in.id(), s.Devices.SignOut(ctx, v, in.id()))
		})
	write(s, op("POST", "/devices/sign-out", "signOutDevices", "End the viewer's sessions on all devices, or on all others", "devices"),
		func(ctx context.Context, v policy.Viewer, in *devicesSignOut) (*Answer[SignedOut], error) {
			keep := council.ID("")
			if in.Body.KeepThis {
				if keep = thisDevice(ctx); keep == "" {
					return nil, council.ErrNotFound()
				}
			}
			n, err := s.Devices.SignOutAll(ctx, v, keep)
			return &Answer[SignedOut]{Status: http.StatusOK, Body: SignedOut{Sessions: n}}, err
		})
	write(s, op("POST", "/devices/{id}/wipe", "wipeDevice", "A lost device: sign it out, and have it delete what lies on it at its next contact", "devices"),
		func(ctx context.Context, v policy.Viewer, in *deviceAct) (*Answer[Device], error) {
			return s.deviceAfter(ctx, v, in.id(), s.Devices.Wipe(ctx, v, in.id()))
		})
	write(s, op("POST", "/devices/{id}/keep", "keepDevice", "It was found again: take the order to delete back, as long as the device was not told", "devices"),
		func(ctx context.Context, v policy.Viewer, in *deviceAct) (*Answer[Device], error) {
			return s.deviceAfter(ctx, v, in.id(), s.Devices.KeepDevice(ctx, v, in.id()))
		})
	report := op("PUT", "/devices/this", "reportDevice", "What the app says of itself at each contact", "devices")
	report.DefaultStatus = http.StatusNoContent
	read(s, report, func(ctx context.Context, v policy.Viewer, in *deviceReport) (*struct{}, error) {
		return nil, s.Devices.Note(ctx, v, thisDevice(ctx), devices.Report{AppVersion: in.Body.AppVersion, OfflinePapers: in.Body.OfflinePapers,
			HomeScreen: in.Body.HomeScreen, Touch: in.Body.Touch})
	})
	leaseOp := op("GET", "/lease", "renewLease", "A new permission to read offline for the device that asks; 403: nothing non-public may be read, delete it", "devices")
	leaseOp.Errors = append(leaseOp.Errors, http.StatusForbidden)
	read(s, leaseOp, func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[OfflineLease], error) {
		g, err := s.Devices.Give(ctx, v, thisDevice(ctx))
		if err != nil {
			return nil, err
		}
		return &Plain[OfflineLease]{leaseJSON(g)}, nil
	})
}

func deviceList(ctx context.Context, all []devices.View, withPerson bool) *Plain[List[Device]] {
	out := List[Device]{Data: []Device{}}
	for _, d := range all {
		out.Data = append(out.Data, deviceJSON(d, callOf(ctx).lang, withPerson))
	}
	return &Plain[List[Device]]{out}
}

// deviceAfter answers an act with the device as it is now.
func (s *surface) deviceAfter(ctx context.Context, v policy.Viewer, id council.ID, err error) (*Answer[Device], error) {
	if err != nil {
		return nil, err
	}
	d, err := s.Devices.Show(ctx, v, id, thisDevice(ctx))
	if err != nil {
		return nil, err
	}
	return &Answer[Device]{Status: http.StatusOK, ETag: httpkit.ETag(d.Revision), Body: deviceJSON(d, callOf(ctx).lang, d.Person != v.Person())}, nil
}
