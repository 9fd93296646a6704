// Package recognise reads the words of a page picture with tesseract (an optional program) and makes page text of them.
//
// The picture comes from the sandbox child (documents/pdf draws it), as grey pixels; tesseract runs as an outside program behind the
// walls of documents/sandbox: no network, a folder of its own, a deadline per page, low priority, one core. What it answers is read
// as foreign input. A page that was put into the scanner sideways or upside down is turned and read once more; its words are given in
// the coordinates of the page as it is.
//
// What does not belong here: which pages need it (documents/pdf), storing and indexing (app/papers), the invisible layer
// (documents/pdf). Start reading at page.go.
package recognise
