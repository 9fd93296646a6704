// Package meetings holds what a clerk does to a meeting and its agenda: one user action, one file, verb last.
//
// Every act is one transaction {change, audience, audit, jobs}. Nothing is public by itself: a new item is non-public and a
// draft; publishing (meeting_publish.go) is the only act that opens anything, and it shows before what it will open
// (meeting_preview.go). The rule "what would be opened wider waits as a draft" is in .docs/decisions/0002-audience.md.
//
// What does not belong here: reading (app/packets), papers and files (app/papers), rules (auth/policy). Start reading at meetings.go.
package meetings
