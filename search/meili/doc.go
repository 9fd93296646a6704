// Package meili is the search engine of larger installations: a Meilisearch server on loopback, fed with the tokens of
// search/german. Meilisearch stores, filters and ranks; it does not analyse German.
//
// Format of the index "pages_<name>_v<version of the analysis>". One document per page (id "<file>_<page>") and one per file
// ("<file>_0", the head):
//
//	w_title  words of the title      w  words of the page, in order: phrases go by them
//	p_title, p  parts of compounds, paper numbers, paragraphs, dates; ". " between them, so that no phrase runs over them
//	acl, withheld  labels that may and may not read; the filter of each search is built from the viewer here, and nowhere else
//	file, paper, version, body, page, sequence; on the head: pages (numbers of its pages), live
//
// Only ids are displayed; no text is stored. Meilisearch's own handling of languages and numbers is off; a misspelt word is tried only when
// the exact query has few hits, so that "2024" or a street name does not drag in its neighbours.
//
// Differences from search/embedded, all seen by the suite's options: the order of hits and the reach of misspellings come from a
// dictionary of all pages; more than ten words are cut off by the server; totals over 10,000 are marked Partial.
//
// What does not belong here: analysis, titles and snippets. Start reading at engine.go, then search.go.
package meili
