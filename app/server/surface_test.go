package server_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ris/app/server"
)

func TestTheAnonymousGet401ForEverythingAlike(t *testing.T) {
	h := newHouse(t, false, nil)
	b := h.browser()
	var first answer
	for i, path := range []string{"/api/v1/me", "/api/v1/meetings/0198d4a0-0000-7000-8000-000000000001", "/api/v1/files/x", "/api/v1", "/api/v1/", "/api/v1/nothing/there",
		"/api/v1/me/", "/api/v1/search?q=x"} {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			a := b.do(method, path, nil)
			if i == 0 && method == "GET" {
				first = a
			}
			if a.StatusCode != 401 || a.body != first.body || a.Header.Get("Content-Type") != "application/problem+json" || len(a.Header) != len(first.Header) {
				t.Errorf("%s %s: %d %s %v", method, path, a.StatusCode, a.body, a.Header)
			}
		}
	}
	if a := b.get("/api/v1/me", "Cookie", "ris="+strings.Repeat("A", 43)); a.body != first.body || a.StatusCode != 401 {
		t.Errorf("a made-up session: %d %s", a.StatusCode, a.body)
	}
	var p map[string]any
	must(t, json.Unmarshal([]byte(first.body), &p))
	if p["status"] != 401.0 || p["title"] != "Nicht angemeldet" || p["type"] != "urn:ris:error.unauthenticated" || p["instance"] != nil {
		t.Errorf("problem: %v", p)
	}
	if a := b.get("/api/v1/me", "Accept-Language", "en"); !strings.Contains(a.body, "You are not signed in") || a.Header.Get("Content-Language") != "en" {
		t.Errorf("in English: %s", a.body)
	}
}

func TestShellsLeadToTheSignIn(t *testing.T) {
	h := newHouse(t, false, nil)
	for path, want := range map[string]string{
		"/app/":                     "/auth/login?return=%2Fapp%2F",
		"/app":                      "/auth/login?return=%2Fapp",
		"/app/sitzungen/1?seite=2":  "/auth/login?return=%2Fapp%2Fsitzungen%2F1%3Fseite%3D2",
		"/console/":                 "/auth/login?return=%2Fconsole%2F",
		"/console/sitzungen/abc/de": "/auth/login?return=%2Fconsole%2Fsitzungen%2Fabc%2Fde",
	} {
		a := h.browser().stay().get(path)
		if a.StatusCode != 302 || a.Header.Get("Location") != want {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.Header.Get("Location"))
		}
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	h := newHouse(t, false, nil)
	for _, path := range []string{"/healthz", "/auth/page.css", "/assets/app-ABCD1.js", "/api/v1/me", "/nothing", "/auth/callback"} {
		a := h.browser().get(path)
		csp := a.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe-inline") ||
			a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Referrer-Policy") == "" || a.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" ||
			a.Header.Get("Server") != "" || a.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: %v", path, a.Header)
		}
	}
}

func TestForeignPagesCannotWrite(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"cross-site":     {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"same-site":      {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"foreign origin": {[]string{"Origin", "https://evil.example"}, 403},
		"null origin":    {[]string{"Origin", "null"}, 403},
		"own origin":     {[]string{"Origin", h.origin}, 200},
		"same origin":    {[]string{"Sec-Fetch-Site", "same-origin"}, 200},
		"no browser":     {nil, 200},
	} {
		if a := b.do("POST", "/api/v1/echo", nil, c.header...); a.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", name, a.StatusCode, c.want)
		}
	}
	if a := b.do("POST", "/auth/logout", nil, "Sec-Fetch-Site", "cross-site"); a.StatusCode != 403 {
		t.Errorf("sign-out by a foreign page: %d", a.StatusCode)
	}
	if me := b.get("/api/v1/me"); me.StatusCode != 200 {
		t.Error("signed out by a foreign page")
	}
}

