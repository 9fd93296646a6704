package scan_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/documents/scan"
	"ris/documents/scan/clamtest"
)

var ctx = context.Background()

func client(t *testing.T, setting string) *scan.Clamd {
	t.Helper()
	c, err := scan.New(setting)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A real clamd with signatures of our own: the harmless test file of the industry by its hash, and a marker word anywhere.
func TestAgainstClamd(t *testing.T) {
	d := clamtest.Start(t, 1<<20)
	c := client(t, d.Setting)
	for name, k := range map[string]struct {
		content  string
		infected bool
	}{
		"clean": {"Beschlussvorlage", false}, "empty": {"", false}, "test file": {clamtest.TestFile(), true},
		"marker":                            {"Sehr geehrte Damen und Herren, " + clamtest.Marker + " und so weiter", true},
		"marker behind the first chunk":     {strings.Repeat("x", 200_000) + clamtest.Marker, true},
		"marker across two of our chunks":   {strings.Repeat("x", 65_530) + clamtest.Marker + "y", true},
		"as large as is taken, and no more": {strings.Repeat("a", 1<<20), false},
	} {
		got, err := c.Scan(ctx, strings.NewReader(k.content))
		if err != nil || (got != "") != k.infected {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	big := make([]byte, 20<<20)
	_, _ = rand.Read(big)
	if _, err := c.Scan(ctx, bytes.NewReader(big)); !errors.Is(err, scan.ErrTooLarge) {
		t.Errorf("over StreamMaxLength: %v", err)
	}
	if v, err := c.Version(ctx); err != nil || !strings.HasPrefix(v, "ClamAV ") {
		t.Errorf("version: %q, %v", v, err)
	}
	broken := errors.New("the source broke")
	if _, err := c.Scan(ctx, io.MultiReader(strings.NewReader("abc"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("the source's own error: %v", err)
	}
	d.Kill()
	if _, err := c.Scan(ctx, strings.NewReader("x")); !errors.Is(err, scan.ErrUnavailable) {
		t.Errorf("scanner gone: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// killing ends the scanner when half is sent.
type killing struct {
	d *clamtest.Daemon
	n int
}

func (k *killing) Read(p []byte) (int, error) {
	if k.n++; k.n == 3 {
		k.d.Kill()
	}
	if k.n > 50 {
		return 0, io.EOF
	}
	return len(p), nil
}

func TestTheScannerIsKilledInTheMiddle(t *testing.T) {
	d := clamtest.Start(t, 100<<20)
	if got, err := client(t, d.Setting).Scan(ctx, &killing{d: d}); !errors.Is(err, scan.ErrUnavailable) || got != "" {
		t.Errorf("%q, %v", got, err)
	}
}

// A scanner that takes everything and says nothing, one that takes nothing, one that talks nonsense: never "clean".
func TestASlowOrStrangeScanner(t *testing.T) {
	for name, behave := range map[string]func(net.Conn){
		"says nothing":  func(c net.Conn) { _, _ = io.Copy(io.Discard, c) },
		"takes nothing": func(net.Conn) { time.Sleep(2 * time.Second) },
		"nonsense":      func(c net.Conn) { _, _ = io.WriteString(c, "hello\x00") },
		"half a word":   func(c net.Conn) { _, _ = io.WriteString(c, "stream: O"); c.Close() },
		"endless":       func(c net.Conn) { _, _ = io.Copy(c, strings.NewReader(strings.Repeat("x", 1<<20))) },
		"hangs up":      func(c net.Conn) { c.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s")
			l, err := net.Listen("unix", path)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					go func() { defer conn.Close(); behave(conn) }()
				}
			}()
			c := client(t, "unix:"+path)
			c.Stall, c.Answer = 300*time.Millisecond, 300*time.Millisecond
			begun := time.Now()
			got, err := c.Scan(ctx, bytes.NewReader(make([]byte, 4<<20)))
			if !errors.Is(err, scan.ErrUnavailable) || got != "" || time.Since(begun) > 5*time.Second {
				t.Errorf("%q, %v after %v", got, err, time.Since(begun))
			}
		})
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := client(t, "127.0.0.1:9").Scan(stopped, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

func TestSettings(t *testing.T) {
	for setting, ok := range map[string]bool{"unix:/run/clamd.ctl": true, "127.0.0.1:3310": true, "[::1]:3310": true, "unix:clamd.ctl": false, "/run/clamd.ctl": false, "localhost": false, "localhost:": false} {
		if _, err := scan.New(setting); (err == nil) != ok {
			t.Errorf("%s: %v", setting, err)
		}
	}
}
