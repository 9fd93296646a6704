package raster

import (
	"container/list"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// working bounds how many pages are made at once: one per core.
var working = make(chan struct{}, runtime.GOMAXPROCS(0))

var deflaters = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, personalLevel) // a valid level: there is no error
	return w
}}

// finished keeps the pages made last: readers ask for one picture in several ranges.
var finished = &memory{most: 32 << 20, at: map[place]*list.Element{}}

type place struct {
	key  string
	page int
}

type memory struct {
	mu    sync.Mutex
	most  int // bytes
	bytes int
	order list.List // of entry, the last used first
	at    map[place]*list.Element
}

type entry struct {
	place
	data []byte
}

// get gives the page from memory or makes it. The result is shared: do not change it.
func (m *memory) get(key string, page int, make func() ([]byte, error)) ([]byte, error) {
	if key == "" {
		return make()
	}
	where := place{key, page}
	m.mu.Lock()
	if e, ok := m.at[where]; ok {
		m.order.MoveToFront(e)
		data := e.Value.(entry).data
		m.mu.Unlock()
		return data, nil
	}
	m.mu.Unlock()
	data, err := make()
	if err != nil || len(data) > m.most/2 {
		return data, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.at[where]; ok {
		return data, nil // another request was as fast
	}
	m.at[where] = m.order.PushFront(entry{where, data})
	for m.bytes += len(data); m.bytes > m.most; {
		last := m.order.Back()
		e := m.order.Remove(last).(entry)
		delete(m.at, e.place)
		m.bytes -= len(e.data)
	}
	return data, nil
}
