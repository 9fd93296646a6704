package upload

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"ris/app/council"
)

// memory is a host that takes everything and keeps what it was given.
type memory struct {
	entries map[string]Entry
	taken   map[string][]byte
	refuse  error
}

func (m *memory) Begin(_ context.Context, length int64, meta map[string]string) (Entry, error) {
	e := Entry{ID: string(council.NewID(time.Now())), Length: length, Metadata: meta, Expires: time.Now().Add(time.Hour)}
	m.entries[e.ID] = e
	return e, nil
}

func (m *memory) Find(_ context.Context, id string) (Entry, error) {
	e, ok := m.entries[id]
	if !ok {
		return e, council.ErrNotFound()
	}
	return e, nil
}

func (m *memory) Finish(_ context.Context, id string, content io.ReadSeeker) (string, error) {
	b, err := io.ReadAll(content)
	if err != nil {
		return "", err
	}
	if m.refuse != nil {
		return "", m.refuse
	}
	m.taken[id] = b
	e := m.entries[id]
	e.Result = "/result/" + id
	m.entries[id] = e
	return e.Result, nil
}

func (m *memory) Remove(_ context.Context, id string) error {
	delete(m.entries, id)
	return nil
}

type desk struct {
	*testing.T
	core Core
	host *memory
	dir  string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	parts, err := NewParts(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t, Core{Parts: parts, Base: "/u", Limit: 1 << 30}, &memory{entries: map[string]Entry{}, taken: map[string][]byte{}}, dir}
}

func (d *desk) ask(method, id string, body io.Reader, length int64, headers ...string) (Answer, error) {
	all := http.Header{"Tus-Resumable": {Version}}
	for i := 0; i+1 < len(headers); i += 2 {
		all.Set(headers[i], headers[i+1])
	}
	return d.core.Serve(context.Background(), d.host, Request{Method: method, ID: id, Header: all.Get, Length: length, Body: body})
}

func (d *desk) begin(length int) string {
	d.Helper()
	a, err := d.ask("POST", "", nil, 0, "Upload-Length", strconv.Itoa(length))
	if err != nil || a.Status != 201 {
		d.Fatalf("%v %v", a, err)
	}
	return strings.TrimPrefix(a.Header["Location"], "/u/")
}

func (d *desk) offset(id string) int64 {
	d.Helper()
	a, err := d.ask("HEAD", id, nil, 0)
	if err != nil {
		d.Fatal(err)
	}
	n, _ := strconv.ParseInt(a.Header["Upload-Offset"], 10, 64)
	return n
}

// Cut at random places, with and without a declared length, the whole comes together.
func TestCutsLoseNothing(t *testing.T) {
	d := newDesk(t)
	content := make([]byte, 20<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(content)
	id := d.begin(len(content))
	lost := errors.New("the line broke")
	for n := 0; d.host.taken[id] == nil; n++ {
		if n > 2000 {
			t.Fatal("it never ends")
		}
		at := d.offset(id)
		rest := content[at:]
		sent := rest[:rand.IntN(min(len(rest), 2<<20)+1)]
		length, broken := int64(len(rest)), io.Reader(iotest.ErrReader(lost))
		switch n % 4 {
		case 1: // a body without a declared length that ends well
			length, broken = -1, bytes.NewReader(nil)
		case 2: // a server that takes a cut for the end
			broken = bytes.NewReader(nil)
		}
		_, err := d.ask("PATCH", id, io.MultiReader(iotest.HalfReader(bytes.NewReader(sent)), broken), length,
			"Content-Type", contentType, "Upload-Offset", strconv.FormatInt(at, 10))
		if after := d.host.entries[id]; after.Result == "" && d.offset(id) != at+int64(len(sent)) {
			t.Fatalf("sent %d at %d, the offset is %d (%v)", len(sent), at, d.offset(id), err)
		}
	}
	if !bytes.Equal(d.host.taken[id], content) {
		t.Error("the bytes differ")
	}
}

// The offset survives a torn head and bytes behind it that nobody has spoken of.
func TestHeadIsNeverHalf(t *testing.T) {
	d := newDesk(t)
	id := d.begin(100)
	patch := func(at int, piece string) {
		t.Helper()
		if _, err := d.ask("PATCH", id, strings.NewReader(piece), int64(len(piece)), "Content-Type", contentType, "Upload-Offset", strconv.Itoa(at)); err != nil {
			t.Fatal(err)
		}
	}
	patch(0, "0123456789")
	patch(10, "abcdefghij")
	file := filepath.Join(d.dir, id+".part")
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p := part{File: f}
	if err := p.load(); err != nil || p.offset != 20 {
		t.Fatalf("offset %d, %v", p.offset, err)
	}
	// The newest slot is torn: the one before it counts.
	if _, err := f.WriteAt([]byte("torn"), int64(p.seq%2)*slotStep+10); err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("left by a crash"), headSize+20); err != nil {
		t.Fatal(err)
	}
	if got := d.offset(id); got != 10 {
		t.Fatalf("offset %d, want 10", got)
	}
	patch(10, "abcdefghij")
	patch(20, strings.Repeat("x", 80))
	if want := "0123456789abcdefghij" + strings.Repeat("x", 80); string(d.host.taken[id]) != want {
		t.Errorf("got %q", d.host.taken[id])
	}
}

