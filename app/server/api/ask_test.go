package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// client asks the surface as one person; an empty cookie is the public.
type client struct {
	t      testing.TB
	hall   *halltest.Hall
	cookie string
}

func as(h *halltest.Hall, person council.ID) client {
	return client{h.T, h, h.Cookie(person)}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// at digs a value out of the JSON: at("agendaItems", 0, "name").
func (a answer) at(path ...any) any {
	var v any
	_ = json.Unmarshal(a.body, &v)
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[k]
		case int:
			l, _ := v.([]any)
			if k >= len(l) {
				return nil
			}
			v = l[k]
		}
	}
	return v
}

func (a answer) text(path ...any) string { s, _ := a.at(path...).(string); return s }

func (c client) do(method, path string, body any, headers ...string) answer {
	c.t.Helper()
	var r io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case form:
		r, kind = b.body, b.kind
	case string:
		r = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, c.hall.URL+path, r)
	if err != nil {
		c.t.Fatal(err)
	}
	if r != nil {
		req.Header.Set("Content-Type", kind)
	}
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req) // no redirects are followed
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer{res.StatusCode, res.Header, raw}
}

// want asks and requires the status.
func (c client) want(status int, method, path string, body any, headers ...string) answer {
	c.t.Helper()
	a := c.do(method, path, body, headers...)
	if a.status != status {
		c.t.Fatalf("%s %s: %d, want %d\n%s", method, path, a.status, status, a.body)
	}
	return a
}

type form struct {
	body *bytes.Buffer
	kind string
}

// upload makes the form of an upload; fields are pairs.
func upload(t testing.TB, fileName string, content []byte, fields ...string) form {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", fileName)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	return form{&b, w.FormDataContentType()}
}

type object = map[string]any
