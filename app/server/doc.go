// Package server is the HTTP surface: routes.go lists EVERY route with its access class, server.go puts the parts together,
// the packages below hold the handlers (signin, api, portal, oparl), httpkit what they share.
//
// The order in which a request passes: number and log line, panic guard, security headers, foreign-origin check, limits,
// access class of the route, handler. What does not belong here: use-cases, rights, storage. Start reading at routes.go.
package server
