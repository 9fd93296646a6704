// Package upload takes a file in several requests: the server side of tus 1.0 (https://tus.io/protocols/resumable-upload, version
// 1.0.0) with creation, creation-with-upload, termination, expiration and checksum, and the files in which unfinished uploads lie.
//
// It knows no web framework: a Core gets a Request with the body as a reader and gives an Answer or an error. It knows neither who
// may do what nor what becomes of a complete upload: that is its Host (app/papers behind the handlers). The offset that it names is
// what a crash cannot take away: bytes are flushed to the disk before the offset is.
//
// What does not belong here: the blob store, permissions, tables. Start reading at core.go, then patch.go and part.go.
package upload
