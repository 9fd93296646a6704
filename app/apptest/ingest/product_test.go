package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/app/papers"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/session"
	"ris/documents/sandbox"
)

// serveSelf has the test's own binary be the product, where no bin/ris is named (RIS_TEST_CHILD).
const serveSelf = "RIS_INGEST_SERVE"

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	if os.Getenv(serveSelf) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		c, err := settings(os.Getenv("RIS_DATA"), os.Getenv("RIS_LISTEN")).Normal()
		if err == nil {
			var a *app.App
			if a, err = app.Open(ctx, c); err == nil {
				err = a.Serve(ctx)
				_ = a.Close()
			}
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func settings(data, listen string) config.Config {
	return config.Config{Listen: listen, Data: data, Role: "all", UploadLimitMB: 600, PageLimit: 5000, TimeZone: "Europe/Berlin", LogLevel: "warn", ClientSecret: "test"}
}

// product is the running program on a data folder with one town, its clerk and a paper.
type product struct {
	*testing.T
	data   string
	listen string
	paper  council.ID
	cookie string
	person council.ID

	mu  sync.Mutex // of cmd
	cmd *exec.Cmd
	log bytes.Buffer
}

// found makes the data folder; nothing runs yet.
func found(t *testing.T) *product {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p := &product{T: t, data: t.TempDir(), listen: l.Addr().String()}
	must(t, l.Close())
	// Compiling takes seconds; all tests share what was compiled.
	cache, err := os.UserCacheDir()
	must(t, err)
	must(t, os.MkdirAll(filepath.Join(cache, "ris", "pdfium"), 0o700))
	must(t, os.Symlink(filepath.Join(cache, "ris", "pdfium"), filepath.Join(p.data, "cache")))
	c, err := settings(p.data, p.listen).Normal()
	must(t, err)
	a, err := app.Open(t.Context(), c)
	must(t, err)
	defer func() { must(t, a.Close()) }()
	ctx, now := t.Context(), council.SystemClock()
	body := council.Body{Name: "Stadt Probe"}
	must(t, a.Store.SaveBody(ctx, &body))
	clerk := council.Person{Body: body.ID, Name: "Carla Klerk", Account: "clerk@probe.example"}
	must(t, a.Store.SavePerson(ctx, &clerk))
	must(t, a.Store.SaveGrant(ctx, &council.Grant{Body: body.ID, Person: clerk.ID, Role: council.Clerk, Start: now.AddDate(-1, 0, 0)}))
	facts, err := a.Store.Facts(ctx, clerk.ID)
	must(t, err)
	paper, err := a.Papers.Add(ctx, policy.ForPerson(facts, now), papers.NewPaper{Name: "Bericht", Body: body.ID})
	must(t, err)
	token, _, err := session.NewManager(a.Store, a.Clock).Start(ctx, session.Session{Person: clerk.ID, Issuer: "test", Subject: "clerk"}, session.MemberLimits)
	must(t, err)
	p.paper, p.person, p.cookie = paper.ID, clerk.ID, session.CookieName(false)+"="+token
	must(t, a.Pipeline.Warm(ctx)) // the compiled code lies in the data folder from here on
	return p
}

// start begins the process and waits until it answers.
func (p *product) start() {
	p.Helper()
	program, args := os.Getenv("RIS_TEST_CHILD"), []string{"serve"}
	env := append(os.Environ(), "RIS_DATA="+p.data, "RIS_LISTEN="+p.listen, "RIS_LOG_LEVEL=warn", "RIS_OIDC_CLIENT_SECRET=test", "RIS_UPLOAD_LIMIT_MB=600")
	if program == "" {
		program, args = os.Args[0], nil
		env = append(env, serveSelf+"=1")
	}
	cmd := exec.Command(program, args...)
	cmd.Env = env
	cmd.Stdout, cmd.Stderr = &p.log, &p.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	must(p.T, cmd.Start())
	p.mu.Lock()
	p.cmd = cmd
	p.mu.Unlock()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if res, err := http.Get("http://" + p.listen + "/readyz"); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == 200 {
				return
			}
		}
	}
	p.Fatalf("the product does not start:\n%s", p.log.String())
}

// kill is SIGKILL: nothing is flushed, no deferred function runs.
func (p *product) kill() {
	p.mu.Lock()
	cmd := p.cmd
	p.cmd = nil
	p.mu.Unlock()
	if cmd != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

// resident is the memory of the process in bytes, and the most that it ever was.
func (p *product) resident() (now, peak int64) {
	p.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	must(p.T, err)
	for line := range strings.SplitSeq(string(b), "\n") {
		for name, to := range map[string]*int64{"VmRSS:": &now, "VmHWM:": &peak} {
			if rest, ok := strings.CutPrefix(line, name); ok {
				n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
				*to = n << 10
			}
		}
	}
	return now, peak
}

// answer is what came back; status 0 = the line broke.
type answer struct {
	status int
	header http.Header
	body   []byte
}

var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}

func (p *product) ask(method, path string, body io.Reader, length int64, headers ...string) answer {
	req, err := http.NewRequest(method, "http://"+p.listen+path, body)
	if err != nil {
		return answer{}
	}
	if body != nil {
		req.ContentLength = length
	}
	req.Header.Set("Cookie", p.cookie)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := client.Do(req)
	if err != nil {
		return answer{}
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return answer{}
	}
	return answer{res.StatusCode, res.Header, raw}
}

func (p *product) get(path string, into any) {
	p.Helper()
	a := p.ask("GET", path, nil, 0)
	for a.status == http.StatusTooManyRequests { // hundreds of documents are asked for, faster than any person would
		seconds, _ := strconv.Atoi(a.header.Get("Retry-After"))
		time.Sleep(time.Duration(max(1, seconds)) * time.Second)
		a = p.ask("GET", path, nil, 0)
	}
	if a.status != 200 {
		p.Fatalf("GET %s: %d %s", path, a.status, a.body)
	}
	must(p.T, json.Unmarshal(a.body, into))
}

// database opens the product's own, beside it.
func (p *product) database() *store.Store {
	p.Helper()
	s, err := store.Open(context.Background(), store.Config{DSN: "sqlite:" + filepath.Join(p.data, "ris.db")})
	must(p.T, err)
	return s
}

// pdf is a small document with the word on its pages.
func pdf(word string, pages int) []byte {
	d := fpdf.New("P", "pt", "A4", "")
	latin := d.UnicodeTranslatorFromDescriptor("")
	for n := range pages {
		d.AddPage()
		d.SetFont("Helvetica", "", 12)
		d.MultiCell(0, 16, latin(fmt.Sprintf("Seite %d. Der Rat berät über %s und stimmt zu. %s", n+1, word,
			strings.Repeat("Die Verwaltung berichtet über den Stand der Arbeiten. ", 20))), "", "", false)
	}
	var b bytes.Buffer
	_ = d.Output(&b)
	return b.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
