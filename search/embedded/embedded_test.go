package embedded

import (
	"testing"

	"ris/search"
	"ris/search/searchtest"
)

func TestSuite(t *testing.T) {
	searchtest.Run(t, searchtest.Options{Open: func(t *testing.T) search.Engine {
		e, err := Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}})
}
