package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"unsafe"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/sys/unix"
)

// The structure reader keeps every stream of a file in memory: a scan of some hundred megabytes would be refused for its size alone, and
// the process may not even map it (the Go runtime has reserved most of the address space that it may use). So the reader is shown
// the file with the bodies of large pictures made short (a token of fixed length, at the same offsets); it writes blanks of the
// right length in their place, all of them one and the same piece of memory; and then the bodies are copied from file to file.
// Nothing else of the file is different for it; a picture whose limits are not beyond doubt is left as it is.

const (
	largeBody  = 256 << 10 // bytes from which a picture is borrowed
	tokenBytes = 40
	headBytes  = 2048 // of a picture's dictionary: longer ones are not borrowed
	mostBody   = 128 << 20
)

// body is where a borrowed picture's data lies in the file, and what replaces the number behind /Length.
type body struct {
	at, length       int64
	lengthAt         int64
	lengthText       string
	token, afterText string
}

// borrowed is a file in its short form.
type borrowed struct {
	file   io.ReaderAt
	size   int64
	bodies []body
	byName map[string]body
	blanks []byte       // zeros, as many as the largest body has bytes
	lent   map[int]body // by object number
}

// borrow looks for large pictures. A file that is encrypted has none: its streams have to be decrypted.
func borrow(in io.ReaderAt, size int64) (*borrowed, error) {
	b := &borrowed{file: in, size: size, byName: map[string]body{}, lent: map[int]body{}}
	if size < 4*largeBody {
		return b, nil
	}
	encrypted := false
	nonce := randomHex(8)
	end := int64(0) // of the last borrowed body: what looks like an object inside one is none
	err := eachMatch(in, size, []byte("stream"), func(at int64) error {
		if at < end || encrypted {
			return nil
		}
		found, err := bodyBefore(in, size, at)
		if err != nil || found.length < largeBody || found.length > mostBody {
			return err
		}
		found.token = fmt.Sprintf("%%%s-%08d", nonce, len(b.bodies))
		found.token += fmt.Sprintf("%*s", tokenBytes-len(found.token), "")
		found.afterText = "\nendstream\nendobj\n"
		b.bodies = append(b.bodies, found)
		b.byName[found.token] = found
		end = found.at + found.length
		return nil
	})
	if err != nil || len(b.bodies) == 0 {
		return b, err
	}
	err = eachMatch(in, size, []byte("/Encrypt"), func(int64) error { encrypted = true; return nil })
	if err != nil || encrypted {
		b.bodies = nil
		return b, err
	}
	longest := slices.MaxFunc(b.bodies, func(x, y body) int { return cmp.Compare(x.length, y.length) }).length
	if b.blanks, err = unix.Mmap(-1, 0, int(longest), unix.PROT_READ, unix.MAP_ANON|unix.MAP_PRIVATE); err != nil {
		b.bodies, b.blanks = nil, nil // they are read into memory like any other
	}
	return b, nil
}

func (b *borrowed) close() {
	if b.blanks != nil {
		_ = unix.Munmap(b.blanks)
	}
}

var (
	directLength   = regexp.MustCompile(`/Length[ \r\n\t]+([0-9]{6,10})[ \r\n\t]*[/>]`)
	indirectLength = regexp.MustCompile(`/Length[ \r\n\t]+([0-9]+[ \r\n\t]+[0-9]+[ \r\n\t]+R)[ \r\n\t]*[/>]`)
	pictureType    = regexp.MustCompile(`/Subtype[ \r\n\t]*/Image`)
)

// bodyBefore reads the dictionary in front of the word stream at at; a zero body when it is not a picture with certain limits.
func bodyBefore(in io.ReaderAt, size, at int64) (body, error) {
	var none body
	start := max(0, at-headBytes)
	b := make([]byte, at-start+8)
	n, err := in.ReadAt(b, start)
	if err != nil && !errors.Is(err, io.EOF) {
		return none, err
	}
	b = b[:n]
	here := int(at - start)
	head := b[:min(here, n)]
	obj := bytes.LastIndex(head, []byte(" obj"))
	if obj < 0 || n < here+8 || bytes.HasSuffix(head, []byte("end")) || !pictureType.Match(head[obj:]) {
		return none, nil
	}
	out := body{at: at + 6}
	switch after := b[here+6:]; {
	case after[0] == '\r' && after[1] == '\n':
		out.at += 2
	case after[0] == '\n':
		out.at++
	default:
		return none, nil
	}
	if m := directLength.FindSubmatchIndex(head[obj:]); m != nil {
		text := string(head[obj+m[2] : obj+m[3]])
		out.length, _ = strconv.ParseInt(text, 10, 64)
		out.lengthAt, out.lengthText = start+int64(obj+m[2]), short(len(text))
		if out.at+out.length > size || !endsAt(in, out.at+out.length) {
			return none, nil
		}
		return out, nil
	}
	m := indirectLength.FindSubmatchIndex(head[obj:])
	if m == nil {
		return none, nil
	}
	out.lengthAt, out.lengthText = start+int64(obj+m[2]), short(m[3]-m[2])
	// The length is another object: the end is where the word stands that ends a stream, with the object's end behind it.
	found := errors.New("found")
	err = eachMatch(io.NewSectionReader(in, out.at, size-out.at), size-out.at, []byte("endstream"), func(end int64) error {
		out.length = end
		return found
	})
	if !errors.Is(err, found) {
		return none, err
	}
	var eol [2]byte
	if _, err := in.ReadAt(eol[:], out.at+out.length-2); err == nil {
		switch {
		case eol == [2]byte{'\r', '\n'}:
			out.length -= 2
		case eol[1] == '\n' || eol[1] == '\r':
			out.length--
		}
	}
	if !endsAt(in, out.at+out.length) {
		return none, nil
	}
	return out, nil
}

