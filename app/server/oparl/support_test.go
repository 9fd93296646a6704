package oparl_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"ris/app/publication/publicationtest"
	"ris/app/server/oparl"
)

const base = "https://ris.example"

// site is the OParl server over the story's town.
type site struct {
	t     testing.TB
	app   *fiber.App
	story *publicationtest.Story
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, story: publicationtest.NewStory(publicationtest.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "ris.db")))}
	s.app = fiber.New(fiber.Config{Immutable: true, CaseSensitive: true})
	if err := oparl.Mount(s.app, oparl.Deps{
		Model: s.story.Store, PublicURL: base, Name: "Ratsinformation", ContactName: "IT", ContactEmail: "it@lindenbrueck.example",
		License: "https://www.govdata.de/dl-de/zero-2-0",
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request; url is absolute below base or a path; header fields come in pairs.
func (s *site) do(method, url string, header ...string) answer {
	s.t.Helper()
	req := httptest.NewRequest(method, "/", nil)
	req.Host = "ris.example"
	req.URL.Path, req.URL.RawQuery, _ = strings.Cut(strings.TrimPrefix(url, base), "?")
	req.RequestURI = strings.TrimPrefix(url, base)
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		} else {
			req.Header.Set(header[i], header[i+1])
		}
	}
	res, err := s.app.Test(req, -1)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, url, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, url, err)
	}
	return answer{res.StatusCode, res.Header, body}
}

// object fetches a JSON object that must be there.
func (s *site) object(url string) map[string]any {
	s.t.Helper()
	a := s.do("GET", url)
	if a.status != 200 {
		s.t.Fatalf("GET %s: %d %s", url, a.status, a.body)
	}
	var v map[string]any
	if err := json.Unmarshal(a.body, &v); err != nil {
		s.t.Fatalf("GET %s: %v in %s", url, err, a.body)
	}
	return v
}

// list fetches all pages of a list.
func (s *site) list(url string) []map[string]any {
	s.t.Helper()
	var out []map[string]any
	for n := 0; url != ""; n++ {
		if n > 100 {
			s.t.Fatalf("%s never ends", url)
		}
		page := s.object(url)
		for _, x := range page["data"].([]any) {
			out = append(out, x.(map[string]any))
		}
		url, _ = page["links"].(map[string]any)["next"].(string)
	}
	return out
}

func ids(list []map[string]any) []string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o["id"].(string)
	}
	return out
}
