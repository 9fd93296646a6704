package meili

import (
	"github.com/meilisearch/meilisearch-go"

	"ris/search"
	"ris/search/german"
)

// OpenReader answers from an index that another process keeps. It asks the server for nothing yet, makes and changes nothing, so that a
// key suffices whose only action is "search", on this one index, and a process starts while the server is down.
func OpenReader(c Config) search.Reader {
	name := nameOf(c.Name)
	client := meilisearch.New(c.URL, meilisearch.WithAPIKey(c.Key), meilisearch.WithCustomRetries([]int{502, 503, 504}, 2))
	return struct{ search.Reader }{&Engine{client: client, index: client.Index(name), uid: name}}
}

// nameOf is the index on the server; a new version of the text analysis has an index of its own.
func nameOf(name string) string { return "pages_" + name + "_v" + german.Version }
