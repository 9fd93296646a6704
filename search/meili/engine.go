package meili

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"ris/app/council"
	"ris/search"
)

// Config says where the server is.
type Config struct {
	URL  string // "http://127.0.0.1:7700"
	Key  string // a key that may search and write the index; not the master key
	Name string // "internal" or "public": the index is of its own for each
}

// Engine is one index of the server. Changes are accepted in order and applied by the server; Flush waits for them.
type Engine struct {
	client meilisearch.ServiceManager
	index  meilisearch.IndexManager
	uid    string

	mu      sync.Mutex           // one change at a time: it reads the head, then writes
	pending map[council.ID]*head // heads of files changed since the last Flush: the server may not show them yet
	tasks   []int64              // not yet waited for
}

var _ search.Engine = (*Engine)(nil)

// maxTotal is up to where the server counts hits exactly.
const maxTotal = 10_000

// cutOff is after how many milliseconds the server answers with what it has.
const cutOff = 1500

// maxPending changes are taken before the next one waits for the server.
const maxPending = 500

// Open makes the index when there is none and brings its settings up to date. It waits until the server is ready; err is of
// kind Unavailable when it does not answer.
func Open(ctx context.Context, c Config) (search.Engine, error) {
	client := meilisearch.New(c.URL, meilisearch.WithAPIKey(c.Key), meilisearch.WithCustomRetries([]int{502, 503, 504}, 2))
	name := nameOf(c.Name)
	e := &Engine{client: client, index: client.Index(name), uid: name, pending: map[council.ID]*head{}}
	task, err := client.CreateIndexWithContext(ctx, &meilisearch.IndexConfig{Uid: name, PrimaryKey: "id"})
	if err != nil {
		return nil, unavailable(err)
	}
	if err := e.wait(ctx, task.TaskUID); err != nil && !errors.Is(err, errExists) {
		return nil, err
	}
	settings := settings()
	task, err = e.index.UpdateSettingsWithContext(ctx, &settings)
	if err != nil {
		return nil, unavailable(err)
	}
	if err := e.wait(ctx, task.TaskUID); err != nil {
		return nil, err
	}
	return e, nil
}

func settings() meilisearch.Settings {
	return meilisearch.Settings{
		SearchableAttributes: []string{"w_title", "w", "p_title", "p"},
		FilterableAttributes: []string{"acl", "withheld", "file", "paper", "body", "page", "live"},
		DisplayedAttributes:  []string{"id", "file", "paper", "version", "body", "page", "sequence", "pages", "live"},
		SortableAttributes:   []string{"file"},
		RankingRules:         []string{"words", "typo", "proximity", "attribute", "exactness", "file:desc"},
		TypoTolerance: &meilisearch.TypoTolerance{Enabled: true, DisableOnNumbers: true, DisableOnWords: []string{}, DisableOnAttributes: []string{},
			MinWordSizeForTypos: meilisearch.MinWordSizeForTypos{OneTypo: 5, TwoTypos: 9}},
		Pagination:          &meilisearch.Pagination{MaxTotalHits: maxTotal},
		LocalizedAttributes: []*meilisearch.LocalizedAttributes{{Locales: locales, AttributePatterns: []string{"*"}}},
		SearchCutoffMs:      cutOff,
	}
}

// locales is a Latin language that the server does not cut words of.
var locales = []string{"eng"}

// Close implements search.Engine. Changes that were accepted are applied all the same.
func (e *Engine) Close() error {
	e.client.Close()
	return nil
}

// Flush implements search.Writer: it waits until the server has applied everything accepted so far; err says that a change
// failed there.
func (e *Engine) Flush(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.flush(ctx)
}

func (e *Engine) flush(ctx context.Context) error {
	var failed error
	for len(e.tasks) > 0 {
		if err := e.wait(ctx, e.tasks[0]); err != nil {
			if ctx.Err() != nil {
				return unavailable(err)
			}
			failed = errors.Join(failed, err)
		}
		e.tasks = e.tasks[1:]
	}
	clear(e.pending)
	return failed
}

var (
	errExists  = errors.New("index exists")
	errAnswers = errors.New("search server: not as many answers as queries")
)

// wait polls a task, quickly at first.
func (e *Engine) wait(ctx context.Context, uid int64) error {
	for pause := 5 * time.Millisecond; ; pause = min(pause*2, 250*time.Millisecond) {
		task, err := e.client.GetTaskWithContext(ctx, uid)
		if err != nil {
			return unavailable(err)
		}
		switch task.Status {
		case meilisearch.TaskStatusSucceeded:
			return nil
		case meilisearch.TaskStatusFailed, meilisearch.TaskStatusCanceled:
			if task.Error.Code == "index_already_exists" {
				return errExists
			}
			return council.E(council.Internal, "error.internal").Because(fmt.Errorf("search task %d %s: %s", uid, task.Status, task.Error.Code))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// Reset implements search.Writer.
func (e *Engine) Reset(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	task, err := e.index.DeleteAllDocumentsWithContext(ctx, nil)
	if err != nil {
		return unavailable(err)
	}
	e.tasks = append(e.tasks, task.TaskUID)
	return e.flush(ctx)
}

// Stats implements search.Engine.
func (e *Engine) Stats(ctx context.Context) (files, pages int, err error) {
	count := func(filter string) (int, error) {
		var r meilisearch.DocumentsResult
		err := e.index.GetDocumentsWithContext(ctx, &meilisearch.DocumentsQuery{Filter: filter, Limit: 1, Fields: []string{"id"}}, &r)
		if err != nil {
			return 0, unavailable(err)
		}
		return int(r.Total), nil
	}
	if files, err = count("live = true"); err != nil {
		return 0, 0, err
	}
	pages, err = count("page > 0")
	return files, pages, err
}

// unavailable makes the error for people; the cause names status and code only, because the client's own text repeats the
// request with its labels and words.
func unavailable(err error) error {
	var e *meilisearch.Error
	if errors.As(err, &e) {
		err = fmt.Errorf("search server: %s %s: status %d, code %q", e.Method, e.Endpoint, e.StatusCode, e.MeilisearchApiError.Code)
	}
	return council.E(council.Unavailable, "search.unavailable").Because(err)
}
