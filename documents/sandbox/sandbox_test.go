package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

type answer struct {
	Text        string
	Environment []string
	Errors      map[string]string
}

func init() {
	sandbox.Register("copy", func(c *sandbox.Child) (any, error) {
		if _, err := c.Seal(); err != nil {
			return nil, err
		}
		b, err := io.ReadAll(c.Files[0])
		if err != nil {
			return nil, err
		}
		_, err = c.Files[1].Write([]byte(strings.ToUpper(string(b))))
		return answer{Text: string(b), Environment: os.Environ()}, err
	})
	sandbox.Register("escape", func(c *sandbox.Child) (any, error) {
		before, _ := os.CreateTemp("", "sandbox-before")
		defer os.Remove(before.Name())
		s, err := c.Seal()
		if err != nil {
			return nil, err
		}
		a := answer{Text: fmt.Sprint(s.SystemCalls), Errors: map[string]string{}}
		note := func(what string, err error) {
			if err != nil {
				a.Errors[what] = err.Error()
			}
		}
		_, err = os.ReadFile("/etc/passwd")
		note("read", err)
		note("write", os.WriteFile(os.TempDir()+"/sandbox-escape", []byte("x"), 0o600))
		_, err = net.DialTimeout("tcp", "127.0.0.1:1", time.Second)
		note("dial", err)
		note("run", exec.Command("/bin/true").Run())
		return a, nil
	})
	sandbox.Register("hog", func(c *sandbox.Child) (any, error) {
		c.Step("eat")
		var keep [][]byte
		for {
			b := make([]byte, 16<<20)
			for i := range b {
				b[i] = 1
			}
			keep = append(keep, b)
			time.Sleep(10 * time.Millisecond)
			if len(keep) > 200 {
				return nil, errors.New("nobody stopped me")
			}
		}
	})
	sandbox.Register("gulp", func(c *sandbox.Child) (any, error) {
		b := make([]byte, 64<<30)
		return answer{Text: fmt.Sprint(len(b))}, nil
	})
	sandbox.Register("sleep", func(c *sandbox.Child) (any, error) {
		c.Step("nap")
		time.Sleep(time.Hour)
		return nil, nil
	})
	sandbox.Register("spin", func(c *sandbox.Child) (any, error) {
		c.Step("spin")
		for n := 0; ; n++ {
			if n < 0 {
				return nil, nil
			}
		}
	})
	sandbox.Register("steps", func(c *sandbox.Child) (any, error) {
		for range 6 {
			c.Step("page")
			time.Sleep(60 * time.Millisecond)
		}
		return answer{Text: "done"}, nil
	})
	sandbox.Register("overflow", func(c *sandbox.Child) (any, error) { return overflow(1), nil })
	sandbox.Register("exit", func(c *sandbox.Child) (any, error) { os.Exit(0); return nil, nil })
	sandbox.Register("error", func(c *sandbox.Child) (any, error) { return nil, errors.New("Seite 3 fehlt") })
	sandbox.Register("data", func(c *sandbox.Child) (any, error) {
		for i := range 100 {
			if err := c.Send([]byte{byte(i)}); err != nil {
				return nil, err
			}
		}
		return answer{Text: "sent"}, nil
	})
}

func overflow(n int) int { return overflow(n+1) + n }

func pool() *sandbox.Pool { return sandbox.NewPool(2, sandbox.Limits{}) }

func file(t *testing.T, content string) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if _, err := f.WriteString(content); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFilesGoInAndOut(t *testing.T) {
	t.Setenv("RIS_SECRET", "key")
	in, out := file(t, "vorlage"), file(t, "")
	var a answer
	u, err := pool().Run(context.Background(), sandbox.Call{Task: "copy", Files: []*os.File{in, out}}, &a)
	if err != nil || a.Text != "vorlage" {
		t.Fatalf("%+v %v", a, err)
	}
	if strings.Contains(strings.Join(a.Environment, " "), "SECRET") {
		t.Fatalf("the environment went along: %v", a.Environment)
	}
	if u.Seconds <= 0 {
		t.Fatal("no usage")
	}
	b, _ := io.ReadAll(io.NewSectionReader(out, 0, 100))
	if string(b) != "VORLAGE" {
		t.Fatalf("%q came back", b)
	}
}

