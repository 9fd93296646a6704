package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"testing"

	"github.com/tetratelabs/wazero"

	"ris/documents/pdf/pdftest"
)

// pinnedModule is the SHA-256 of go-pdfium v1.19.0's pdfium.wasm.
const pinnedModule = "d65b633ce0fbed46653ed7130153cd8a4b77bf1abec20dcc8a364a49e3055119"

// The module is taken from go-pdfium by its private name: another version must be looked at before it is used.
func TestModuleIsTheExpectedOne(t *testing.T) {
	sum := sha256.Sum256(pdfiumWasm)
	if got := hex.EncodeToString(sum[:]); got != pinnedModule {
		t.Fatalf("pdfium.wasm of %d bytes has the hash %s: check memory section, file callbacks and text, then pin it here", len(pdfiumWasm), got)
	}
	limited, err := limitMemory(pdfiumWasm, memoryPages)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter())
	defer r.Close(ctx)
	m, err := r.CompileModule(ctx, limited)
	if err != nil {
		t.Fatal(err)
	}
	if most, ok := m.ExportedMemories()["memory"].Max(); !ok || most != memoryPages {
		t.Fatalf("the memory may grow to %d pages", most)
	}
	for _, f := range []string{"FPDF_FILEACCESS_Create", "FPDF_FILEWRITE_Create", "FPDFText_GetCharBox", "FPDF_SaveAsCopy"} {
		if m.ExportedFunctions()[f] == nil {
			t.Errorf("there is no %s", f)
		}
	}
}

func TestLimitMemoryRefusesOtherModules(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("MZ"), []byte("\x00asm\x01\x00\x00\x00"), []byte("\x00asm\x01\x00\x00\x00\x05\x02\x01"), []byte("\x00asm\x01\x00\x00\x00\x05\x03\x01\x00\x10")} {
		if _, err := limitMemory(b, memoryPages); err == nil {
			t.Errorf("%q was taken", b)
		}
	}
}

func TestHeaderAndEnd(t *testing.T) {
	good := pdftest.Report(1)
	for _, c := range []struct {
		name        string
		b           []byte
		header, end bool
	}{
		{"good", good, true, true},
		{"junk before", append(bytes.Repeat([]byte("x"), 1000), good...), true, true},
		{"half", good[:len(good)/2], true, false},
		{"empty", nil, false, false},
	} {
		r, n := bytes.NewReader(c.b), int64(len(c.b))
		if hasHeader(r, n) != c.header || hasEnd(r, n) != c.end {
			t.Errorf("%s: header %v, end %v", c.name, hasHeader(r, n), hasEnd(r, n))
		}
	}
}

func TestGuardedCatchesPanics(t *testing.T) {
	var nothing map[string]int
	if err := guarded("write", func() error { nothing["x"] = 1; return nil }); err == nil {
		t.Fatal("a panic went through")
	}
	if err := guarded("fine", func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	cause := errors.New("cause")
	if err := guarded("read", func() error { return cause }); !errors.Is(err, cause) {
		t.Fatal(err)
	}
}
