// Package searchtest is the one suite that every search engine must pass: German recall by classes, the viewer's filter, the
// stripped twin, canary words, order of changes, totals and paging. It also makes the council corpus for tests and benchmarks.
//
// An engine's test calls Run. What does not belong here: anything that only one engine has. Start reading at suite.go.
package searchtest
