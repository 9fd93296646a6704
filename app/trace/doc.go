// Package trace answers whose copy a file is that was found: by the marks that are left in it (documents/trace) and the ledger of
// the copies given out. The answer touches a person's rights: it is given under the two-person release (app/release), about copies
// of one Body only, to the two persons, for a time; every step is in the audit log. The file is not kept.
//
// The way: trace_request.go reads the marks and asks for the release; trace_decide.go releases or refuses, and looks up with the
// release in the same transaction; trace_show.go shows what the viewer may see; trace_run.go is the server's command line, which needs
// the same release; trace_expire.go takes results away.
//
// What does not belong here: reading foreign bytes (documents/pipeline), the rules (auth/policy/release.go).
// Start reading at trace_request.go.
package trace
