// Package pipeline is the parent's side of looking at an upload: it hands the original to a child of documents/sandbox, in which
// documents/pdf does the work, and stores what comes back. It implements documents.Pipeline.
//
// The serving process itself never reads a byte of the PDF as a PDF: it passes descriptors, and takes sizes, letters and a
// finished file. What a child's end means for people (refused, and why) is decided here.
//
// What does not belong here: jobs and states of files (the papers use-case), the rules of preparation (documents/pdf).
// Start reading at process.go; child.go is the other side. Programs call sandbox.MaybeChild first, see there.
package pipeline
