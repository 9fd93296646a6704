// Package finding answers a person's search, and where the words of a query stand on a page.
//
// The engine filters by the viewer's labels; every hit is then looked up in the database with the same viewer, because an index
// can be older than a decision. Titles and snippets are cut from our own text, never from the engine's.
//
// What does not belong here: what goes into the index (app/papers), the public's search (app/server/portal on its own index).
// Start reading at paper_search.go.
package finding
