package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"ris/app/council"
	"ris/search"
	"ris/search/german"
)

// Engine is one index in one folder. Only one process may have it open; within it any number of searches and one change run at
// a time.
type Engine struct {
	dir string

	mu      sync.RWMutex // held for reading while the index is used, for writing while it is closed or replaced
	index   index.Index
	queue   *index.AnalysisQueue
	closed  bool
	writing sync.Mutex // one change at a time: it reads the head, then writes

	viewMu sync.Mutex
	view   *view // of the newest snapshot that a search has seen
}

var _ search.Engine = (*Engine)(nil)

// Open opens the index in dir or makes an empty one. Indexes of another version of the analysis are removed: nothing in them
// would be found, and they hold the words of documents; Stats tells the caller that the index has to be filled.
func Open(dir string) (search.Engine, error) {
	e := &Engine{dir: filepath.Join(dir, "pages-v"+german.Version)}
	old, err := filepath.Glob(filepath.Join(dir, "pages-v*"))
	if err != nil {
		return nil, err
	}
	for _, o := range old {
		if o != e.dir {
			if err := os.RemoveAll(o); err != nil {
				return nil, fmt.Errorf("remove old search index: %w", err)
			}
		}
	}
	if err := e.open(); err != nil {
		return nil, err
	}
	return e, nil
}

func (e *Engine) open() error {
	if err := os.MkdirAll(e.dir, 0o700); err != nil {
		return err
	}
	e.queue = index.NewAnalysisQueue(1)
	idx, err := scorch.NewScorch(scorch.Name, map[string]any{"path": e.dir, "bolt_timeout": "3s", "scorchMergePlanOptions": map[string]any{"FloorSegmentSize": 100, "TierGrowth": 10, "MaxSegmentsPerTier": 6, "SegmentsPerMergeTask": 6}}, e.queue)
	if err == nil {
		err = idx.Open()
	}
	if err != nil {
		e.queue.Close()
		return fmt.Errorf("open search index %s: %w", e.dir, err)
	}
	e.index = idx
	return nil
}

// Close ends all work and releases the folder.
func (e *Engine) Close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	return e.shut()
}

func (e *Engine) shut() error {
	e.dropView()
	err := e.index.Close()
	e.queue.Close()
	return err
}

// Reset implements search.Writer: the folder is emptied, sequence numbers are forgotten.
func (e *Engine) Reset(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return errClosed()
	}
	if err := e.shut(); err != nil {
		return err
	}
	if err := os.RemoveAll(e.dir); err != nil {
		return errors.Join(err, e.open())
	}
	return e.open()
}

// Flush implements search.Writer; every change is visible when its call returns.
func (e *Engine) Flush(context.Context) error { return nil }

// Stats implements search.Engine: the files and pages in the index.
func (e *Engine) Stats(ctx context.Context) (files, pages int, err error) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	if e.closed {
		return 0, 0, errClosed()
	}
	v, err := e.current(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer v.release()
	heads := 0
	for _, d := range v.docs {
		if d.file >= 0 && d.page > 0 {
			pages++
		}
	}
	err = v.documents(ctx, "l", "1", func(uint32) { heads++ })
	return heads, pages, err
}

func errClosed() error {
	return council.E(council.Unavailable, "search.unavailable").Because(errors.New("search index is closed"))
}

func id(file council.ID, page int) string { return fmt.Sprintf("%s/%d", file, page) }

func splitID(s string) (file council.ID, page int, ok bool) {
	f, p, ok := strings.Cut(s, "/")
	if !ok {
		return "", 0, false
	}
	for _, c := range p {
		page = page*10 + int(c-'0')
	}
	return council.ID(f), page, true
}
