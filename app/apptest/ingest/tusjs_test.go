package ingest_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// cutter passes connections on to the product and breaks each one that sends much after a random number of bytes, as long as it is told to.
type cutter struct {
	to   string
	most int64
	left atomic.Int64 // cuts still to be made
	done atomic.Int64
}

func (c *cutter) serve(l net.Listener) {
	for {
		in, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer in.Close()
			out, err := net.Dial("tcp", c.to)
			if err != nil {
				return
			}
			defer out.Close()
			go func() { _, _ = io.Copy(in, out); _ = in.Close() }()
			if c.left.Load() > 0 {
				n, err := io.CopyN(out, in, 2000+rand.Int64N(c.most))
				if err == nil && n > 0 {
					c.left.Add(-1)
					c.done.Add(1)
					if t, ok := out.(*net.TCPConn); ok && rand.IntN(2) == 0 {
						_ = t.SetLinger(0) // a reset instead of an orderly end
					}
					return
				}
			}
			_, _ = io.Copy(out, in)
		}()
	}
}

// TestTusClient: tus-js-client brings a file home over a line that breaks all the time, to a product that is killed in between.
func TestTusClient(t *testing.T) {
	web, err := filepath.Abs("../../../web")
	must(t, err)
	if _, err := os.Stat(filepath.Join(web, "node_modules", "tus-js-client")); err != nil {
		t.Skip("NOT RUN: tus-js-client is not installed (make web/node_modules/.installed; make test does it)")
	}
	size, cuts, kills := 24<<20, 10, 2
	if os.Getenv("RIS_LONG") != "" {
		size, cuts, kills = 500<<20, 100, 6
	}
	p := found(t)
	defer p.kill()
	p.start()
	for _, piece := range []int{0, 1_000_000} {
		t.Run(fmt.Sprintf("pieces of %d", piece), func(t *testing.T) {
			file, sum := bigFile(t, size)
			l, err := net.Listen("tcp", "127.0.0.1:0")
			must(t, err)
			defer l.Close()
			c := &cutter{to: p.listen, most: int64(size / cuts * 2)}
			if piece > 0 {
				c.most = int64(2 * piece)
			}
			c.left.Store(int64(cuts))
			go c.serve(l)
			job, _ := json.Marshal(map[string]any{"url": "http://" + l.Addr().String(), "cookie": p.cookie, "file": file, "paper": p.paper,
				"name": fmt.Sprintf("Groß %d.pdf", piece), "piece": piece})
			ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "node", "test/tus/send.mjs")
			cmd.Dir, cmd.Env = web, append(os.Environ(), "RIS_UPLOAD="+string(job))
			out, err := cmd.StdoutPipe()
			must(t, err)
			var stderr strings.Builder
			cmd.Stderr = &stderr
			must(t, cmd.Start())
			var last struct {
				Sent   int64
				Result string
				Error  string
				Tries  int
			}
			killed := 0
			for lines := bufio.NewScanner(out); lines.Scan(); {
				must(t, json.Unmarshal(lines.Bytes(), &last))
				if killed < kills && last.Sent > int64(size)*int64(killed+1)/int64(kills+1) {
					killed++
					p.kill()
					p.start()
				}
			}
			if err := cmd.Wait(); err != nil || last.Result == "" {
				t.Fatalf("%v %+v %s\n%s", err, last, stderr.String(), tail(p.log.String()))
			}
			var f struct{ ID string }
			p.T = t
			p.get(last.Result, &f)
			db := p.database()
			defer db.Close()
			var stored string
			must(t, db.DB().QueryRow("SELECT sha256 FROM file_versions WHERE file = ?", f.ID).Scan(&stored))
			if stored != sum {
				t.Error("other bytes arrived than were sent")
			}
			t.Logf("%d MB, cut %d times, killed %d times, %d tries", size>>20, c.done.Load(), killed, last.Tries)
			if c.done.Load() < int64(cuts)/2 || killed != kills {
				t.Errorf("cut %d times, killed %d times: this proves little", c.done.Load(), killed)
			}
		})
	}
}

// bigFile begins as a PDF does and goes on with noise.
func bigFile(t *testing.T, size int) (path, sum string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "big.pdf")
	f, err := os.Create(path)
	must(t, err)
	h := sha256.New()
	seed := [32]byte{byte(rand.Uint32()), byte(rand.Uint32()), byte(rand.Uint32())}
	_, err = io.Copy(io.MultiWriter(f, h), io.MultiReader(strings.NewReader("%PDF-1.7\n"), io.LimitReader(rand.NewChaCha8(seed), int64(size-9))))
	must(t, err)
	must(t, f.Close())
	return path, hex.EncodeToString(h.Sum(nil))
}

// TestMemoryStaysFlat: a large upload, by pieces and as one form, does not grow the serving process.
func TestMemoryStaysFlat(t *testing.T) {
	size := int64(80 << 20)
	if os.Getenv("RIS_LONG") != "" {
		size = 500 << 20
	}
	p := found(t)
	defer p.kill()
	p.start()
	p.sendWhole(t, 1<<20, "warm.pdf") // what any first request makes
	file, sum := bigFile(t, int(size))
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.cmd.Process.Pid), []byte("5"), 0) // the peak begins anew
	before, _ := p.resident()
	began := time.Now()
	f, err := os.Open(file)
	must(t, err)
	defer f.Close()
	at := p.sendFile(t, f, size, "Groß.pdf")
	took := time.Since(began)
	_, peak := p.resident()
	t.Logf("%d MB in %v: %d MB resident before, %d MB at the peak", size>>20, took.Round(time.Millisecond), before>>20, peak>>20)
	if grown := peak - before; grown > 30<<20 {
		t.Errorf("the upload took %d MB of memory", grown>>20)
	}
	var v struct{ ID string }
	p.get(at, &v)
	db := p.database()
	defer db.Close()
	var stored string
	must(t, db.DB().QueryRow("SELECT sha256 FROM file_versions WHERE file = ?", v.ID).Scan(&stored))
	if stored != sum {
		t.Error("other bytes arrived than were sent")
	}
}

func (p *product) sendWhole(t *testing.T, size int, name string) {
	t.Helper()
	file, _ := bigFile(t, size)
	f, err := os.Open(file)
	must(t, err)
	defer f.Close()
	p.sendFile(t, f, int64(size), name)
}

// sendFile sends it in one PATCH and gives the path of the result.
func (p *product) sendFile(t *testing.T, r io.Reader, size int64, name string) string {
	t.Helper()
	a := p.ask("POST", "/api/v1/uploads", nil, 0, "Tus-Resumable", "1.0.0", "Upload-Length", fmt.Sprint(size),
		"Upload-Metadata", "paper "+pack(string(p.paper))+",filename "+pack(name))
	if a.status != 201 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	a = p.ask("PATCH", a.header.Get("Location"), r, size, "Tus-Resumable", "1.0.0", "Content-Type", "application/offset+octet-stream", "Upload-Offset", "0")
	if a.status != 204 || a.header.Get("Upload-Result") == "" {
		t.Fatalf("%d %s %v", a.status, a.body, a.header)
	}
	return a.header.Get("Upload-Result")
}
