// Package copies makes a person's own copy of a paper: the prepared base with one slot exchanged, and the sections of it that
// a browser asks for.
//
// The slot (format version 1) is one PDF object inside the base, from "N 0 obj" to just before "endobj": a form XObject with
// /BBox [0 0 1000 1000] that every page calls, through a matrix of its own, so that one drawing fits all page sizes and
// rotations. It has a fixed length; what the drawing does not need is filled with spaces. Name, account and date are drawn as
// outlines of letters: no font goes into the file, and search and copying in the reader never find the mark.
// There is no copy without a mark: the base is reachable by no URL, and a mark that would be blank is an error.
//
// What does not belong here: making the base (documents/pdf), who may read and since when (auth/policy, the use-case).
// Start reading at copy.go; answer.go cuts ranges for HTTP without knowing any web framework.
package copies
