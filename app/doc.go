// Package app puts the parts together: it chooses the adapters from the configuration, starts and stops them in order, and
// knows nothing else. It is the only package that knows the store, the search engines and the use-cases at the same time.
//
// What does not belong here: rules, SQL, HTTP. Start reading at app.go.
package app
