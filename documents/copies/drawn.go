package copies

import (
	"sync"

	"ris/documents"
)

// drawn is a mark in words and as it goes into a slot. It is shared: do not change it.
type drawn struct {
	lines []string
	form  []byte // zlib data
}

// drawings keeps the marks of the day, about 3 kB each: a reader asks for one paper in many ranges.
var drawings = &cache{m: map[documents.Mark]drawn{}}

const maxDrawings = 4096

type cache struct {
	mu sync.RWMutex
	m  map[documents.Mark]drawn
}

// of gives the drawing of a mark, or the error of Lines. The seed draws nothing.
func (c *cache) of(m documents.Mark) (drawn, error) {
	m.Seed = [32]byte{}
	c.mu.RLock()
	d, ok := c.m[m]
	c.mu.RUnlock()
	if ok {
		return d, nil
	}
	lines, err := Lines(m)
	if err != nil {
		return d, err
	}
	d = drawn{lines, Form(lines)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.m) >= maxDrawings {
		clear(c.m)
	}
	c.m[m] = d
	return d, nil
}
