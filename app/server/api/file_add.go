package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/packets"
	"ris/app/papers"
	"ris/app/server/httpkit"
	"ris/auth/policy"
	"ris/web/locales"
)

// closing is a body that gives its source back when it has been sent.
type closing struct {
	io.Reader
	source io.Closer
}

func (c *closing) Close() error { return c.source.Close() }

// WriteTo lets the server take large pieces where the reader knows how.
func (c *closing) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, c.Reader) }

// maxField is the longest text field of an upload's form, bytes.
const maxField = 8 << 10

// uploadTime is how long one upload may take.
const uploadTime = time.Hour

// fileAdd takes one PDF: multipart/form-data with the field "file"; role, name, replaces and reason may stand before it or
// after it. The bytes go straight to the blob store; rights are asked before the first of them is read.
func (s *surface) fileAdd(c *fiber.Ctx) error {
	call, ctx := newCall(c), c.UserContext()
	paper := council.ID(c.Params("id"))
	if err := s.Papers.CheckUpload(ctx, call.viewer, paper); err != nil {
		return err
	}
	// What can still be taken to its end is refused below: a browser that is sending when the answer comes shows a broken line.
	if declared := int64(c.Request().Header.ContentLength()); declared > 2*s.Papers.MaxBytes() {
		return s.Papers.TooLarge()
	}
	// Only now: a stranger who sends slowly holds a connection no longer than with any other request.
	if err := c.Context().Conn().SetReadDeadline(time.Now().Add(uploadTime)); err != nil {
		return err
	}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || params["boundary"] == "" {
		return council.E(council.Invalid, "error.unsupported_media_type")
	}
	body := c.Context().RequestBodyStream()
	if body == nil {
		body = bytes.NewReader(c.Body())
	}
	stored, err := s.receive(ctx, multipart.NewReader(body, params["boundary"]), papers.Upload{Paper: paper})
	if err != nil {
		// A browser that is still sending does not read the answer: take the rest, so that the clerk learns what is wrong.
		_, _ = io.CopyN(io.Discard, body, s.Papers.MaxBytes())
		return err
	}
	in := &uploadWrite{Writing: Writing{IdempotencyKey: c.Get("Idempotency-Key")}, SHA256: stored.SHA256, Role: string(stored.Upload.Role),
		Name: stored.Upload.Name, FileName: stored.Upload.FileName, Replaces: string(stored.Upload.Replaces), Reason: stored.Upload.Reason}
	if len(in.IdempotencyKey) > 200 {
		return council.E(council.Invalid, "error.invalid")
	}
	out, err := once(context.WithValue(ctx, callKey{}, call), s.Store, s.Clock, call, in,
		func(ctx context.Context, v policy.Viewer, _ *uploadWrite) (*Answer[UploadedFile], error) {
			f, err := s.Papers.AddFile(ctx, v, stored)
			if err != nil {
				return nil, err
			}
			full, err := s.Packets.File(ctx, v, f.ID)
			if err != nil {
				return nil, err
			}
			return uploaded(full, stored.Note, call.lang), nil
		})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, out.ETag)
	c.Set(fiber.HeaderLocation, out.Location)
	answer, err := json.Marshal(out.Body)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Status(out.Status).Send(answer)
}

// uploadWrite is what two uploads under one Idempotency-Key must have in common.
type uploadWrite struct {
	Writing
	SHA256, Role, Name, FileName, Replaces, Reason string
}

// receive reads the form to its end; exactly one part is the file.
func (s *surface) receive(ctx context.Context, form *multipart.Reader, up papers.Upload) (papers.Stored, error) {
	var stored papers.Stored
	got := false
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return stored, council.E(council.Invalid, "file.error.interrupted").Because(err)
		}
		if part.FormName() == "file" {
			if got {
				return stored, council.E(council.Invalid, "file.error.one_at_a_time")
			}
			got = true
			up.FileName, up.Content = sentName(part), part
			if stored, err = s.Papers.Receive(ctx, up); err != nil {
				return stored, err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, maxField+1))
		if err != nil {
			return stored, council.E(council.Invalid, "file.error.interrupted").Because(err)
		}
		if len(text) > maxField {
			return stored, council.E(council.Invalid, "error.invalid")
		}
		switch value := strings.TrimSpace(string(text)); part.FormName() {
		case "role":
			up.Role = council.FileRole(value)
		case "name":
			up.Name = value
		case "replaces":
			up.Replaces = council.ID(value)
		case "reason":
			up.Reason = value
		}
	}
	if !got {
		return stored, council.E(council.Invalid, "file.error.no_file")
	}
	if up.Role != "" && up.Role != council.MainFile && up.Role != council.AuxiliaryFile {
		return stored, council.E(council.Invalid, "error.invalid")
	}
	// Fields that came after the file count as well.
	stored.Upload.Role, stored.Upload.Name, stored.Upload.Replaces, stored.Upload.Reason = up.Role, up.Name, up.Replaces, up.Reason
	return stored, nil
}

// sentName is the file name as the browser sent it, path parts and all: mime/multipart would cut them off silently, and the
// clerk is told when a name was changed.
func sentName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return part.FileName()
	}
	return params["filename"]
}

func uploaded(f packets.File, note, lang string) *Answer[UploadedFile] {
	out := &Answer[UploadedFile]{Status: http.StatusCreated, ETag: httpkit.ETag(f.Revision), Body: UploadedFile{File: file(f, lang)}}
	out.Location = Prefix + "/files/" + string(f.ID) + "/info"
	if note != "" {
		out.Body.Notice = &FileProblem{Key: note, Text: locales.T(lang, note, "name", f.FileName)}
	}
	return out
}
