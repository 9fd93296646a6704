// Package halltest gives tests a whole town hall: real store, blobs, search engines, document pipeline, publication gate,
// use-cases, worker and HTTP surface, put together as the product does, with a small invented town.
//
// A test's TestMain calls sandbox.MaybeChild first: the pipeline starts the test binary again as its child.
// What does not belong here: the demo's seed (app/demo). It must never be imported outside of tests.
// Start reading at hall.go, then town.go.
package halltest
