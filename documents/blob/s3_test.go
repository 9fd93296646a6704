package blob_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/documents/blob"
	"ris/documents/blob/blobtest"
)

const (
	s3Key    = "testing"
	s3Secret = "a secret for tests"
)

// gateway starts versitygw on a folder; RIS_TEST_VERSITYGW names the program (make test-s3 installs it).
func gateway(t *testing.T) (endpoint, dir string) {
	t.Helper()
	program := os.Getenv("RIS_TEST_VERSITYGW")
	if program == "" {
		t.Skip("NOT RUN: the S3 backend is tested by make test-s3 (RIS_TEST_VERSITYGW names the server's program)")
	}
	dir = t.TempDir()
	port := freePort(t)
	endpoint = fmt.Sprintf("http://127.0.0.1:%d", port)
	cmd := exec.Command(program, "--access", s3Key, "--secret", s3Secret, "--port", fmt.Sprintf("127.0.0.1:%d", port), "posix", "--nometa", dir)
	if err := setXattr(dir); err == nil {
		cmd = exec.Command(program, "--access", s3Key, "--secret", s3Secret, "--port", fmt.Sprintf("127.0.0.1:%d", port), "posix", dir)
	}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	if err := os.Mkdir(filepath.Join(dir, "papers"), 0o755); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if res, err := http.Get(endpoint + "/papers"); err == nil {
			_ = res.Body.Close()
			return endpoint, dir
		}
	}
	t.Fatalf("the S3 server did not start: %s", log.String())
	return "", ""
}

func openS3(t *testing.T, endpoint, prefix string) *blob.S3 {
	t.Helper()
	s, err := blob.NewS3(context.Background(), blob.S3Config{URL: "s3://papers/" + prefix + "?endpoint=" + endpoint, Key: s3Key, Secret: s3Secret, TempDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestS3Behaves(t *testing.T) {
	endpoint, _ := gateway(t)
	n := 0
	blobtest.Run(t, func(t *testing.T) blob.Store { n++; return openS3(t, endpoint, fmt.Sprintf("run%d", n)) })
}

func TestS3FindsDamage(t *testing.T) {
	endpoint, dir := gateway(t)
	ctx := context.Background()
	s := openS3(t, endpoint, "x")
	content := bytes.Repeat([]byte("0123456789"), 1_000_000)
	key, _, err := s.Put(ctx, blob.Bases, bytes.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(ctx, blob.Bases, key)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
		t.Fatalf("10 MB: %v", err)
	}
	r.Close()
	place := filepath.Join(dir, "papers", "x", string(blob.Bases), key[:2], key)
	f, err := os.OpenFile(place, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteAt([]byte("!"), 5_000_000)
	f.Close()
	if r, err = s.Open(ctx, blob.Bases, key); err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	one := make([]byte, 10)
	if _, err := r.ReadAt(one, 100); err != nil {
		t.Errorf("what is well: %v", err)
	}
	if _, err := r.ReadAt(one, 5_000_000); council.KindOf(err) != council.Internal {
		t.Errorf("what is damaged: %v", err)
	}
	if err := s.Check(ctx, blob.Bases, key); council.KindOf(err) != council.Internal {
		t.Errorf("the check: %v", err)
	}
}

// A wrong key is said at the start, and nothing but what was given is asked for credentials.
func TestS3WrongKey(t *testing.T) {
	endpoint, _ := gateway(t)
	t.Setenv("AWS_ACCESS_KEY_ID", s3Key)
	t.Setenv("AWS_SECRET_ACCESS_KEY", s3Secret)
	start := time.Now()
	_, err := blob.NewS3(context.Background(), blob.S3Config{URL: "s3://papers?endpoint=" + endpoint, Key: s3Key, Secret: "wrong"})
	if err == nil || time.Since(start) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	if err != nil && strings.Contains(err.Error(), s3Secret) {
		t.Errorf("the error tells the secret: %v", err)
	}
	for _, c := range []blob.S3Config{{URL: "s3://papers"}, {URL: "https://papers", Key: "a", Secret: "b"}, {URL: "s3://", Key: "a", Secret: "b"}} {
		if _, err := blob.NewS3(context.Background(), c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
}
