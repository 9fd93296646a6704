package api

import (
	"encoding/base64"
	"time"

	"ris/app/council"
	"ris/app/devices"
	"ris/auth/lease"
	"ris/web/locales"
)

// Device is a browser in which a person is or was signed in.
type Device struct {
	Stamp
	Person          *PersonRef `json:"person" doc:"null in one's own list"`
	Name            string     `json:"name" doc:"as the person calls it, else what the browser says of itself"`
	Kind            string     `json:"kind" doc:"what the browser says of itself: iPad, Safari"`
	Named           bool       `json:"named" doc:"the person gave the name"`
	This            bool       `json:"this" doc:"the browser that asks"`
	SignedIn        bool       `json:"signedIn"`
	HomeScreen      bool       `json:"homeScreen"`
	LastSeen        time.Time  `json:"lastSeen"`
	AppVersion      string     `json:"appVersion"`
	OfflinePapers   *int       `json:"offlinePapers" doc:"as the app last reported; null: it never did"`
	LeaseUntil      *time.Time `json:"leaseUntil" doc:"until when non-public papers on it can be read without a network; null: it never got a lease"`
	Readable        bool       `json:"readable" doc:"non-public papers on it can still be opened without a network, as far as the server can know"`
	Wipe            string     `json:"wipe" enum:"none,pending,delivered,confirmed" doc:"the order to delete: confirmed by the device itself alone"`
	WipeOrderedAt   *time.Time `json:"wipeOrderedAt"`
	WipeDeliveredAt *time.Time `json:"wipeDeliveredAt"`
	WipeConfirmedAt *time.Time `json:"wipeConfirmedAt"`
}

// DeviceRename gives a device another name.
type DeviceRename struct {
	Name string `json:"name" maxLength:"200" doc:"empty: what the browser says of itself"`
}

// DeviceReport is what the app says of itself.
type DeviceReport struct {
	AppVersion    string `json:"appVersion,omitempty" maxLength:"100"`
	OfflinePapers int    `json:"offlinePapers" minimum:"0" doc:"papers that lie on the device"`
	HomeScreen    bool   `json:"homeScreen,omitempty"`
	Touch         bool   `json:"touch,omitempty" doc:"the screen takes several fingers"`
}

// DevicesSignOut signs out on several devices.
type DevicesSignOut struct {
	KeepThis bool `json:"keepThis" doc:"true: all others; false: this one as well"`
}

// SignedOut says how many sessions were ended.
type SignedOut struct {
	Sessions int `json:"sessions"`
}

// OfflineLease is the permission to read offline, signed; its format stands in the package auth/lease.
type OfflineLease struct {
	Lease          string     `json:"lease"`
	Key            LeaseKey   `json:"key"`
	ServerTime     time.Time  `json:"serverTime"`
	NonPublicUntil time.Time  `json:"nonPublicUntil"`
	PublicUntil    *time.Time `json:"publicUntil" doc:"null: without a limit"`
}

// LeaseKey is the public key with which leases are checked (RFC 8037, JSON Web Key).
type LeaseKey struct {
	Kty string `json:"kty" enum:"OKP"`
	Crv string `json:"crv" enum:"Ed25519"`
	Kid string `json:"kid"`
	X   string `json:"x" doc:"32 bytes, base64url"`
}

func leaseJSON(g devices.Given) OfflineLease {
	return OfflineLease{Lease: g.Text, ServerTime: g.Server, NonPublicUntil: g.Lease.NonPublicUntil.UTC().Truncate(time.Second), PublicUntil: g.Lease.PublicUntil,
		Key: LeaseKey{Kty: "OKP", Crv: "Ed25519", Kid: lease.KeyID(g.Key), X: base64.RawURLEncoding.EncodeToString(g.Key)}}
}

func deviceJSON(v devices.View, lang string, withPerson bool) Device {
	kind := devices.KindOf(v.UserAgent, v.Touch).String()
	if kind == "" {
		kind = locales.T(lang, "device.unknown")
	}
	out := Device{Stamp: stamp(v.Device.Stamp, "/devices/"), Name: v.Name, Kind: kind, Named: v.Name != "", This: v.This, SignedIn: v.SignedIn,
		HomeScreen: v.HomeScreen, LastSeen: v.LastSeen, AppVersion: v.AppVersion, LeaseUntil: optional(v.LeaseUntil), Readable: v.Readable,
		Wipe: string(v.Device.Wipe()), WipeOrderedAt: optional(v.WipeOrderedAt), WipeDeliveredAt: optional(v.WipeDeliveredAt),
		WipeConfirmedAt: optional(v.WipeConfirmedAt)}
	if out.Name == "" {
		out.Name = kind
	}
	if v.Device.Wipe() == council.WipeNone {
		out.Wipe = "none"
	}
	if !v.ReportedAt.IsZero() {
		out.OfflinePapers = &v.OfflinePapers
	}
	if withPerson {
		out.Person = &PersonRef{ID: v.Owner.ID, Name: v.Owner.Name}
	}
	return out
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
