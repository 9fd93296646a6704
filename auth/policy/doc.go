// Package policy holds ALL permission rules: who may read what (the Audience), what a person holds at this moment (the Viewer), and
// who may do what.
//
// Rules stand as plain German sentences above the code that carries them out, one file per object or relation; the proof
// (app/apptest/proof) is written from these sentences and not from the code. Everything is closed by default: the zero Audience is
// readable by nobody, the zero Viewer reads nothing, an unknown label matches nobody.
// The same two label sets are the in-memory check (CanRead), the SQL filter, the search filter and row-level security.
//
// Rights begin and end by the clock: what a person holds is computed in each request (ForPerson), no job has to run. What an object
// asks for (For...) changes with acts only.
//
// What does not belong here: sessions (auth/session), storage, HTTP. Start reading at viewer.go, then read.go; the objects are meeting.go,
// agenda_item.go, paper.go, file.go, annotation.go; the relations seat.go, substitute.go, guest.go, conflict.go, clerk.go, mayor.go,
// group_office.go.
package policy
