// Package convert makes a PDF of an upload that is none: Office files by LibreOffice when it is installed, pictures, e-mail.
//
// kind.go says what a file is by its first bytes. Everything that reads further runs in a child of documents/sandbox
// (child_office.go, child_picture.go, child_mail.go) or in LibreOffice behind the same walls (soffice.go): without network, without
// the data of the service, with its work in memory where the walls permit. An Office file is cleaned before LibreOffice sees it:
// no macros, no links to outside, tracked changes as their final text; what was hidden in it is named in notes for the clerk.
// Pictures lose their metadata (place, camera, author). The original is never changed.
//
// What does not belong here: PDFs themselves (documents/pdf), where originals and results are kept (app/papers).
// Start reading at convert.go.
package convert
