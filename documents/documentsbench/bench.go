package documentsbench

import (
	"fmt"
	"os"

	"ris/documents/pdf"
)

// Bench holds the measured files, each made and prepared once, in a folder of its own. Close it.
type Bench struct {
	dir      string
	engine   *pdf.Engine
	subjects map[string]subject
}

// New opens the tools. cacheDir keeps compiled code; "" = none.
func New(cacheDir string) (*Bench, error) {
	dir, err := os.MkdirTemp("", "ris-bench-")
	if err != nil {
		return nil, err
	}
	engine, err := pdf.NewEngine(cacheDir)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return &Bench{dir, engine, map[string]subject{}}, nil
}

// Close deletes the files.
func (b *Bench) Close() error {
	for _, x := range b.subjects {
		_ = x.base.Close()
	}
	_ = b.engine.Close()
	return os.RemoveAll(b.dir)
}

// each asks for the rows of each file in turn.
func (b *Bench) each(names []string, rows func(subject) ([]Row, error)) (out []Row, err error) {
	for _, name := range names {
		x, known := b.subjects[name]
		if !known {
			x = subject{name: name, dir: b.dir, original: made(name)}
			base, prepared, err := prepareFile(b.engine, b.dir, x.original)
			if err != nil {
				return out, fmt.Errorf("%s: %w", name, err)
			}
			x.base, x.prepared = base, prepared.Prepared
			b.subjects[name] = x
		}
		r, err := rows(x)
		if err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, r...)
	}
	return out, nil
}
