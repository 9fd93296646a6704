// Package embedded is the search engine inside the process: Bleve's segment store (scorch) fed with the tokens of search/german.
//
// Format of the index. One document per page ("<file>/<page>") and one per file ("<file>/0", the head). Fields:
//
//	w  words of the page, with positions       p  parts of its compounds
//	t  words of the title, with positions      u  parts of the title's compounds   (on pages and head alike)
//	a  labels that may read                    x  labels that may not
//	r  paper   b  body   l  "1" on the head of a file that is in the index
//	k  "<file>/<page>" as doc value, to group hits by file
//	s  stored: on the head the file's ids, sequence number, page count and title tokens; on a page its token stream
//
// No text is stored. The token stream (stems, as the inverted index holds them anyway) is kept so that SetAudience can write
// the pages anew without their text: labels have to stand on each page, because they filter inside each query. The head of a
// deleted file stays behind with its sequence number only, so that a late job cannot bring the file back.
//
// Evaluation is ours, not Bleve's query tree: every posting passes the viewer's set of readable pages first (view.go), and all
// that follows (hits, totals, word statistics for ranking, which continuations of a prefix are frequent, whether a misspelling
// is tried) is counted from readable pages alone. So the answer is the same as from an index that holds only those pages.
//
// What does not belong here: analysis of words (search/german), titles and snippets for people. Start reading at engine.go, then
// search.go.
package embedded
