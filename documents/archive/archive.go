package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"sort"
	"strconv"
	"sync"
	"time"
)

// Entry is one file of an archive.
type Entry struct {
	Name     string // path with "/", made by Names; UTF-8
	Content  io.ReaderAt
	Size     int64
	Tag      string    // names the bytes: equal tags, equal bytes
	Modified time.Time // written as the clock of its zone shows it
	// CRC gives the CRC-32 of the content. It is called when the entry's header is read, once.
	CRC func() (uint32, error)
	// Late says that CRC has to make all bytes: it is then taken while they are read, and asked for only by who reads the end alone.
	Late bool
	// Done is called when reading has left the entry: what it holds open can be closed. May be nil.
	Done func()
}

// Archive is a ZIP as bytes at offsets. ReadAt may be called from one goroutine at a time.
type Archive struct {
	entries []Entry
	starts  []int64 // of each entry's header; the central directory; the end
	etag    string

	mu      sync.Mutex
	sums    []uint32
	known   []bool
	running []passing // of late entries
	central []byte
	open    int // the entry read last; -1 = none
}

// passing is the checksum of an entry whose bytes go by in order.
type passing struct {
	hash.Hash32
	at int64
}

const (
	max16 = 1<<16 - 1
	max32 = 1<<32 - 1
)

// New describes the archive of these entries, in their order. Names must be different; see Names.
func New(entries []Entry) (*Archive, error) {
	a := &Archive{entries: entries, sums: make([]uint32, len(entries)), known: make([]bool, len(entries)), running: make([]passing, len(entries)), open: -1}
	names := map[string]bool{}
	tag := sha256.New()
	at, central := int64(0), int64(0)
	for i, e := range entries {
		if e.Size < 0 || e.Name == "" || len(e.Name) > max16 || names[e.Name] {
			return nil, fmt.Errorf("archive: entry %d cannot be written", i)
		}
		names[e.Name] = true
		fmt.Fprintf(tag, "%q %d %q %d\n", e.Name, e.Size, e.Tag, e.Modified.Unix())
		a.starts = append(a.starts, at)
		central += int64(len(appendCentral(nil, e, at, 0)))
		at += int64(len(appendLocal(nil, e, 0))) + e.Size + int64(len(appendDescriptor(nil, e, 0)))
		a.running[i] = passing{crc32.NewIEEE(), 0}
	}
	end := int64(len(appendEnd(nil, len(entries), at, central)))
	a.starts = append(a.starts, at, at+central+end)
	a.etag = `"` + hex.EncodeToString(tag.Sum(nil)[:16]) + `"`
	return a, nil
}

// Size is the length in bytes.
func (a *Archive) Size() int64 { return a.starts[len(a.starts)-1] }

// ETag is the strong entity tag: names, sizes, times and tags of all entries.
func (a *Archive) ETag() string { return a.etag }

// Close calls Done of the entry that is being read.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.enter(-1)
	return nil
}

// ReadAt implements io.ReaderAt. An entry that cannot be read as described is an error: the archive ends there.
func (a *Archive) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for n < len(p) {
		if off >= a.Size() {
			return n, io.EOF
		}
		i := sort.Search(len(a.starts), func(i int) bool { return a.starts[i] > off }) - 1
		var k int
		if i == len(a.entries) {
			k, err = a.readCentral(p[n:], off-a.starts[i])
		} else {
			k, err = a.readEntry(p[n:], i, off-a.starts[i])
		}
		n, off = n+k, off+int64(k)
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

func (a *Archive) readEntry(p []byte, i int, off int64) (int, error) {
	a.enter(i)
	e := a.entries[i]
	header := int64(len(appendLocal(nil, e, 0)))
	switch {
	case off < header:
		var sum uint32
		if !e.Late {
			var err error
			if sum, err = a.sum(i); err != nil {
				return 0, err
			}
		}
		return copy(p, appendLocal(nil, e, sum)[off:]), nil
	case off < header+e.Size:
		off -= header
		n, err := e.Content.ReadAt(p[:min(int64(len(p)), e.Size-off)], off)
		if n > 0 {
			a.pass(i, off, p[:n])
			return n, nil
		}
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return 0, err
	}
	sum, err := a.sum(i)
	if err != nil {
		return 0, err
	}
	return copy(p, appendDescriptor(nil, e, sum)[off-header-e.Size:]), nil
}

func (a *Archive) readCentral(p []byte, off int64) (int, error) {
	a.enter(-1)
	if a.central == nil {
		var b []byte
		for i, e := range a.entries {
			sum, err := a.sum(i)
			if err != nil {
				return 0, err
			}
			b = appendCentral(b, e, a.starts[i], sum)
		}
		at := a.starts[len(a.entries)]
		a.central = appendEnd(b, len(a.entries), at, int64(len(b)))
	}
	return copy(p, a.central[off:]), nil
}

// enter tells the entry read before that it is left.
func (a *Archive) enter(i int) {
	if a.open != i && a.open >= 0 {
		if done := a.entries[a.open].Done; done != nil {
			done()
		}
	}
	a.open = i
}

// pass takes the checksum of late entries on their way.
func (a *Archive) pass(i int, off int64, b []byte) {
	r := &a.running[i]
	if !a.entries[i].Late || a.known[i] || off > r.at || off+int64(len(b)) <= r.at {
		return
	}
	b = b[r.at-off:]
	_, _ = r.Write(b)
	if r.at += int64(len(b)); r.at == a.entries[i].Size {
		a.sums[i], a.known[i] = r.Sum32(), true
	}
}

func (a *Archive) sum(i int) (uint32, error) {
	if a.known[i] {
		return a.sums[i], nil
	}
	sum, err := a.entries[i].CRC()
	if err != nil {
		return 0, errors.Join(errors.New("archive: entry "+strconv.Itoa(i)), err)
	}
	a.sums[i], a.known[i] = sum, true
	return sum, nil
}
