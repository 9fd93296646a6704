// Package httpkit is what all handlers share: who is asking (viewer.go), how an error becomes an answer (problem.go, page.go),
// revisions as ETags (etag.go), byte ranges (ranges.go), language (language.go), the origin that the browser uses
// (origin.go), limits on how often one may ask (rate.go).
//
// It maps the kinds of council errors to HTTP in one place. What does not belong here: routes (app/server/routes.go), rights
// (auth/policy), any use-case. Start reading at viewer.go.
package httpkit
