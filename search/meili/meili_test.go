package meili

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"testing"
	"time"

	"ris/search"
	"ris/search/searchtest"
)

// TestSuite runs against a real server: RIS_TEST_MEILI_URL is its address, RIS_TEST_MEILI_KEY a key that may do everything.
func TestSuite(t *testing.T) {
	url := os.Getenv("RIS_TEST_MEILI_URL")
	if url == "" {
		t.Skip("RIS_TEST_MEILI_URL is not set: no Meilisearch to test against")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	searchtest.Run(t, searchtest.Options{OwnDictionary: true, Corpora: 8, Open: func(t *testing.T) search.Engine {
		name := "suite_" + strings.ToLower(rand.Text()[:10])
		e, err := Open(ctx, Config{URL: url, Key: os.Getenv("RIS_TEST_MEILI_KEY"), Name: name})
		if err != nil {
			t.Fatal(err)
		}
		return &throwaway{e.(*Engine)}
	}})
}

// throwaway removes its index from the server when it is closed.
type throwaway struct{ *Engine }

func (e *throwaway) Close() error {
	task, err := e.client.DeleteIndexWithContext(context.Background(), e.uid)
	if err == nil {
		err = e.wait(context.Background(), task.TaskUID)
	}
	if err != nil {
		return err
	}
	return e.Engine.Close()
}
