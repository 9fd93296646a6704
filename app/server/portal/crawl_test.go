package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ris/app/council"
	"ris/app/publication/publicationtest"
)

// Every link of every page leads somewhere, no byte of it is secret, and the answers do not need anything but the public tables and
// the public renditions.
func TestCrawl(t *testing.T) {
	s := newSite(t)
	alone := s.publicOnly()
	queue, seen := []string{"/", "/suche?q=Radweg", "/suche?q=" + publicationtest.Secret, "/kalender?monat=2026-10", "/?lang=en"}, map[string]bool{}
	pages, files := 0, 0
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if seen[path] || len(seen) > 600 {
			continue
		}
		seen[path] = true
		a := s.get(path)
		if a.status != 200 {
			t.Errorf("%s: %d", path, a.status)
			continue
		}
		if b := s.do(alone, "GET", path); b.status != a.status || b.body != a.body {
			t.Errorf("%s: another answer from the public tables alone (%d)", path, b.status)
		}
		if a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		if !strings.Contains(path, "q="+publicationtest.Secret) && strings.Contains(a.body+fmt.Sprint(a.header), publicationtest.Secret) {
			t.Errorf("%s tells a secret", path)
		}
		for _, id := range []council.ID{s.story.Hidden, s.story.SecretPaper, s.story.HiddenFile, s.story.Private, s.story.Draft, s.story.Unsent, s.story.Clerk.ID} {
			if strings.Contains(a.body, string(id)) {
				t.Errorf("%s names what is not public", path)
			}
		}
		switch kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";"); kind {
		case "text/html":
			pages++
			for _, link := range examine(t, path, a.body) {
				if strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "/oparl/") && link != "/app/" {
					link, _, _ = strings.Cut(link, "#")
					// The calendar goes on for ever in both directions.
					if !strings.Contains(link, "monat=") || strings.Contains(link, "monat=2026-1") {
						queue = append(queue, link)
					}
				}
			}
		case "application/pdf":
			files++
		}
	}
	if pages < 60 || files < 5 {
		t.Errorf("%d pages and %d files were found", pages, files)
	}
}

// examine checks what every page must have and returns its links.
func examine(t *testing.T, path, body string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var links []string
	ids, fragments := map[string]bool{}, []string{}
	headings, level, lang := 0, 0, ""
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			attr := map[string]string{}
			for _, a := range n.Attr {
				attr[a.Key] = a.Val
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: attribute %s", path, a.Key)
				}
			}
			switch n.Data {
			case "script", "iframe", "object":
				t.Errorf("%s: <%s>", path, n.Data)
			case "html":
				lang = attr["lang"]
			case "h1", "h2", "h3":
				now := int(n.Data[1] - '0')
				if now == 1 {
					headings++
				}
				if now > level+1 {
					t.Errorf("%s: <%s> after a heading of level %d", path, n.Data, level)
				}
				level = now
			case "a", "link":
				href := attr["href"]
				if strings.HasPrefix(href, "#") {
					fragments = append(fragments, href[1:])
				}
				if strings.HasPrefix(href, "http") && !strings.HasPrefix(href, "https://lindenbrueck.example") {
					t.Errorf("%s leads away: %s", path, href)
				}
				links = append(links, href)
			}
			if id := attr["id"]; id != "" {
				if ids[id] {
					t.Errorf("%s: id %s twice", path, id)
				}
				ids[id] = true
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if headings != 1 || lang != "de" && lang != "en" {
		t.Errorf("%s: %d headings of level 1, language %q", path, headings, lang)
	}
	for _, f := range fragments {
		if !ids[f] {
			t.Errorf("%s: nothing has the id %s", path, f)
		}
	}
	if strings.Contains(strings.ReplaceAll(body, "/portal.", ""), "portal.") { // without the addresses of style sheet and icon
		t.Errorf("%s: a text is missing in the catalogue", path)
	}
	return links
}
