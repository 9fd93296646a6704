// Package front sets the first pages of a merged packet: the agenda of the meeting with its papers and the pages on which they
// begin. It is our own content, set from what the viewer may know of; the sandbox prepares it like any other paper, so that it
// carries the mark too.
//
// The pages are German, whatever the language of the user interface: they are part of the document, as the mark's lines are.
// The same agenda gives the same bytes.
// What does not belong here: who may read what (the use-case hands in only that), merging (documents/pdf).
// Start reading at agenda.go.
package front
