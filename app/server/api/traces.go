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

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/app/trace"
	"ris/auth/policy"
)

// traceDecide has no Idempotency-Key: a kept answer would keep whom the search found, past its time and for who has lost the office. A
// release serves once anyway; a repeated one is told so, and looks at the question.
type traceDecide struct {
	ByID
	IfMatch string `header:"If-Match" doc:"ETag of what was seen"`
	Body    TraceDecision
}

func (s *surface) traceRoutes() {
	read(s, op("GET", "/traces", "listTraces", "Questions whose copy a file is, of the bodies in which the viewer has a say; without results", "traces"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			Of string `query:"body"`
		}) (*Plain[List[Trace]], error) {
			all, err := s.Tracing.List(ctx, v, council.ID(in.Of))
			if err != nil {
				return nil, err
			}
			out := List[Trace]{Data: []Trace{}}
			for _, t := range all {
				out.Data = append(out.Data, traceJSON(t, callOf(ctx).lang))
			}
			return &Plain[List[Trace]]{out}, nil
		})
	read(s, op("GET", "/traces/{id}", "showTrace", "A question; its result for the two persons alone, and each look at it is logged", "traces"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[Trace], error) {
			t, err := s.Tracing.Show(ctx, v, in.id())
			if err != nil {
				return nil, err
			}
			return &Show[Trace]{ETag: httpkit.ETag(t.Release.Revision), Body: traceJSON(t, callOf(ctx).lang)}, nil
		})
	write(s, op("POST", "/traces/{id}/release", "decideTrace", "Release or refuse a question that somebody else asked; a release is used at once", "traces"),
		func(ctx context.Context, v policy.Viewer, in *traceDecide) (*Answer[Trace], error) {
			revision, err := Writing{IfMatch: in.IfMatch}.asked(false)
			if err != nil {
				return nil, err
			}
			t, err := s.Tracing.Decide(ctx, v, in.id(), revision, in.Body.Give, in.Body.Reason)
			if err != nil {
				return nil, err
			}
			return &Answer[Trace]{Status: http.StatusOK, ETag: httpkit.ETag(t.Release.Revision), Body: traceJSON(t, callOf(ctx).lang)}, nil
		})
}

// traceTime is how long sending and reading one file may take.
const traceTime = 15 * time.Minute

// traceAdd takes a question: multipart/form-data with "body" and "reason", then "file". Rights are asked before the first byte of the
// file is read. Without a file the operator of the server looks at it.
func (s *surface) traceAdd(c *fiber.Ctx) error {
	call, ctx := newCall(c), c.UserContext()
	if len(policy.ReleaseBodies(call.viewer)) == 0 {
		return council.ErrNotFound()
	}
	kind, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || params["boundary"] == "" {
		return council.E(council.Invalid, "error.unsupported_media_type")
	}
	if err := c.Context().Conn().SetReadDeadline(time.Now().Add(traceTime)); err != nil {
		return err
	}
	body := c.Context().RequestBodyStream()
	if body == nil {
		body = bytes.NewReader(c.Body())
	}
	q, err := s.question(ctx, call.viewer, multipart.NewReader(body, params["boundary"]))
	if err != nil {
		_, _ = io.CopyN(io.Discard, body, s.Tracing.Limit) // a browser that is still sending does not read the answer
		return err
	}
	in := &traceWrite{Writing: Writing{IdempotencyKey: c.Get("Idempotency-Key")}, SHA256: q.SHA256, Name: q.FileName, In: string(q.Body), Reason: q.Reason}
	if len(in.IdempotencyKey) > 200 {
		return council.E(council.Invalid, "error.invalid")
	}
	out, err := once(context.WithValue(ctx, callKey{}, call), s.Store, s.Clock, call, in,
		func(ctx context.Context, v policy.Viewer, _ *traceWrite) (*Answer[Trace], error) {
			t, err := s.Tracing.Ask(ctx, v, q)
			if err != nil {
				return nil, err
			}
			return &Answer[Trace]{Status: http.StatusCreated, ETag: httpkit.ETag(t.Release.Revision), Location: Prefix + "/traces/" + string(t.ID),
				Body: traceJSON(t, call.lang)}, nil
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

// traceWrite is what two questions under one Idempotency-Key must have in common.
type traceWrite struct {
	Writing
	SHA256, Name, In, Reason string
}

// question reads the form to its file, and the file.
func (s *surface) question(ctx context.Context, v policy.Viewer, form *multipart.Reader) (trace.Question, error) {
	var w trace.Wanted
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return trace.Question{}, council.E(council.Invalid, "file.error.interrupted").Because(err)
		}
		if part.FormName() == "file" {
			w.FileName, w.Content = sentName(part), part
			break
		}
		text, err := io.ReadAll(io.LimitReader(part, maxField+1))
		if err != nil {
			return trace.Question{}, council.E(council.Invalid, "file.error.interrupted").Because(err)
		}
		if len(text) > maxField {
			return trace.Question{}, council.E(council.Invalid, "error.invalid")
		}
		switch value := strings.TrimSpace(string(text)); part.FormName() {
		case "body":
			w.Body = council.ID(value)
		case "reason":
			w.Reason = value
		}
	}
	return s.Tracing.Receive(ctx, v, w)
}

// describeTraces puts the raw route into the OpenAPI document.
func (s *surface) describeTraces(schema *huma.Schema, failure func(text string) *huma.Response) {
	add := op(http.MethodPost, "/traces", "askTrace", "Ask whose copy a file is: its marks are read, a second person has to release the search", "traces")
	text := &huma.Schema{Type: huma.TypeString}
	add.Parameters = []*huma.Param{{Name: "Idempotency-Key", In: "header", Schema: text}}
	add.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
		Type: huma.TypeObject, Required: []string{"body", "reason"}, Properties: map[string]*huma.Schema{
			"body":   {Type: huma.TypeString, Format: "uuid"},
			"reason": {Type: huma.TypeString, Description: "why; before the file"},
			"file":   {Type: huma.TypeString, Format: "binary", Description: "PDF, JPEG or PNG; left out = the operator looks at it on the server"},
		}}}}}
	add.Responses = map[string]*huma.Response{
		"201": {Description: "asked", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}},
		"401": failure("not signed in"), "403": failure("not allowed"), "404": failure("not found"), "413": failure("too large"), "422": failure("refused")}
	s.api.OpenAPI().AddOperation(&add)
}
