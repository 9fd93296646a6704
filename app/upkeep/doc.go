// Package upkeep looks after what lies on the disks: it deletes blobs that nothing names any more (blobs_collect.go), reads all blobs in
// the background and mends what is damaged (blobs_check.go), and takes away uploads that nobody finished (uploads_expire.go).
//
// Deleting is done in two steps with days between them, so that neither a crash nor somebody who stores the same bytes at that
// moment loses anything; guard.go is the other half of that: every blob store that writes for the council is wrapped in a Guard.
// What names a blob is one list, in app/store/blob_reference.go.
//
// What does not belong here: how blobs are kept (documents/blob), backup, what papers are. Start reading at upkeep.go.
package upkeep
