package inspect_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ris/app/inspect"
	"ris/documents/pdf/pdftest"
	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// Whatever is named gets one line, and nothing stays behind.
func TestEveryInputGetsALine(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fifo := filepath.Join(dir, "fifo.pdf")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	huge := write("huge.pdf", []byte("%PDF-1.7\n"))
	if err := os.Truncate(huge, 3<<30); err != nil { // no room is taken
		t.Fatal(err)
	}
	good := pdftest.Report(3)
	files := []struct{ path, state, says string }{
		{write("gut.pdf", good), "ok", ""},
		{write("leer.pdf", nil), "refused", "0 Byte"},
		{filepath.Join(dir, "fehlt.pdf"), "refused", "gibt es nicht"},
		{dir, "refused", "Ordner"},
		{fifo, "refused", "Gerät"},
		{"/dev/zero", "refused", "Gerät"},
		{huge, "refused", "MB"},
		{write("text.txt", []byte("Hallo")), "refused", "kein PDF"},
		{write("text.pdf", []byte("Hallo")), "refused", "kein PDF"},
		{write("alles.zip", []byte("PK\x03\x04"+strings.Repeat("x", 100))), "refused", "Archiv"},
		{write("foto.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")), "refused", "HEIC"},
		{write("alt.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")), "refused", "Office"},
		{write("kaputt.docx", []byte("PK\x03\x04xxxxxxxxxxxxxxxxxxxxxxxxxx[Content_Types].xml")), "refused", ""},
		{write("abgeschnitten.pdf", good[:len(good)/2]), "", ""},
	}
	var names []string
	for _, f := range files {
		names = append(names, f.path)
	}
	var out bytes.Buffer
	o := inspect.Options{OCR: "none", Soffice: "none", Bytes: 1 << 30}
	if err := inspect.Run(context.Background(), o, names, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(files) {
		t.Fatalf("%d lines for %d files:\n%s", len(lines), len(files), &out)
	}
	for i, f := range files {
		var l inspect.Line
		d := json.NewDecoder(strings.NewReader(lines[i]))
		d.DisallowUnknownFields()
		if err := d.Decode(&l); err != nil || l.File != f.path {
			t.Errorf("%s: %v, %s", f.path, err, lines[i])
			continue
		}
		if f.state != "" && l.State != f.state || !strings.Contains(l.Reason, f.says) || (l.State == "refused") != (l.Reason != "") || l.Seconds > 100 {
			t.Errorf("%s: %s", f.path, lines[i])
		}
		if l.State != "refused" && (!l.Prepared || l.MarkedPages != l.Pages || l.Pages == 0 || l.SandboxPeakMB <= 0) {
			t.Errorf("%s: %s", f.path, lines[i])
		}
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// The text, and a personal copy.
func TestTextAndCopy(t *testing.T) {
	dir := t.TempDir()
	in, to := filepath.Join(dir, "in.pdf"), filepath.Join(dir, "copy.pdf")
	if err := os.WriteFile(in, pdftest.Report(2), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	o := inspect.Options{OCR: "none", Soffice: "none", Text: true, CopyFor: "Maria Müller", CopyTo: to}
	if err := inspect.Run(context.Background(), o, []string{in}, &out); err != nil {
		t.Fatal(err)
	}
	line, text, _ := strings.Cut(out.String(), "\n")
	if !strings.Contains(line, `"pages":2`) || strings.Count(text, "\f") != 2 || len(text) < 100 {
		t.Errorf("%s\n%q", line, text)
	}
	if b, err := os.ReadFile(to); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Errorf("copy: %d bytes, %v", len(b), err)
	}
	if err := inspect.Run(context.Background(), o, []string{in, in}, &out); err == nil {
		t.Error("a copy of two files was made")
	}
}
