package upload

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"ris/app/council"
)

// Parts keeps the bytes of unfinished uploads in a local folder, one file each. Several processes may share the folder: an upload is
// locked (flock) while bytes are coming.
//
// A file begins with a head of two slots; the bytes of the upload follow. A slot holds a sequence number and the offset up to which
// the bytes are on the disk; the slots are written in turn, each only after the bytes it speaks of were flushed. So a crash at any
// moment leaves one good slot, and what lies behind its offset is written again.
type Parts struct{ dir string }

const (
	headSize = 4096
	slotStep = 512 // one sector: a torn write spoils one slot only
	slotSize = 4 + 8 + 8 + 4
	slotMark = "RISU"
)

// NewParts opens (and makes, when missing) the folder; nobody else of the machine may read it.
func NewParts(dir string) (*Parts, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, council.E(council.Unavailable, "error.unavailable").Because(err)
	}
	return &Parts{dir: dir}, nil
}

// path of an upload's file; an id comes from the address of a request, so what is no UUID is no file.
func (p *Parts) path(id string) (string, error) {
	if !council.ID(id).Valid() {
		return "", council.ErrNotFound()
	}
	return filepath.Join(p.dir, id+".part"), nil
}

// reserve is what must stay free on the disk for everything else, bytes.
const reserve = 256 << 20

// room refuses an upload for which the disk is too small: twice its size, because it is copied into the blob store at its end.
func (p *Parts) room(length int64) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(p.dir, &fs); err != nil {
		return unavailable(err)
	}
	if free := int64(fs.Bavail) * int64(fs.Bsize); free < 2*length+reserve {
		return council.E(council.Unavailable, "upload.error.disk")
	}
	return nil
}

func (p *Parts) create(id string) error {
	path, err := p.path(id)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return unavailable(err)
	}
	part := &part{File: f, seq: 1}
	return errors.Join(part.commit(0), syncDir(p.dir), f.Close())
}

// open locks the upload's bytes; busy when somebody else is writing, not found when there are none.
func (p *Parts) open(id string) (*part, error) {
	path, err := p.path(id)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, council.ErrNotFound()
	}
	if err != nil {
		return nil, unavailable(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, council.E(council.Conflict, busy)
		}
		return nil, unavailable(err)
	}
	out := &part{File: f}
	if err := out.load(); err != nil {
		_ = f.Close()
		return nil, err
	}
	return out, nil
}

// offset is what is safe on the disk, also while somebody is writing.
func (p *Parts) offset(id string) (int64, error) {
	path, err := p.path(id)
	if err != nil {
		return 0, err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, council.ErrNotFound()
	}
	if err != nil {
		return 0, unavailable(err)
	}
	defer f.Close()
	out := &part{File: f}
	err = out.load()
	return out.offset, err
}

// Offset is offset for people who only want to look: 0 when there is nothing.
func (p *Parts) Offset(id string) int64 {
	n, err := p.offset(id)
	if err != nil {
		return 0
	}
	return n
}

// remove deletes the bytes; busy while somebody is writing. Bytes that are not there are no error.
func (p *Parts) remove(id string) error {
	f, err := p.open(id)
	if err != nil && council.KindOf(err) == council.NotFound {
		return nil
	}
	if err != nil && council.KindOf(err) != council.Internal { // a damaged file goes all the same
		return err
	}
	if f != nil {
		defer f.Close()
	}
	path, _ := p.path(id)
	return gone(path)
}

func gone(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unavailable(err)
	}
	return nil
}

// Remove deletes the bytes of an upload that the host has forgotten. Bytes that are not there are no error.
func (p *Parts) Remove(id string) error { return p.remove(id) }

// Left lists the ids of all uploads that have bytes here and were not written to since the moment.
func (p *Parts) Left(before time.Time) ([]string, error) {
	all, err := os.ReadDir(p.dir)
	if err != nil {
		return nil, unavailable(err)
	}
	var out []string
	for _, e := range all {
		id, ok := strings.CutSuffix(e.Name(), ".part")
		info, err := e.Info()
		if ok && err == nil && info.ModTime().Before(before) {
			out = append(out, id)
		}
	}
	return out, nil
}

// part is an upload's open file.
type part struct {
	*os.File
	seq    uint64
	offset int64
}

// load finds the newest good slot.
func (f *part) load() error {
	found := false
	for i := range 2 {
		var b [slotSize]byte
		if _, err := f.ReadAt(b[:], int64(i)*slotStep); err != nil {
			continue
		}
		if string(b[:4]) != slotMark || binary.BigEndian.Uint32(b[20:]) != crc32.ChecksumIEEE(b[:20]) {
			continue
		}
		if seq := binary.BigEndian.Uint64(b[4:]); !found || seq > f.seq {
			found, f.seq, f.offset = true, seq, int64(binary.BigEndian.Uint64(b[12:]))
		}
	}
	if !found {
		return council.E(council.Internal, "error.internal").Because(fmt.Errorf("the head of %s is damaged", filepath.Base(f.Name())))
	}
	return nil
}

// commit makes everything up to the offset safe and then says so.
func (f *part) commit(offset int64) error {
	if err := f.Sync(); err != nil {
		return unavailable(err)
	}
	var b [slotSize]byte
	copy(b[:], slotMark)
	binary.BigEndian.PutUint64(b[4:], f.seq+1)
	binary.BigEndian.PutUint64(b[12:], uint64(offset))
	binary.BigEndian.PutUint32(b[20:], crc32.ChecksumIEEE(b[:20]))
	if _, err := f.WriteAt(b[:], int64((f.seq+1)%2)*slotStep); err != nil {
		return unavailable(err)
	}
	if err := f.Sync(); err != nil {
		return unavailable(err)
	}
	f.seq, f.offset = f.seq+1, offset
	return nil
}

// content is the upload's bytes so far.
func (f *part) content() *io.SectionReader { return io.NewSectionReader(f, headSize, f.offset) }

// at writes behind the given offset of the upload.
func (f *part) at(offset int64) io.Writer { return io.NewOffsetWriter(f, headSize+offset) }

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return unavailable(err)
	}
	defer d.Close()
	return d.Sync()
}

func unavailable(err error) error {
	return council.E(council.Unavailable, "error.unavailable").Because(err)
}
