package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/sandbox"
)

// Limits of one file. Zero values are replaced by the defaults.
type Limits struct {
	Bytes    int64         // of an upload; default 500 MB
	Pages    int           // default 5,000
	Resident int64         // memory of a child in bytes; default 600 MB
	Total    time.Duration // wall time for one file; default 10 minutes
}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 500_000_000
	}
	if l.Pages <= 0 {
		l.Pages = 5000
	}
	if l.Total <= 0 {
		l.Total = 10 * time.Minute
	}
	return l
}

// Config of a Pipeline.
type Config struct {
	Blobs    blob.Store
	CacheDir string // for compiled code, 19 MB; only this program may write there; "" = ris/pdfium in the user's cache folder
	TempDir  string // for files under work, deleted as soon as they are open; "" = the system's
	Limits   Limits
	Workers  int          // children at once; 0 = one per core
	Plain    bool         // bases keep the order in which they are written first, even when qpdf is installed
	Log      *slog.Logger // nil = slog.Default(); never gets text or names of papers
}

// Pipeline implements documents.Pipeline with children of documents/sandbox. It may be used from many goroutines; more
// documents than workers wait in line.
type Pipeline struct {
	config Config
	pool   *sandbox.Pool
	warm   sync.Mutex
	warmed bool
}

var _ documents.Pipeline = (*Pipeline)(nil)

// New makes the pipeline. It starts nothing; call Warm before the first upload, or the first upload pays for it (3 to 5 s).
func New(c Config) (*Pipeline, error) {
	c.Limits = c.Limits.withDefaults()
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.CacheDir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			base = os.TempDir()
		}
		c.CacheDir = filepath.Join(base, "ris", "pdfium")
	}
	dir, err := filepath.Abs(c.CacheDir) // the child works in another folder
	if err != nil {
		return nil, err
	}
	c.CacheDir = dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("folder for compiled code: %w", err)
	}
	return &Pipeline{config: c, pool: sandbox.NewPool(c.Workers, sandbox.Limits{Program: program(), Resident: c.Limits.Resident, Total: c.Limits.Total})}, nil
}

// Warm fills the cache of compiled code, once per version of the program; later calls cost nothing.
func (p *Pipeline) Warm(ctx context.Context) error {
	p.warm.Lock()
	defer p.warm.Unlock()
	if p.warmed {
		return nil
	}
	if _, err := p.pool.Run(ctx, sandbox.Call{Task: taskWarm, Arguments: order{CacheDir: p.config.CacheDir}, Total: 2 * time.Minute}, nil); err != nil {
		return council.E(council.Unavailable, "error.unavailable").Because(fmt.Errorf("warm up documents: %w", err))
	}
	p.warmed = true
	return nil
}

// Pool runs other work on foreign bytes under the same limits, counted with the documents.
func (p *Pipeline) Pool() *sandbox.Pool { return p.pool }

// Report says which walls around the child stand on this machine.
func (p *Pipeline) Report(ctx context.Context) (sandbox.Report, error) { return p.pool.Report(ctx) }

// steps are the wall times of documents.md, section 5. A step of the proof is one picture; a large plan
// or scan may take many seconds.
var steps = map[string]time.Duration{
	"":        time.Minute, // loading, on a machine that is busy
	"open":    10 * time.Second,
	"rewrite": time.Minute,
	"repair":  time.Minute,
	"proof":   30 * time.Second,
	"picture": 30 * time.Second,
	"raster":  time.Minute,
	"arrange": 10 * time.Second,
	"text":    5 * time.Second,
	"outline": 10 * time.Second,
	"cover":   10 * time.Second,
}

const textTime = time.Minute
