//go:build !race

package oracle_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ris/auth/session"
)

// answer is all that came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// send asks as a person (or "" = the public) and holds every byte of the answer against the words that this viewer must not
// meet; words that stand in the question itself, and those in knows, are left out.
func (h *house) send(who, method, path string, knows []string, header ...string) answer {
	h.Helper()
	h.asked.Add(1)
	req, err := http.NewRequest(method, h.url+path, nil)
	h.must(err)
	if who != "" {
		req.Header.Set("Cookie", session.CookieName(false)+"="+h.tokens[who])
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := client.Do(req)
	h.must(err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	h.must(err)
	a := answer{res.StatusCode, res.Header, body}
	a.header.Del("Date")
	if a.status >= 500 {
		h.Errorf("%s: %s %s answers %d: %s", name(who), method, path, a.status, body)
	}
	asked, _ := url.QueryUnescape(path)
	for _, word := range h.finder.inAnswer(a) {
		if slices.Contains(h.hidden[who], word) && !strings.Contains(asked, word) && !slices.Contains(knows, word) {
			h.Errorf("%s meets %q in %s %s (%d)", name(who), word, method, path, a.status)
		}
	}
	return a
}

// same reports how two answers differ, or "".
func (a answer) same(b answer) string {
	switch {
	case a.status != b.status:
		return http.StatusText(a.status) + " / " + http.StatusText(b.status)
	case !bytes.Equal(a.body, b.body):
		return string(a.body) + " / " + string(b.body)
	}
	var x, y bytes.Buffer
	_, _ = a.header.Write(&x), b.header.Write(&y)
	if x.String() != y.String() {
		return x.String() + " / " + y.String()
	}
	return ""
}
