package api_test

import (
	"os"
	"testing"

	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}
