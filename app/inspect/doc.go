// Package inspect runs the way of an upload over files on disk and says in one line each what would become of them: `ris inspect`.
// Nothing is stored: what the work needs lies in files without a name (shelf.go), which are gone with the process, however it ends.
//
// What does not belong here: what happens to the bytes (documents), flags (cmd/ris). Start reading at inspect.go.
package inspect
