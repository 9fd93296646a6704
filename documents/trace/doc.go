// Package trace is the knowledge of the marks by which a copy leads back to its person: how they are derived from the
// installation's key (key.go), and what is left of them in a file that was found: the visible mark's text, the second /ID string,
// the shifts of the pages (evidence.go), and how likely a match by chance is (fingerprint.go).
//
// It is pure evaluation of what the sandbox child has read (documents/pdf/trace.go, documents/pipeline/child_trace.go) and opens no
// foreign bytes. What does not belong here: who may ask (app/trace, app/release), the ledger (app/store/receipt.go).
// Start reading at evidence.go.
package trace
