package trace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/release"
	"ris/auth/policy"
	"ris/documents/trace"
)

// Wanted is a question. Content nil: the file is too large or may not leave its place; the operator of the server looks at it there
// (trace_run.go), with the same release.
type Wanted struct {
	Body     council.ID
	Reason   string
	FileName string
	Content  io.Reader
}

// found is a file while it is looked at; it has no name any more.
type found struct {
	*os.File
	size   int64
	sha256 string
	media  string
}

// Question is a Wanted whose file has been read.
type Question struct {
	council.Trace
	Reason string
}

// Receive reads the marks out of the file, in the sandbox; nothing is stored and nobody is looked up. Errors: as release.Request;
// too large; invalid when the file is empty.
func (s *Service) Receive(ctx context.Context, v policy.Viewer, w Wanted) (Question, error) {
	if err := s.Releases.MayRequest(v, w.Body, w.Reason); err != nil {
		return Question{}, err
	}
	q := Question{council.Trace{Body: w.Body, RequestedBy: v.Person()}, w.Reason}
	if w.Content == nil {
		return q, nil
	}
	f, err := s.receive(w.Content)
	if err != nil {
		return q, err
	}
	defer f.Close()
	e, err := s.Reader.Read(ctx, f.File, f.size)
	if err != nil {
		return q, err
	}
	packed, err := json.Marshal(e)
	if err != nil {
		return q, err
	}
	q.FileName, q.MediaType, q.Size, q.SHA256, q.Evidence = fileName(w.FileName), f.media, f.size, f.sha256, string(packed)
	return q, nil
}

// Ask stores the question and asks for its release.
func (s *Service) Ask(ctx context.Context, v policy.Viewer, q Question) (View, error) {
	now, t := s.Clock(), q.Trace
	// What was read goes when nobody can decide or use it any more.
	t.ResultUntil = s.until(s.until(s.until(now)))
	var r council.Release
	err := s.Store.InTx(ctx, func(ctx context.Context) (err error) {
		if err = s.Store.SaveTrace(ctx, &t); err != nil {
			return err
		}
		if r, err = s.Releases.Request(ctx, v, release.Wanted{Body: t.Body, Act: audit.TraceUse, Object: t.ID, Reason: q.Reason}); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, now, audit.TraceRead, "trace", t.Body, t.ID, "sha256", t.SHA256))
	})
	if err != nil {
		return View{}, err
	}
	return s.view(ctx, v, t, r)
}

// receive writes the content to a file without a name.
func (s *Service) receive(content io.Reader) (_ *found, err error) {
	ours := func(err error) error { return council.E(council.Unavailable, "error.unavailable").Because(err) }
	file, err := os.CreateTemp(s.TempDir, "ris-trace-")
	if err != nil {
		return nil, ours(err)
	}
	f := &found{File: file}
	defer func() {
		if err != nil {
			_ = f.Close()
		}
	}()
	if err := os.Remove(f.Name()); err != nil {
		return nil, ours(err)
	}
	h := sha256.New()
	from := &sending{Reader: io.LimitReader(content, s.Limit+1)}
	f.size, err = io.Copy(io.MultiWriter(f, h), from)
	switch {
	case from.failed != nil:
		return nil, council.E(council.Invalid, "file.error.interrupted").Because(from.failed)
	case err != nil:
		return nil, ours(err)
	case f.size > s.Limit:
		return nil, council.E(council.TooLarge, "trace.error.too_large")
	case f.size == 0:
		return nil, council.E(council.Invalid, "trace.error.empty")
	}
	f.sha256, f.media = hex.EncodeToString(h.Sum(nil)), mediaType(f)
	return f, nil
}

// sending tells an error of the sender from one of the disk.
type sending struct {
	io.Reader
	failed error
}

func (s *sending) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// mediaType looks at the first bytes only; what is in the file the sandbox says.
func mediaType(f io.ReaderAt) string {
	b := make([]byte, 1024)
	n, _ := f.ReadAt(b, 0)
	switch b = b[:n]; {
	case bytes.Contains(b, []byte("%PDF-")):
		return "application/pdf"
	case bytes.HasPrefix(b, []byte{0xff, 0xd8, 0xff}):
		return "image/jpeg"
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	}
	return ""
}

// fileName is for people only: without path, one line, at most 120 letters.
func fileName(s string) string {
	s = path.Base(strings.ReplaceAll(s, "\\", "/"))
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, s)), " ")
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120])
	}
	if s == "" || s == "." || s == "/" {
		return "?"
	}
	return s
}

func evidence(t council.Trace) (e trace.Evidence, err error) {
	if t.Evidence == "" {
		return e, nil
	}
	return e, json.Unmarshal([]byte(t.Evidence), &e)
}
