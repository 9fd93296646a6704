package pdftest_test

import (
	"compress/zlib"
	"io"
	"strings"
	"testing"

	"ris/documents/pdf/pdftest"
)

func TestBlanksAreValid(t *testing.T) {
	packed := pdftest.Blanks(70_000_000)
	z, err := zlib.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, z)
	if err != nil || n < 70_000_000 || len(packed) > 200_000 {
		t.Fatalf("%d bytes from %d, %v", n, len(packed), err)
	}
}
