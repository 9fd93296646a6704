// Package papers holds what a clerk does to papers and their files, and the work that follows an upload: one user action, one
// file, verb last.
//
// An upload streams into the blob store first and becomes known in one transaction {version, audit, job}. file_process.go and
// file_index.go are the functions of the jobs. A new paper, file or version is a draft that only clerks see; the publication of its
// meeting opens it (app/meetings).
//
// FileVersion.Problem is a message key, followed by "?name=value&..." when its text has placeholders (problem.go).
// What does not belong here: reading (app/packets), agenda items (app/meetings), what happens to the bytes (documents).
// Start reading at papers.go, then file_add.go.
package papers
