// Package mdm makes the Apple configuration profile that puts the reader on a municipality's iPads: one managed web clip (payload type
// com.apple.webClip.managed, "WebClip" in Apple's Device Management documentation), full screen, not to be removed by hand, with the
// Body in its address. Relution, Jamf and Intune push it; without an MDM it can be opened on the device.
//
// The same installation and Body always give the same identifiers and UUIDs, so that a new profile replaces the old one. The profile is
// not signed: MDMs sign what they push, and .docs/devices.md says how to sign it by hand.
//
// What does not belong here: devices that signed in (app/devices). Start reading at profile.go.
package mdm
