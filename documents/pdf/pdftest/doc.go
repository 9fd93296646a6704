// Package pdftest makes PDFs for tests and benchmarks: reports, scans, pages of all sizes and rotations, and hostile files.
// Nothing here is read from disk, and nothing of it is part of the product.
//
// What does not belong here: the papers of the demo town. Start reading at raw.go; hostile.go lists what must not do harm.
package pdftest
