// Package versions shows what changed between two versions of a file, and makes these differences.
//
// When a version has become readable, its job compares it with the version before and with the one that readers have. Any other two
// versions of the same file are compared when somebody who may read both asks. The words come from the stored page texts, the pictures
// from a child of documents/sandbox; both are kept in one packed value for the pair.
// Who may not read one of the two versions gets "not found", as for a version that never was: neither that it exists nor what stood in it
// is told. Looking at a difference of what is not public is logged as reading it is.
//
// What does not belong here: what a difference is (documents/compare), the list of a file's versions (app/packets), marks that move to
// a new version (app/annotations). Start reading at difference_show.go.
package versions
