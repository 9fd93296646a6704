package server_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// logged is the form of each line: written by log/slog, values with anything but plain letters in quotes.
var logged = regexp.MustCompile(`^time=\S+ level=(DEBUG|INFO|WARN|ERROR) msg=("(?:[^"\\]|\\.)*"|[^\s"=]+)( [A-Za-z_.]+=("(?:[^"\\]|\\.)*"|[^\s"=]*))*$`)

// Whatever strangers send, in the path, in headers, at the sign-in, and whatever a provider says of people: it makes no line of its own in
// the log, moves no cursor of who reads it in a terminal, and adds no value to a line (ASVS 5.0, 16.4.1).
func TestNobodyWritesLinesOfTheirOwn(t *testing.T) {
	t.Parallel()
	h, rat, _ := newTwoHouse(t, nil)
	forged := []string{
		"\ntime=2026-11-22T09:00:00Z level=INFO msg=request status=200 planted=yes", "\r\nplanted=yes", "\x1b[2K\x1b[1Aplanted=yes", "\u2028planted=yes", "\u0085planted=yes",
		`" planted=yes`, ` planted=yes msg="x`, "\x00planted=yes", "\x7fplanted=yes", "\u202eplanted=yes", "\xff\xfeplanted=yes",
	}
	requests := 0
	for _, evil := range forged {
		in := url.QueryEscape(evil)
		path := strings.ReplaceAll(in, "+", "%20")
		b := h.browser().stay()
		for _, a := range []answer{
			b.get("/api/v1/" + path), b.get("/app/" + path), b.get("/" + path + "?" + in), b.get("/auth/login?provider=" + in + "&return=" + in),
			b.get("/auth/callback/rat?state=" + in + "&code=" + in + "&error=" + in + "&error_description=" + in),
			b.do("POST", "/auth/backchannel-logout", url.Values{"logout_token": {evil}}, "Origin", "", "Sec-Fetch-Site", ""),
			b.do("POST", "/auth/device/wiped", url.Values{"receipt": {evil}}),
		} {
			requests++
			if a.StatusCode >= 500 {
				t.Errorf("%q: %d", evil, a.StatusCode)
			}
		}
		if line := strings.Map(printable, evil); line != "" { // what a client can send in a header at all
			b.get("/healthz", "User-Agent", line, "X-Request-Id", line, "X-Forwarded-For", line, "Referer", line, "Accept-Language", line)
			b.get("/api/v1/me", "User-Agent", line, "X-Request-Id", line, "X-Forwarded-For", line, "Cookie", "ris="+path+"; ris-device="+path+"; ris-wipe="+path)
			requests++
		}
		// The provider's refusal, in an answer that belongs to a sign-in of this browser.
		c := h.browser()
		begun := c.stay().get("/auth/login?provider=rat")
		state := mustURL(t, begun.Header.Get("Location")).Query().Get("state")
		if state == "" {
			t.Fatalf("no sign-in begun: %d %v", begun.StatusCode, begun.Header)
		}
		c.stay().get("/auth/callback/rat?state=" + state + "&error=" + in + "&error_description=" + in)
		// A person whom the provider knows by such a name.
		rat.Claims = func(claims map[string]any) {
			claims["email"], claims["name"], claims["sid"] = "x"+evil+"@demo.example", evil, "s"+evil
		}
		h.browser().get("/auth/login?provider=rat")
		rat.Claims = nil
	}
	text := h.log.String()
	if n := strings.Count(text, "msg=request "); n < requests {
		t.Fatalf("%d lines of %d requests", n, requests)
	}
	if !strings.Contains(text, "refused") {
		t.Error("no refused sign-in stands in the log, so nothing of it was looked at")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if !logged.MatchString(line) {
			t.Errorf("no line of ours: %q", line)
		}
		if strings.Contains(strings.ReplaceAll(outside(line), `\"`, ""), "planted=yes") {
			t.Errorf("a value of somebody else's: %q", line)
		}
		for _, r := range line {
			if unicode.IsControl(r) || r == '\u2028' || r == '\u202e' || r == unicode.ReplacementChar {
				t.Errorf("%U stands in the log: %q", r, line)
			}
		}
	}
}

// outside is the line without what stands in quotes.
func outside(line string) string { return quoted.ReplaceAllString(line, "") }

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

func printable(r rune) rune {
	if r < 0x20 || r == 0x7f || r == unicode.ReplacementChar {
		return -1
	}
	return r
}
