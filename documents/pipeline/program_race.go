//go:build race

package pipeline

import "os"

// program is the child of tests built with the race detector: the product's own binary when RIS_TEST_CHILD names it, because
// the detector makes reading a paper five times slower. documents/pdf itself is raced by its own tests.
func program() string { return os.Getenv("RIS_TEST_CHILD") }
