package crawl_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
	"ris/search/meili"
)

const (
	meiliURL = "RIS_TEST_MEILI_URL"
	meiliKey = "RIS_TEST_MEILI_KEY"

	publicWord, hiddenWord, noWord = "Bachstelzenweg", "Wiedehopfstieg", "Neuntöterpfad"
)

// publicKey fills both indexes of the test's server with one file each, and gives a key that may do nothing but search the public one.
func (x *town) publicKey(t *testing.T) string {
	t.Helper()
	at, master := os.Getenv(meiliURL), os.Getenv(meiliKey)
	if at == "" {
		t.Skip("NOT RUN: " + meiliURL + " is not set, no Meilisearch to test against")
	}
	for _, name := range []string{"public", "internal"} {
		e, err := meili.Open(ctx, meili.Config{URL: at, Key: master, Name: name})
		x.must(err)
		x.must(e.Reset(ctx))
		for n, f := range x.world.Files {
			public, word := x.sees(-1, "file", n), hiddenWord
			if public {
				word = publicWord
			}
			if name == "internal" || public {
				a := council.Audience{Allowed: []council.Label{"nobody"}}
				if public {
					a.Allowed = []council.Label{policy.LabelPublic}
				}
				file, err := x.hall.Store.File(ctx, policy.System("crawl"), x.world.ID("file", n))
				x.must(err)
				x.must(e.Replace(ctx, search.Document{File: file.ID, Paper: x.world.ID("paper", f.Paper), Version: file.Current, Body: file.Body, Sequence: 1, Title: "Vorlage",
					Audience: a, Pages: []search.Page{{Number: 1, Text: "Der Ausschuss berät über den " + word + "."}}}))
			}
		}
		x.must(e.Flush(ctx))
		x.must(e.Close())
	}
	status, made := x.meili(master, "POST", "/keys", `{"actions":["search"],"indexes":["pages_public_*"],"expiresAt":null}`)
	key, _ := made["key"].(string)
	if status != 201 || key == "" {
		t.Fatalf("no key: %d %v", status, made)
	}
	t.Cleanup(func() { x.meili(master, "DELETE", "/keys/"+key, "") })
	for path, want := range map[string]int{"pages_public_": 200, "pages_internal_": 403} {
		_, indexes := x.meili(master, "GET", "/indexes?limit=100", "")
		list, _ := indexes["results"].([]any)
		for _, i := range list {
			uid, _ := i.(map[string]any)["uid"].(string)
			if !strings.HasPrefix(uid, path+"v") {
				continue
			}
			if got, _ := x.meili(key, "POST", "/indexes/"+uid+"/search", `{"q":""}`); got != want {
				t.Errorf("the portal's key gets %d from %s, want %d", got, uid, want)
			}
			for _, change := range []string{"DELETE /indexes/" + uid + "/documents", "GET /indexes/" + uid + "/documents", "GET /indexes/" + uid + "/settings"} {
				method, address, _ := strings.Cut(change, " ")
				if got, _ := x.meili(key, method, address, ""); got != 403 {
					t.Errorf("%s by the portal's key: %d", change, got)
				}
			}
		}
	}
	return key
}

// meili asks the search server itself.
func (x *town) meili(key, method, path, body string) (int, map[string]any) {
	x.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, os.Getenv(meiliURL)+path, strings.NewReader(body))
	x.must(err)
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	x.must(err)
	defer func() { _ = res.Body.Close() }()
	out := map[string]any{}
	_ = json.NewDecoder(res.Body).Decode(&out)
	return res.StatusCode, out
}

// finds: the portal finds what is public; a word of what is not answers like a word that nobody has ever written.
func (x *town) finds() {
	x.Helper()
	blank := func(q string) []byte {
		a := x.ask(-1, "GET", "/suche?q="+url.QueryEscape(q))
		if a.status != 200 {
			x.Errorf("search answers %d", a.status)
		}
		for _, form := range []string{url.QueryEscape(q), url.PathEscape(q), q} {
			a.body = bytes.ReplaceAll(a.body, []byte(form), []byte("WORD"))
		}
		return a.body
	}
	hidden, none := blank(hiddenWord), blank(noWord)
	if !bytes.Equal(hidden, none) {
		x.Errorf("a word of what is not public answers otherwise than one that never was:\n%s\n%s", hidden, none)
	}
	if found := blank(publicWord); bytes.Equal(found, none) || !bytes.Contains(found, []byte("/dateien/")) {
		x.Errorf("a word of what is public is not found: %s", found)
	}
}
