// Package compare finds what changed between two versions of a paper: which words went, came, changed or moved, on which pages, and
// where they stand. It is pure: page texts in, a Difference out; no files, no database.
//
// How: each Document drops running heads and feet (furniture.go), joins lines to paragraphs over page ends (paragraphs.go) and cuts them
// into words (words.go). Equal stretches of words that occur once on each side hold the two together (blocks.go); those that stand in
// another order have been moved. What lies between them is compared word by word (align.go), then put the way people read changes:
// amounts one by one, no islands of single small words (tidy.go). Paragraphs that share words stand beside each other in a Row (rows.go).
// So a paragraph that only slid to the next page is no change, and neither is another line break.
//
// The alignment is our own: diff libraries compare lines or bytes, know no moved blocks, and most have no bound for hostile input. Here the
// time is bounded by a limit on the work between two anchors, the memory by a limit on words; past them the comparison goes by lines, then
// by pages, and says so (Difference.Note).
//
// Kept form (codec.go): 'D' 'F' and the format's number, then deflated JSON in which boxes are delta-coded tenths of a point.
//
// What does not belong here: pictures (documents/pdf), rights and storage (app/versions, app/store). Start reading at compare.go.
package compare