func TestNothingOfTheHostCanBeReached(t *testing.T) {
	r, err := pool().Report(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("in force: %+v", r)
	if !r.Safe() {
		t.Fatal("neither a namespace nor a filter keeps the child from the network")
	}
	if !r.SystemCalls {
		t.Skip("this kernel has no system-call filter: files are kept away by permissions only")
	}
	var a answer
	if _, err := pool().Run(context.Background(), sandbox.Call{Task: "escape"}, &a); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"read", "write", "dial", "run"} {
		if a.Errors[what] == "" {
			t.Errorf("the child could %s", what)
		}
	}
	t.Log(a.Errors)
}

func TestLimitsEndTheChild(t *testing.T) {
	for _, c := range []struct {
		name   string
		call   sandbox.Call
		limits sandbox.Limits
		reason sandbox.Reason
		step   string
	}{
		{"memory grows", sandbox.Call{Task: "hog"}, sandbox.Limits{Resident: 200_000_000}, sandbox.OutOfMemory, "eat"},
		{"memory at once", sandbox.Call{Task: "gulp"}, sandbox.Limits{}, sandbox.OutOfMemory, ""},
		{"a step hangs", sandbox.Call{Task: "sleep", Steps: map[string]time.Duration{"nap": 200 * time.Millisecond}}, sandbox.Limits{}, sandbox.OutOfTime, "nap"},
		{"a step turns in circles", sandbox.Call{Task: "spin", Steps: map[string]time.Duration{"spin": 300 * time.Millisecond}}, sandbox.Limits{}, sandbox.OutOfTime, "spin"},
		{"the whole takes too long", sandbox.Call{Task: "steps", Total: 150 * time.Millisecond, Steps: map[string]time.Duration{"page": time.Second}}, sandbox.Limits{}, sandbox.OutOfTime, "page"},
		{"stack overflow", sandbox.Call{Task: "overflow"}, sandbox.Limits{}, sandbox.Crashed, ""},
		{"it just ends", sandbox.Call{Task: "exit"}, sandbox.Limits{}, sandbox.Crashed, ""},
		{"unknown task", sandbox.Call{Task: "?"}, sandbox.Limits{}, sandbox.Crashed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			started := time.Now()
			u, err := sandbox.NewPool(1, c.limits).Run(context.Background(), c.call, nil)
			var f *sandbox.Failure
			if !errors.As(err, &f) || f.Reason != c.reason && !(c.name == "stack overflow" && f.Reason == sandbox.OutOfMemory) || f.Step != c.step {
				t.Fatalf("%+v %v", u, err)
			}
			if time.Since(started) > 20*time.Second {
				t.Fatalf("it took %v", time.Since(started))
			}
			if c.limits.Resident > 0 && u.PeakBytes > c.limits.Resident*9/2 {
				t.Fatalf("it got %d bytes", u.PeakBytes)
			}
		})
	}
}

func TestEachStepHasItsOwnTime(t *testing.T) {
	var a answer
	_, err := pool().Run(context.Background(), sandbox.Call{Task: "steps", Steps: map[string]time.Duration{"page": 250 * time.Millisecond}}, &a)
	if err != nil || a.Text != "done" {
		t.Fatalf("six steps of 60 ms each: %v", err)
	}
}

func TestErrorsAndDataComeThrough(t *testing.T) {
	_, err := pool().Run(context.Background(), sandbox.Call{Task: "error"}, nil)
	var te *sandbox.TaskError
	if !errors.As(err, &te) || te.Text != "Seite 3 fehlt" {
		t.Fatal(err)
	}
	var got []byte
	_, err = pool().Run(context.Background(), sandbox.Call{Task: "data", Data: func(b []byte) error { got = append(got, b...); return nil }}, nil)
	if err != nil || len(got) != 100 || got[99] != 99 {
		t.Fatalf("%d pieces, %v", len(got), err)
	}
	full := errors.New("disk full")
	_, err = pool().Run(context.Background(), sandbox.Call{Task: "data", Data: func([]byte) error { return full }}, nil)
	if !errors.Is(err, full) {
		t.Fatalf("the caller's own error: %v", err)
	}
}

func TestNobodyWaits(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	started := time.Now()
	p := sandbox.NewPool(1, sandbox.Limits{})
	ended := make(chan error, 2)
	for range 2 { // one runs, one stands in line
		go func() {
			_, err := p.Run(ctx, sandbox.Call{Task: "sleep"}, nil)
			ended <- err
		}()
	}
	for range 2 {
		if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
	}
	if time.Since(started) > 5*time.Second {
		t.Fatal("the child outlived its caller")
	}
}
