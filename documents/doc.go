// Package documents is the contract of everything that touches foreign bytes: the pipeline that makes a paper safe,
// readable and personal. The work itself is done in documents/sandbox (child process), documents/pdf (inside it),
// documents/copies (slot and ranges) and documents/blob (storage by SHA-256).
//
// What does not belong here: permissions (auth/policy), the council's tables. Start reading at pipeline.go.
package documents
