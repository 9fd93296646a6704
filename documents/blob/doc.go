// Package blob stores bytes by their SHA-256: written once, verified, never changed in place.
//
// A key is an area and 64 lower-case hex digits. Areas keep the public renditions apart from everything else: the portal's
// process gets a store that knows only Public. The file backend keeps a blob at DIR/AREA/ab/abcdef...; bytes arrive under
// DIR/AREA/.tmp, are flushed to the disk and then renamed, so a blob is either whole or not there, whenever the power goes.
//
// What does not belong here: who may read what (auth/policy), which blobs are still needed (the council's tables).
// Start reading at blob.go; blobtest is the suite that every backend passes.
package blob
