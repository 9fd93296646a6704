// Package privacy is what a person may ask of those who keep data about them (DSGVO, Regulation (EU) 2016/679): a copy of it (Art. 15
// and 20, person_export.go), its erasure (Art. 17, person_erase.go); and the record of processing that the town must keep (Art. 30,
// record_show.go).
//
// A person gets the own data at once. For somebody else it is asked for under the two-person release (app/release): request_ask.go,
// request_decide.go; then who asked carries it out, once. Notes are the owner's alone: they are in the owner's own copy only, also
// under a release.
//
// Erased are notes, devices, passkeys, sessions, linked accounts, receipts of copies and the contact data; the person's key of the log
// is dropped (app/audit/journal). What the council has recorded (seats, substitutions, conflicts of interest, who published) stays, with
// its reason. While somebody holds an office nothing is erased: the account is needed for it.
//
// What does not belong here: rules (auth/policy/release.go), which tables hold what (app/store/person_erase.go; a test keeps that list
// complete). Start reading at privacy.go.
package privacy
