// Package search is the contract of every search engine: search/embedded (Bleve, the default) and search/meili
// (production). Both are fed with the tokens of search/german; search/searchtest is the suite both must pass.
//
// What does not belong here: permission rules (the Viewer's labels come from auth/policy), titles and snippets for people
// (cut by the use-case from the database's own text with german.Marks). Start reading at search.go.
package search
