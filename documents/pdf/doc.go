// Package pdf is everything that opens a PDF: is it one, can it be prepared, what does it say, how does it look. It runs only
// in the child process of documents/sandbox; the serving process never imports its calls on foreign bytes.
//
// Prepare takes an original and writes the base of all personal copies: one object of fixed size (the slot, see documents/copies)
// is called last on every page; what could act, call home or carry unmarked content is taken out; pages whose own drawing is
// left open are closed first. The result is proven with pictures before it is accepted: with an empty slot every page looks as
// it did, with a test mark every page looks different. Files that the rewriting library cannot read are read and written anew
// by the rendering library first.
//
// Two libraries live here and nowhere else: pdfcpu (structure) and pdfium (WebAssembly: text, pictures, repair). pdfium is called
// through a thin layer of our own, because the usual one looks up a function by name for each letter; the module has no file
// system, no clock of use and at most 512 MiB, and each document gets a fresh instance.
//
// What does not belong here: limits of the process and deadlines (documents/sandbox), storage (documents/blob), drawing the mark
// (documents/copies). Start reading at prepare.go.
package pdf
