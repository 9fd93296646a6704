// Package ingest holds tests that run the product as a process of its own and take it down without warning: what was answered must be
// there afterwards, whole and once. It has no code besides its tests; start reading at kill_test.go.
package ingest
