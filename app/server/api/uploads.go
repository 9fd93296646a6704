package api

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/papers"
	"ris/auth/policy"
	"ris/documents/upload"
	"ris/web/locales"
)

// uploadsPath is the collection of resumable uploads (tus 1.0).
const uploadsPath = Prefix + "/uploads"

// silence is how long the body of an upload may pause; then the line counts as broken and the upload is free for the next try.
const silence = 30 * time.Second

// uploads registers the raw routes of the protocol, and two of ours to look at uploads: POST with X-HTTP-Method-Override stands for
// methods that a proxy does not let through.
func (s *surface) uploads(app *fiber.App) {
	app.Options(uploadsPath, s.tus)
	app.Post(uploadsPath, s.tus)
	app.Get(uploadsPath, s.uploadList)
	app.Options(uploadsPath+"/:id", s.tus)
	app.Get(uploadsPath+"/:id", s.uploadShow) // fiber answers HEAD with it
	app.Patch(uploadsPath+"/:id", s.tus)
	app.Post(uploadsPath+"/:id", s.tus)
	app.Delete(uploadsPath+"/:id", s.tus)
}

// tus hands the request to the protocol's core.
func (s *surface) tus(c *fiber.Ctx) error {
	call := newCall(c)
	core := upload.Core{Parts: s.Parts, Base: uploadsPath, Limit: s.Papers.MaxBytes()}
	r := upload.Request{Method: call.method, ID: strings.Clone(c.Params("id")), Header: func(name string) string { return strings.Clone(c.Get(name)) },
		Length: int64(c.Request().Header.ContentLength())}
	if body := c.Context().RequestBodyStream(); body != nil {
		r.Body = &patient{body, c.Context().Conn()}
	} else if held := c.Body(); len(held) > 0 {
		r.Body, r.Length = strings.NewReader(string(held)), int64(len(held))
	}
	r.Length = max(r.Length, -1) // fasthttp says -2 for "until the end of the connection"
	a, err := core.Serve(c.UserContext(), tusHost{s.Papers, call.viewer}, r)
	for name, value := range a.Header {
		c.Set(name, value)
	}
	if err != nil {
		return err
	}
	c.Status(a.Status)
	c.Response().SkipBody = call.method == fiber.MethodHead
	return nil
}

// patient gives each read of a body its own time: a slow line may take long, a dead one may not.
type patient struct {
	io.Reader
	conn net.Conn
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.conn.SetReadDeadline(time.Now().Add(silence)); err != nil {
		return 0, err
	}
	return p.Reader.Read(b)
}

// tusHost is app/papers as the protocol's host, for one viewer.
type tusHost struct {
	papers *papers.Service
	viewer policy.Viewer
}

// The names in Upload-Metadata.
const (
	metaPaper, metaRole, metaName, metaFileName, metaReplaces, metaReason = "paper", "role", "name", "filename", "replaces", "reason"
)

func (h tusHost) Begin(ctx context.Context, length int64, m map[string]string) (upload.Entry, error) {
	u, err := h.papers.BeginUpload(ctx, h.viewer, council.Upload{Paper: council.ID(m[metaPaper]), Role: council.FileRole(m[metaRole]), Name: m[metaName],
		FileName: m[metaFileName], Replaces: council.ID(m[metaReplaces]), Reason: m[metaReason], Length: length})
	return entry(u), err
}

func (h tusHost) Find(ctx context.Context, id string) (upload.Entry, error) {
	u, err := h.papers.Upload(ctx, h.viewer, council.ID(id))
	return entry(u), err
}

func (h tusHost) Finish(ctx context.Context, id string, content io.ReadSeeker) (string, error) {
	f, err := h.papers.FinishUpload(ctx, h.viewer, council.ID(id), content)
	return fileInfo(f), err
}

func (h tusHost) Remove(ctx context.Context, id string) error {
	return h.papers.RemoveUpload(ctx, h.viewer, council.ID(id))
}

func entry(u council.Upload) upload.Entry {
	m := map[string]string{metaPaper: string(u.Paper), metaFileName: u.FileName}
	for name, value := range map[string]string{metaRole: string(u.Role), metaName: u.Name, metaReplaces: string(u.Replaces), metaReason: u.Reason} {
		if value != "" {
			m[name] = value
		}
	}
	return upload.Entry{ID: string(u.ID), Length: u.Length, Metadata: m, Expires: u.Expires, Result: fileInfo(u.File)}
}

// fileInfo is the path of what an upload has become, "" for none.
func fileInfo(f council.ID) string {
	if f == "" {
		return ""
	}
	return Prefix + "/files/" + string(f) + "/info"
}

// UploadState is an upload of the viewer.
type UploadState struct {
	ID       council.ID   `json:"id" format:"uuid"`
	URL      string       `json:"url"`
	Paper    string       `json:"paper"`
	Role     string       `json:"role"`
	Name     string       `json:"name"`
	FileName string       `json:"fileName"`
	Replaces council.ID   `json:"replaces"`
	Reason   string       `json:"reason"`
	Length   int64        `json:"length" doc:"bytes"`
	Offset   int64        `json:"offset" doc:"bytes that are safe"`
	State    string       `json:"state" enum:"open,refused,done"`
	Problem  *FileProblem `json:"problem" doc:"why it was refused"`
	File     string       `json:"file" doc:"path of the file that it has become"`
	Notice   *FileProblem `json:"notice" doc:"what the clerk should know of the file's name, once it is a file"`
	Expires  time.Time    `json:"expires" doc:"when it is thrown away"`
}

func (s *surface) uploadState(u council.Upload, lang string) UploadState {
	out := UploadState{ID: u.ID, URL: uploadsPath + "/" + string(u.ID), Paper: Prefix + "/papers/" + string(u.Paper), Role: string(u.Role), Name: u.Name,
		FileName: u.FileName, Replaces: u.Replaces, Reason: u.Reason, Length: u.Length, Offset: u.Length, State: string(u.State),
		Problem: fileProblem(u.Problem, lang), File: fileInfo(u.File), Expires: u.Expires}
	if u.State != council.UploadDone {
		out.Offset = s.Parts.Offset(string(u.ID))
		return out
	}
	if name, note := papers.CleanFileName(u.FileName); note != "" {
		out.Notice = &FileProblem{Key: note, Text: locales.T(lang, note, "name", name)}
	}
	return out
}

// uploadShow answers HEAD by the protocol and GET with what people want to know.
func (s *surface) uploadShow(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodHead {
		return s.tus(c)
	}
	call := newCall(c)
	u, err := s.Papers.Upload(c.UserContext(), call.viewer, council.ID(c.Params("id")))
	if err != nil {
		return err
	}
	return sendJSON(c, s.uploadState(u, call.lang))
}

// uploadList answers the viewer's own unfinished uploads, of one paper when asked so.
func (s *surface) uploadList(c *fiber.Ctx) error {
	call := newCall(c)
	all, err := s.Papers.Uploads(c.UserContext(), call.viewer, council.ID(c.Query("paper")))
	if err != nil {
		return err
	}
	out := List[UploadState]{Data: []UploadState{}}
	for _, u := range all {
		out.Data = append(out.Data, s.uploadState(u, call.lang))
	}
	return sendJSON(c, out)
}

func sendJSON(c *fiber.Ctx, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(body)
}
