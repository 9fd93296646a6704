package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/documents/sandbox"
)

func shell(t *testing.T, script string) (sandbox.Program, *bytes.Buffer) {
	t.Helper()
	out := &bytes.Buffer{}
	return sandbox.Program{Path: "/bin/sh", Args: []string{"-c", script}, Env: []string{"PATH=/usr/bin:/bin", "HOME={work}"}, Work: t.TempDir(), Stdout: out}, out
}

// An outside program sees its own folder and the system's programs; no data, no network, no other process.
func TestAProgramSeesNothingOfTheHost(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("SECRET"), 0o644); err != nil {
		t.Fatal(err)
	}
	p, out := shell(t, `echo here > $HOME/made; ls -A $HOME; cat `+secret+` /etc/passwd 2>/dev/null; cat /proc/net/route 2>/dev/null | wc -l; `+
		`(exec 3<>/dev/tcp/127.0.0.1/22) 2>/dev/null; touch /usr/x 2>/dev/null && echo WRITABLE; ls /proc | grep -c '^[0-9]'`)
	u, err := p.Run(context.Background())
	if err != nil {
		t.Fatal(err, out.String())
	}
	if b, err := os.ReadFile(filepath.Join(p.Work, "made")); err != nil || string(b) != "here\n" {
		t.Errorf("what it writes into its folder stays: %q, %v", b, err)
	}
	got := out.String()
	for _, bad := range []string{"SECRET", "WRITABLE", "root:"} {
		if strings.Contains(got, bad) {
			t.Errorf("it saw more than it should:\n%s", got)
		}
	}
	t.Log(got)
	if u.Seconds <= 0 {
		t.Errorf("usage: %+v", u)
	}
}

// Time, memory and everything it has started end with it.
func TestAProgramEndsAtItsLimits(t *testing.T) {
	p, _ := shell(t, `sleep 60 & sleep 60`)
	p.Total = 300 * time.Millisecond
	begun := time.Now()
	_, err := p.Run(context.Background())
	var f *sandbox.Failure
	if !errors.As(err, &f) || f.Reason != sandbox.OutOfTime || time.Since(begun) > 10*time.Second {
		t.Errorf("time: %v after %v", err, time.Since(begun))
	}
	p, _ = shell(t, `x=aaaaaaaaaaaaaaaa; while :; do x="$x$x"; done`)
	p.Resident = 60_000_000
	if _, err = p.Run(context.Background()); !errors.As(err, &f) || f.Reason != sandbox.OutOfMemory {
		t.Errorf("memory: %v", err)
	}
	p, _ = shell(t, `head -c 3000000 /dev/zero > $HOME/big`)
	p.Output = 1_000_000
	if _, err = p.Run(context.Background()); !errors.As(err, &f) {
		t.Errorf("a file over the limit: %v", err)
	}
	p, _ = shell(t, `echo broken >&2; exit 7`)
	if _, err = p.Run(context.Background()); !errors.As(err, &f) || f.Reason != sandbox.Crashed || !strings.Contains(f.Output, "broken") {
		t.Errorf("its own failure: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	p, _ = shell(t, `sleep 60`)
	if _, err = p.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("called off: %v", err)
	}
}