func TestErrorsOfOursTellNothing(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	for _, path := range []string{"/api/v1/panic", "/api/v1/broken"} {
		a := b.get(path)
		var p struct{ Detail, Instance string }
		must(t, json.Unmarshal([]byte(a.body), &p))
		number := strings.TrimPrefix(p.Instance, "urn:ris:request:")
		if a.StatusCode != 500 || strings.Contains(a.body, "secret") || len(number) != 12 || !strings.Contains(p.Detail, number) {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
		if !strings.Contains(h.log.String(), number) || !strings.Contains(h.log.String(), "a secret of the council") {
			t.Errorf("%s: the cause is not in the log", path)
		}
	}
	if a := b.get("/healthz"); a.StatusCode != 200 {
		t.Error("the server has died")
	}
}

func TestUnknownAddresses(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	for _, path := range []string{"/nothing", "/assets/nothing.js", "/assets/../reader.html", "/assets/.gitkeep", "/assets/%2e%2e/reader.html", "/auth", "/api", "/api/v2/x"} {
		if a := b.get(path); a.StatusCode != 404 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if a := b.get("/nothing"); !strings.Contains(a.body, "<html") || !strings.Contains(a.body, "Das gibt es hier nicht.") {
		t.Errorf("a page for people: %s", a.body)
	}
	b.signIn("/app/", "mitglied1@demo.example")
	one, two := b.get("/api/v1/nothing"), b.get("/api/v1/meetings/0198d4a0-0000-7000-8000-000000000001")
	if one.StatusCode != 404 || one.body != two.body || two.StatusCode != 404 {
		t.Errorf("%d %s / %d %s", one.StatusCode, one.body, two.StatusCode, two.body)
	}
	if a := b.do("PATCH", "/healthz", nil); a.StatusCode != 405 && a.StatusCode != 404 {
		t.Errorf("PATCH /healthz: %d", a.StatusCode)
	}
}

func TestAssetsAndShells(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	plain := b.get("/assets/app-ABCD1.js", "Accept-Encoding", "identity")
	if plain.StatusCode != 200 || !strings.HasPrefix(plain.Header.Get("Content-Type"), "text/javascript") || !strings.Contains(plain.Header.Get("Cache-Control"), "immutable") {
		t.Fatalf("%d %v", plain.StatusCode, plain.Header)
	}
	packed := b.get("/assets/app-ABCD1.js", "Accept-Encoding", "gzip")
	if packed.Header.Get("Content-Encoding") != "gzip" || len(packed.body) >= len(plain.body) || packed.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Errorf("gzip: %v, %d bytes", packed.Header, len(packed.body))
	}
	if a := b.get("/assets/app-ABCD1.js", "Accept-Encoding", "identity", "If-None-Match", plain.Header.Get("ETag")); a.StatusCode != 304 || a.body != "" {
		t.Errorf("If-None-Match: %d", a.StatusCode)
	}
	if a := b.get("/assets/app-ABCD1.js", "Range", "bytes=7-11"); a.StatusCode != 206 || a.body != "const" {
		t.Errorf("range: %d %q", a.StatusCode, a.body)
	}
	if a := b.do("HEAD", "/assets/app-ABCD1.js", nil, "Accept-Encoding", "identity"); a.StatusCode != 200 || a.ContentLength != int64(len(plain.body)) {
		t.Errorf("HEAD: %d %d", a.StatusCode, a.ContentLength)
	}
	for path, want := range map[string]string{"/app/": "reader", "/app/a/b/c": "reader", "/console/": "clerk", "/console/x": "clerk"} {
		if a := b.get(path); a.StatusCode != 200 || !strings.Contains(a.body, want) || strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
	empty := newHouse(t, true, func(d *server.Deps) { d.Dist = nil })
	e := empty.browser()
	if page := e.signIn("/app/", "mitglied1@demo.example"); page.StatusCode != 503 || !strings.Contains(page.body, "make build") {
		t.Errorf("without a build: %d %s", page.StatusCode, page.body)
	}
}

func TestReadiness(t *testing.T) {
	var reason error = errors.New("the seed is not searchable yet")
	h := newHouse(t, false, func(d *server.Deps) { d.Ready = func(context.Context) error { return reason } })
	if a := h.browser().get("/readyz"); a.StatusCode != 503 || strings.Contains(a.body, "seed") {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	reason = nil
	if a := h.browser().get("/readyz"); a.StatusCode != 200 {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
}

func TestLimits(t *testing.T) {
	h := newHouse(t, false, func(d *server.Deps) { d.Limits.SignIn = 3 })
	b := h.browser()
	for i := range 5 {
		a := b.get("/auth/callback", "X-Forwarded-For", strings.Repeat("1", i+1)+".1.1.1")
		if want := map[bool]int{true: 503, false: 429}[i < 3]; a.StatusCode != want {
			t.Errorf("request %d: %d, want %d", i, a.StatusCode, want)
		}
		if a.StatusCode == 429 && a.Header.Get("Retry-After") == "" {
			t.Error("429 without Retry-After")
		}
	}
	h.clock.add(21e9) // a third of a minute, a little more
	if a := b.get("/auth/callback"); a.StatusCode != 503 {
		t.Errorf("after a while: %d", a.StatusCode)
	}
}

func TestLargeBodies(t *testing.T) {
	h := newHouse(t, true, nil)
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	send := func(size int, chunked bool) int {
		req, _ := http.NewRequestWithContext(t.Context(), "POST", h.origin+"/api/v1/echo", strings.NewReader(strings.Repeat("x", size)))
		if chunked {
			req.ContentLength = -1
		}
		res, err := b.client.Do(req)
		if err != nil {
			return 413 // the server has closed while we were sending: refused, too
		}
		res.Body.Close()
		return res.StatusCode
	}
	for _, c := range []struct {
		size    int
		chunked bool
		want    int
	}{{1000, false, 200}, {1000, true, 200}, {3 << 20, false, 200}, {3 << 20, true, 200}, {9 << 20, false, 413}, {9 << 20, true, 413}} {
		if got := send(c.size, c.chunked); got != c.want {
			t.Errorf("%d bytes, chunked %v: %d, want %d", c.size, c.chunked, got, c.want)
		}
	}
}

// The router takes an address with a slash at its end, too: the limit must hold there as well.
func TestTheSearchLimitHoldsHoweverItIsWritten(t *testing.T) {
	h := newHouse(t, true, func(d *server.Deps) { d.Limits.Search = 3 })
	b := h.browser()
	b.signIn("/app/", "mitglied1@demo.example")
	for i, path := range []string{"/api/v1/search?q=a", "/api/v1/search/?q=a", "/api/v1/search/", "/api/v1/search/?q=a", "/api/v1/search"} {
		if got, limited := b.get(path).StatusCode, i >= 3; (got == 429) != limited {
			t.Errorf("request %d, %s: %d", i, path, got)
		}
	}
}

// A stranger who announces an upload and then sends nothing must not hold a connection longer than with any other request.
func TestNobodyHoldsAConnectionByAnUpload(t *testing.T) {
	h := newHouse(t, false, func(d *server.Deps) { d.ReadTimeout = time.Second })
	for _, sent := range []int{0, 20_000} {
		c, err := net.Dial("tcp", strings.TrimPrefix(h.origin, "http://"))
		must(t, err)
		defer c.Close()
		_, err = io.WriteString(c, "POST /api/v1/papers/x/files HTTP/1.1\r\nHost: "+strings.TrimPrefix(h.origin, "http://")+
			"\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n"+strings.Repeat("a", sent))
		must(t, err)
		must(t, c.SetReadDeadline(time.Now().Add(15*time.Second)))
		if _, err := io.Copy(io.Discard, c); err != nil {
			t.Errorf("after %d bytes and a long silence the connection still stands: %v", sent, err)
		}
	}
}

// What is passed on to the provider stays below its prefix, however the address is written.
func TestTheProviderIsReachedBelowItsPrefixOnly(t *testing.T) {
	asked := make(chan string, 10)
	behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	defer behind.Close()
	h := newHouse(t, false, func(d *server.Deps) { d.ProviderURL = behind.URL + "/idp" })
	for _, path := range []string{"/idp/../admin", "/idp/%2e%2e/admin", "/idp/x/../../admin", "/idp/..%2fadmin"} {
		c, err := net.Dial("tcp", strings.TrimPrefix(h.origin, "http://"))
		must(t, err)
		_, err = io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		must(t, err)
		_, _ = io.Copy(io.Discard, c)
		_ = c.Close()
	}
	close(asked)
	for path := range asked {
		if !strings.HasPrefix(path, "/idp/") {
			t.Errorf("the provider was asked for %s", path)
		}
	}
}
