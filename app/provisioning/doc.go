// Package provisioning keeps who is there: bodies, legislative terms, committees, persons with their accounts, seats and roles. They come
// as a file (CSV), from the clerk's desk, or from the directory (SCIM; the HTTP side is app/server/scim).
//
// Every act is a list of changes to rows (change.go): shown first as a difference, done in one transaction together with the public
// read model and the log, kept, and taken back as a whole while nothing else has changed the same rows (undo.go). Nothing is ever half
// done: one line that cannot be understood keeps the whole file out.
//
// The file (import_columns.go, import_read.go): CSV with a line of German column names in any order; `;`, `,` or tab; UTF-8, UTF-16 with
// BOM, or Windows-1252. The column "Art" says what a line is: Körperschaft, Wahlperiode, Gremium, or Person (also when it is empty). An
// empty cell leaves a value as it is, a single "-" empties it. A cell that a spreadsheet would take for a formula is written with a
// leading apostrophe and read without it.
//
// A first sign-in finds a person by the verified address of the account and by nothing else; who is locked is signed out at once.
//
// What does not belong here: sign-in (app/server/signin), sessions (auth/session), rules (auth/policy/provisioning.go), the wire form of
// SCIM (app/server/scim). Start reading at change.go, then import_preview.go.
package provisioning
