// Package api is the JSON surface under /api/v1 for signed-in people: typed operations with huma, so that OpenAPI 3.1 and the
// TypeScript types come from the code.
//
// A handler parses, calls one use-case, and renders. The shapes of JSON stand in *_json.go; the wrapper that gives every
// operation its viewer, its problems in the viewer's language, If-Match and Idempotency-Key is op.go; byte streams (upload, personal
// copy) are raw fiber handlers in file_add.go and file_stream.go, described to OpenAPI in stream.go.
//
// What does not belong here: rules (auth/policy), decisions (use-cases), sessions (app/server/signin). Start reading at api.go.
package api
