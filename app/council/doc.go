// Package council is the domain leaf: the words of a German council as Go types, their validation, the kinds of
// errors, and the clock. It imports the standard library only and is imported by everything.
//
// What does not belong here: permission rules (auth/policy), storage (app/store), any I/O.
// Names follow OParl 1.1; what OParl lacks has the name of the glossary in the architecture notes.
// Start reading at body.go, meeting.go and paper.go.
package council
