package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

// call is what every operation knows of its request.
type call struct {
	viewer  policy.Viewer
	lang    string
	request string // number in the log
	method  string
	path    string
	fiber   *fiber.Ctx
}

type callKey struct{}

// begin puts the call into the context of each operation.
func begin(ctx huma.Context, next func(huma.Context)) {
	c := humafiber.Unwrap(ctx)
	// A body that was read into memory on the way (no declared length) is handed on as the stream that the adapter looks for.
	if body := c.Request(); !body.IsBodyStream() && len(body.Body()) > 0 {
		held := bytes.Clone(body.Body())
		body.SetBodyStream(bytes.NewReader(held), len(held))
	}
	next(huma.WithValue(ctx, callKey{}, newCall(c)))
}

func newCall(c *fiber.Ctx) *call {
	return &call{viewer: httpkit.Viewer(c), lang: httpkit.Lang(c), request: httpkit.RequestID(c), method: strings.Clone(c.Method()),
		path: strings.Clone(c.Path()), fiber: c}
}

func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{}
}

const failedKey = "ris.api.failed"

// failed notes the error of the call, so that finish writes it in the one way in which all handlers write theirs.
func (c *call) failed(err error) {
	if c.fiber != nil {
		c.fiber.Locals(failedKey, err)
	}
}

// finish runs around all handlers: whatever huma has written of an error is replaced by httpkit's answer, so that each kind of
// error is the same bytes and the same headers on every route.
func finish(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	err, ok := c.Locals(failedKey).(error)
	if !ok {
		return nil
	}
	c.Response().ResetBody()
	c.Response().Header.Del(fiber.HeaderLocation)
	return err
}

// read registers an operation that changes nothing.
func read[I, O any](s *surface, op huma.Operation, h func(ctx context.Context, v policy.Viewer, in *I) (*O, error)) {
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusNotFound)
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		c := callOf(ctx)
		out, err := h(ctx, c.viewer, in)
		if err != nil {
			c.failed(err)
			return nil, httpkit.Describe(err, c.lang, c.request)
		}
		return out, nil
	})
}

// Show answers one object with its revision as ETag.
type Show[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// Plain answers something that has no revision.
type Plain[T any] struct{ Body T }

// Answer is what a write gives.
type Answer[T any] struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     T
}

// Writing are the headers of every write.
type Writing struct {
	IdempotencyKey string `header:"Idempotency-Key" maxLength:"200" doc:"client's own id of this write: sent twice, it is done once"`
	IfMatch        string `header:"If-Match" doc:"ETag of what was seen; PATCH, PUT and DELETE need it"`
}

func (w Writing) writing() Writing { return w }

// asked is the revision that the client has seen; 0 when it did not say and need not.
func (w Writing) asked(needed bool) (int64, error) {
	if w.IfMatch == "" && !needed {
		return 0, nil
	}
	return httpkit.IfMatch(w.IfMatch)
}

// write registers an operation that changes something: done once per Idempotency-Key, its answer kept in its transaction.
func write[I, T any](s *surface, op huma.Operation, h func(ctx context.Context, v policy.Viewer, in *I) (*Answer[T], error)) {
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict,
		http.StatusPreconditionFailed)
	op.MaxBodyBytes = 4 << 20
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*Answer[T], error) {
		c := callOf(ctx)
		out, err := once(ctx, s.Store, s.Clock, c, in, h)
		if err != nil {
			c.failed(err)
			return nil, httpkit.Describe(err, c.lang, c.request)
		}
		return out, nil
	})
}

// erase is write for what answers nothing.
func erase[I any](s *surface, op huma.Operation, h func(ctx context.Context, v policy.Viewer, in *I) error) {
	op.DefaultStatus = http.StatusNoContent
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict,
		http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*struct{}, error) {
		c := callOf(ctx)
		_, err := once(ctx, s.Store, s.Clock, c, in, func(ctx context.Context, v policy.Viewer, in *I) (*Answer[struct{}], error) {
			return &Answer[struct{}]{Status: http.StatusNoContent}, h(ctx, v, in)
		})
		if err != nil {
			c.failed(err)
			return nil, httpkit.Describe(err, c.lang, c.request)
		}
		return nil, nil
	})
}

// once runs h in a transaction together with the note of its answer. The same key with the same request gets the same answer
// again; with another request it is a conflict.
func once[I, T any](ctx context.Context, store Store, clock council.Clock, c *call, in *I, h func(context.Context, policy.Viewer, *I) (*Answer[T], error)) (*Answer[T], error) {
	w, _ := any(in).(interface{ writing() Writing })
	if w == nil || w.writing().IdempotencyKey == "" || !c.viewer.SignedIn() {
		return h(ctx, c.viewer, in)
	}
	key, hash := w.writing().IdempotencyKey, requestHash(c, in)
	var out *Answer[T]
	err := store.InTx(ctx, func(ctx context.Context) error {
		before, err := answered(ctx, store, c, key, hash)
		if err != nil {
			return err
		}
		if before != nil {
			out = &Answer[T]{Status: before.Status, ETag: before.Headers["ETag"], Location: before.Headers["Location"]}
			if len(before.Body) == 0 {
				return nil
			}
			return json.Unmarshal(before.Body, &out.Body)
		}
		if out, err = h(ctx, c.viewer, in); err != nil {
			return err
		}
		body, err := json.Marshal(out.Body)
		if err != nil {
			return err
		}
		return store.SaveIdempotent(ctx, council.Answered{Person: c.viewer.Person(), Key: key, Route: c.method + " " + c.path, RequestHash: hash,
			Status: out.Status, Headers: map[string]string{"ETag": out.ETag, "Location": out.Location}, Body: body, Created: clock()})
	})
	return out, err
}

// answered is the kept answer to the key, or nil.
func answered(ctx context.Context, store Store, c *call, key, hash string) (*council.Answered, error) {
	before, err := store.Idempotent(ctx, c.viewer.Person(), key)
	if err != nil && council.KindOf(err) != council.NotFound {
		return nil, err
	}
	if err != nil || before == nil {
		return nil, nil
	}
	if before.RequestHash != hash {
		return nil, council.E(council.Conflict, "api.error.key_reused")
	}
	return before, nil
}

func requestHash(c *call, in any) string {
	h := sha256.New()
	h.Write([]byte(c.method + " " + c.path + "\n"))
	// Who has lost the right meanwhile must not get the kept answer: for other rights it is another request.
	_ = json.NewEncoder(h).Encode([]any{policy.Offices(c.viewer), policy.ClerkBodies(c.viewer)})
	_ = json.NewEncoder(h).Encode(in) // our own input structs: always encodable
	return hex.EncodeToString(h.Sum(nil))
}

// op is the frame of an operation.
func op(method, path, id, summary string, tag string) huma.Operation {
	return huma.Operation{Method: method, Path: Prefix + path, OperationID: id, Summary: summary, Tags: []string{tag}, BodyReadTimeout: 30 * time.Second}
}
