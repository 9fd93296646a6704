// Package devices keeps the list of browsers in which people are signed in: what they are called, when they were here, how long they may
// read offline (the lease), and what becomes of one that is lost.
//
// # A lost device
//
// "Abmelden und löschen" ends its sessions at once and writes an order. The order is answered to the device at its next contact, whatever
// it asks for: 401 with Clear-Site-Data and a receipt; the app deletes and confirms with the receipt, without a session. Nobody but
// the device can say that it has deleted, so the list says: ordered, delivered, confirmed, and until when non-public papers can still be
// opened on it without a network (the end of its lease). See council.Device and device_wipe.go.
//
// # A copied cookie
//
// A session is held to the device at which it began, by the device's own cookie. A session's cookie that comes without it ends the
// session, and the person finds a line about it in the log. Who copies all cookies of a browser is that browser to us: against that
// stand the time-outs, the list of devices, and the step-up before non-public papers.
//
// What does not belong here: cookies and headers (app/server/httpkit), sessions themselves (auth/session), the lease's format (auth/lease),
// who may look after whose devices (auth/policy/device.go). Start reading at devices.go, then in the order of the files' verbs.
package devices
