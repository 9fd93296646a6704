package german

import (
	"ris/app/council"
	"ris/search"
)

// What a query may be: longer ones are no search, but a way to keep the server busy.
const (
	maxQueryBytes = 1000
	maxClauses    = 32
)

// Check reads the text of a query and sets its limits right (Limit 1 to 100, 20 when not given). Errors are of kind Invalid: no
// word in it, or too many.
func Check(q *search.Query) ([]Clause, error) {
	if len(q.Text) > maxQueryBytes {
		return nil, council.E(council.Invalid, "search.query_too_long")
	}
	clauses := Parse(q.Text)
	if len(clauses) == 0 {
		return nil, council.E(council.Invalid, "search.query_empty")
	}
	if len(clauses) > maxClauses {
		return nil, council.E(council.Invalid, "search.query_too_long")
	}
	if q.Limit <= 0 {
		q.Limit = 20
	}
	q.Limit, q.Offset = min(q.Limit, 100), max(q.Offset, 0)
	return clauses, nil
}