func TestRefusedCanBeAskedAgain(t *testing.T) {
	d := newDesk(t)
	d.host.refuse = council.E(council.Conflict, "file.error.double")
	id := d.begin(3)
	send := func(at int, piece string) error {
		_, err := d.ask("PATCH", id, strings.NewReader(piece), int64(len(piece)), "Content-Type", contentType, "Upload-Offset", strconv.Itoa(at))
		return err
	}
	if err := send(0, "abc"); council.KindOf(err) != council.Conflict {
		t.Fatal(err)
	}
	d.host.refuse = nil
	if err := send(3, ""); err != nil || string(d.host.taken[id]) != "abc" {
		t.Fatalf("%v %q", err, d.host.taken[id])
	}
	if left, _ := d.core.Parts.Left(time.Now().Add(time.Hour)); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestMetadata(t *testing.T) {
	for in, want := range map[string]map[string]string{
		"":                            {},
		"a":                           {"a": ""},
		"filename w4QucGRm,empty, b ": {"filename": "Ä.pdf", "empty": "", "b": ""},
	} {
		got, ok := ParseMetadata(in)
		if !ok || len(got) != len(want) {
			t.Errorf("%q: %v %v", in, got, ok)
		}
		for k, v := range want {
			if got[k] != v {
				t.Errorf("%q: %s is %q", in, k, got[k])
			}
		}
	}
	for _, bad := range []string{",", "a YQ==,a YQ==", "a !!", "ä YQ==", "a /w==", "a YQ== YQ==", strings.Repeat("a", maxMetadata+1)} {
		if got, ok := ParseMetadata(bad); ok {
			t.Errorf("%q is taken for %v", bad, got)
		}
	}
}

// FuzzTus throws requests at the core: it never panics, keeps to the statuses of the protocol, never counts a byte twice and never
// takes more than was declared.
func FuzzTus(f *testing.F) {
	f.Add("PATCH", "1.0.0", "0", "5", contentType, "filename QQ==", "", []byte("hello"), int64(5))
	f.Add("PATCH", "1.0.0", "3", "3", contentType, "a", "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=", []byte("hello"), int64(-1))
	f.Add("POST", "1.0.0", "", "99999999999999999999", "", "x =", "md5 x", []byte{}, int64(0))
	f.Add("OPTIONS", "", "-1", "+5", "text/plain", ",,", "", []byte("x"), int64(1))
	f.Add("HEAD", "1.0.0", "0x1", "1e3", "", "", "", []byte(nil), int64(0))
	f.Add("DELETE", "0.2", "", "", "", "", "", []byte(nil), int64(0))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, method, version, offset, length, kind, meta, checksum string, body []byte, declared int64) {
		parts, err := NewParts(dir)
		if err != nil {
			t.Skip(err)
		}
		d := &desk{t, Core{Parts: parts, Base: "/u", Limit: 1 << 20}, &memory{entries: map[string]Entry{}, taken: map[string][]byte{}}, dir}
		id := d.begin(8)
		defer func() {
			for id := range d.host.entries {
				_ = parts.Remove(id)
			}
		}()
		before := d.offset(id)
		for _, target := range []string{id, "", "../" + id, string(council.NewID(time.Now()))} {
			a, err := d.ask(method, target, bytes.NewReader(body), declared, "Tus-Resumable", version, "Upload-Offset", offset, "Upload-Length", length,
				"Content-Type", kind, "Upload-Metadata", meta, "Upload-Checksum", checksum)
			if err != nil && council.KindOf(err) == council.Internal {
				t.Fatalf("our error: %v", err)
			}
			if err == nil && (a.Status < 200 || a.Status > 204) {
				t.Fatalf("status %d", a.Status)
			}
			if a.Header["Tus-Resumable"] != Version {
				t.Fatal("every answer names the version")
			}
		}
		e, there := d.host.entries[id]
		if !there { // deleted
			return
		}
		if e.Result != "" {
			if int64(len(d.host.taken[id])) != e.Length {
				t.Fatalf("%d bytes were taken of %d", len(d.host.taken[id]), e.Length)
			}
			return
		}
		if after := d.offset(id); after < before || after > e.Length || after > before+int64(len(body)) {
			t.Fatalf("offset %d after %d bytes at %d", after, len(body), before)
		}
	})
}
