//go:build !race

package oracle_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"

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
	h.asked++
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
	hay := a.hay()
	for _, word := range h.hiddenFrom(who) {
		if strings.Contains(asked, word) || slices.Contains(knows, word) {
			continue
		}
		if tells(hay, word) {
			h.Errorf("%s meets %q in %s %s (%d)", name(who), word, method, path, a.status)
		}
	}
	return a
}

// hiddenFrom is rules.hidden, worked out once for each person.
func (h *house) hiddenFrom(who string) []string {
	if _, known := h.hidden[who]; !known {
		h.hidden[who] = h.rules.hidden(who)
	}
	return h.hidden[who]
}

// hay is all that can be read in the answer: headers, body and, of a PDF, its packed streams; in small letters.
func (a answer) hay() [][]byte {
	var head bytes.Buffer
	_ = a.header.Write(&head)
	out := [][]byte{bytes.ToLower(head.Bytes()), bytes.ToLower(a.body)}
	for _, s := range unpacked(a.body) {
		out = append(out, bytes.ToLower(s))
	}
	return out
}

// tells looks for the word as it is, percent-encoded and in PDF's UTF-16.
func tells(hay [][]byte, word string) bool {
	for _, form := range [][]byte{[]byte(word), []byte(url.QueryEscape(word)), wide(word)} {
		form = bytes.ToLower(form)
		if slices.ContainsFunc(hay, func(x []byte) bool { return bytes.Contains(x, form) }) {
			return true
		}
	}
	return false
}

func wide(word string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(word)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// unpacked are the streams of a PDF that are deflated; empty for everything else.
func unpacked(body []byte) (out [][]byte) {
	if !bytes.HasPrefix(body, []byte("%PDF")) {
		return nil
	}
	for {
		_, rest, found := bytes.Cut(body, []byte("stream"))
		if !found {
			return out
		}
		body = rest
		r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(rest[:min(len(rest), 1<<20)], "\r\n")))
		if err != nil {
			continue
		}
		plain, _ := io.ReadAll(io.LimitReader(r, 64<<10)) // fonts are longer; their beginning tells nothing either
		out = append(out, plain)
	}
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
