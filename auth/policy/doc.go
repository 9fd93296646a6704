// Package policy holds ALL permission rules: who may read what (the Audience, read.go) and who may do what (act.go).
//
// Rules stand as plain sentences above the code that carries them out. Everything is closed by default: the zero Audience
// is readable by nobody, the zero Viewer reads nothing, an unknown label matches nobody.
// The same two label sets are the in-memory check (CanRead), the SQL filter, the search filter and row-level security.
//
// What does not belong here: sessions (auth/session), storage, HTTP. Start reading at viewer.go, then read.go.
package policy