// short writes the token's length over a number or reference of n letters.
func short(n int) string { return fmt.Sprintf("%-*d", n, tokenBytes) }

var streamEnd = regexp.MustCompile(`^[\r\n]{0,2}endstream[ \r\n\t]+endobj`)

func endsAt(in io.ReaderAt, at int64) bool {
	b := make([]byte, 32)
	n, _ := in.ReadAt(b, at)
	return streamEnd.Match(b[:n])
}

// ReadAt implements io.ReaderAt over the short form.
func (b *borrowed) ReadAt(p []byte, off int64) (int, error) {
	n, err := b.file.ReadAt(p, off)
	first := sort.Search(len(b.bodies), func(i int) bool { return b.bodies[i].at+tokenBytes+int64(len(b.bodies[i].afterText)) > off })
	for _, x := range b.bodies[first:] {
		if x.lengthAt >= off+int64(n) {
			break
		}
		lay(p[:n], off, x.lengthText, x.lengthAt)
		lay(p[:n], off, x.token+x.afterText, x.at)
	}
	return n, err
}

// lay copies the part of text (which belongs at offset at) that lies inside b (which begins at off).
func lay(b []byte, off int64, text string, at int64) {
	if at < off {
		if int64(len(text)) <= off-at {
			return
		}
		text, at = text[off-at:], off
	}
	if at < off+int64(len(b)) {
		copy(b[at-off:], text)
	}
}

// lend puts blanks of the right length into the objects that were read.
func (b *borrowed) lend(ctx *model.Context) {
	for number, entry := range ctx.Table {
		if entry == nil || entry.Free || b.blanks == nil {
			continue
		}
		s, ok := entry.Object.(types.StreamDict)
		if !ok || len(s.Raw) != tokenBytes {
			continue
		}
		if x, ok := b.byName[string(s.Raw)]; ok {
			length := x.length
			s.Raw, s.StreamLength, s.Content = b.blanks[:length:length], &length, nil
			s.Dict["Length"] = types.Integer(length)
			entry.Object = s
			b.lent[number] = x
		}
	}
}

// giveBack copies the bodies into the written file. offsets are where its objects begin, by number.
func (b *borrowed) giveBack(out *os.File, offsets map[int]int64) error {
	for number, x := range b.lent {
		offset, ok := offsets[number]
		if !ok {
			continue // nobody needed it
		}
		head := make([]byte, 2*headBytes)
		n, err := out.ReadAt(head, offset)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		at := beforeBlanks.FindIndex(head[:n])
		if at == nil || !bytes.HasPrefix(head, fmt.Appendf(nil, "%d ", number)) || !endsAt(out, offset+int64(at[1]-1)+x.length) {
			return fmt.Errorf("picture %d is not where it was written", number)
		}
		if _, err := io.Copy(io.NewOffsetWriter(out, offset+int64(at[1]-1)), io.NewSectionReader(b.file, x.at, x.length)); err != nil {
			return err
		}
	}
	return nil
}

var beforeBlanks = regexp.MustCompile(`stream\r?\n\x00`)

// writer writes to out, and leaves room where the blanks go.
func (b *borrowed) writer(out *os.File) io.Writer { return roomWriter{b, out} }

type roomWriter struct {
	b   *borrowed
	out *os.File
}

func (w roomWriter) Write(p []byte) (int, error) {
	if len(p) > 0 && len(w.b.blanks) > 0 {
		first, at := uintptr(unsafe.Pointer(&w.b.blanks[0])), uintptr(unsafe.Pointer(&p[0]))
		if at >= first && at < first+uintptr(len(w.b.blanks)) {
			_, err := w.out.Seek(int64(len(p)), io.SeekCurrent) // an object's end always follows
			return len(p), err
		}
	}
	return w.out.Write(p)
}
