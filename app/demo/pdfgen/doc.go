// Package pdfgen sets the seed's papers as real PDFs: cover letters, statutes, tables, landscape budget pages, plans and
// pages that look scanned. It is deterministic: the same Document gives the same bytes.
//
// What does not belong here: the town's data (app/demo/town), storing. Start reading at document.go.
package pdfgen
