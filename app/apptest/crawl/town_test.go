package crawl_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/apptest/proof"
	"ris/app/apptest/proof/databases"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/blob"
	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	servePortal()
	os.Exit(m.Run())
}

var ctx = context.Background()

// moment is the second at which everybody asks: noon of day 33.
const moment = 33*24*60*60 + 12*60*60

// town is a random world behind the whole product's surface.
type town struct {
	*testing.T
	hall    *halltest.Hall
	url     string // who is asked: the hall, or a process of its own
	carry   string // a Cookie header for those who ask as the public
	world   *proof.World
	cookies []string // by person
	log     *lines
	never   map[string]answer // to questions for an id that never was
	asked   int
	met     map[string]bool // words that somebody met by right
}

// open serves a random world; dsn "" = SQLite.
func open(t *testing.T, dsn string, number int, size proof.Size) *town {
	log := &lines{}
	h := halltest.OpenLogged(t, dsn, log.listen(t))
	x := &town{T: t, hall: h, url: h.URL, log: log, world: proof.Draw(number, size), never: map[string]answer{}, met: map[string]bool{}}
	h.Turn(proof.At(moment).Sub(h.Now()))
	for p := range x.world.People {
		x.world.People[p].Locked = -1 // who is locked gets 401, which the tests of sessions show
	}
	x.must(databases.Save(ctx, h.Store, x.world))
	x.renditions()
	for b := range x.world.Settings {
		x.must(h.Publication.ProjectBody(ctx, x.world.ID("body", b)))
	}
	for m := range x.world.Meetings {
		x.must(h.Publication.ProjectMeeting(ctx, x.world.ID("meeting", m)))
	}
	for p := range x.world.Papers {
		x.must(h.Publication.ProjectPaper(ctx, x.world.ID("paper", p)))
	}
	for p := range x.world.People {
		x.cookies = append(x.cookies, h.Cookie(x.world.ID("person", p)))
	}
	return x
}

// renditions gives all public versions the same public rendition.
func (x *town) renditions() {
	key, size, err := x.hall.Blobs.Put(ctx, blob.Public, bytes.NewReader(halltest.PDF(x, "Öffentlich")), 1<<20)
	x.must(err)
	x.must(x.hall.Store.SaveRendition(ctx, key, strings.Repeat("ab", 64), size))
	for n := range x.world.Versions {
		v, err := x.hall.Store.FileVersion(ctx, policy.System("crawl"), x.world.ID("version", n))
		x.must(err)
		if v.Audience.Public() {
			v.Processing, v.Prepared.Public, v.Prepared.PublicSize = council.Readable, key, size
			v.PageSizes = []council.PageSize{{Width: 595, Height: 842}}
			x.must(x.hall.Store.SaveFileVersion(ctx, &v))
		}
	}
}

func (x *town) must(err error) {
	x.Helper()
	if err != nil {
		x.Fatal(err)
	}
}

func (x *town) question(person int) proof.Question {
	return proof.Question{World: x.world, Person: person, Now: moment}
}

// count is how many of a kind there are.
func (x *town) count(kind string) int {
	return map[string]int{"meeting": len(x.world.Meetings), "item": len(x.world.Items), "paper": len(x.world.Papers), "file": len(x.world.Files),
		"version": len(x.world.Versions), "guest": len(x.world.Guests), "conflict": len(x.world.Biased)}[kind]
}

// sees asks the sentences.
func (x *town) sees(person int, kind string, n int) bool {
	q := x.question(person)
	switch kind {
	case "meeting":
		return q.Sitzung(n)
	case "item":
		return q.Punkt(n)
	case "paper":
		return q.Vorlage(n)
	case "file":
		return q.Datei(n)
	case "version":
		return q.Fassung(n)
	case "guest":
		return q.IstSitzungsdienst(x.world.Meetings[x.world.Items[x.world.Guests[n].Item].Meeting].Body)
	case "conflict":
		return q.IstSitzungsdienst(x.world.Meetings[x.world.Items[x.world.Biased[n].Item].Meeting].Body)
	}
	x.Fatalf("what is a %s?", kind)
	return false
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

var word = regexp.MustCompile(`(?i)kanarie([a-z]+?)(\d+)w(\d+)x`)

// ask sends a request as a person (-1 = the public) and reads every byte of the answer for words of what may not be seen.
func (x *town) ask(person int, method, path string) answer {
	x.Helper()
	x.asked++
	var body io.Reader
	if method != "GET" && method != "HEAD" {
		body = strings.NewReader("{}")
	}
	req, err := http.NewRequest(method, x.url+path, body)
	x.must(err)
	req.Host = strings.TrimPrefix(x.hall.URL, "http://") // as a browser names it, whichever process answers
	if person >= 0 {
		req.Header.Set("Cookie", x.cookies[person])
	} else if x.carry != "" {
		req.Header.Set("Cookie", x.carry)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("If-Match", `"1"`)
	}
	res, err := client.Do(req)
	x.must(err)
	defer func() { _ = res.Body.Close() }()
	a := answer{status: res.StatusCode, header: res.Header}
	a.body, err = io.ReadAll(res.Body)
	x.must(err)
	a.header.Del("Date")
	var head bytes.Buffer
	_ = a.header.Write(&head)
	for _, part := range []string{head.String(), string(a.body)} {
		if plain, err := url.QueryUnescape(part); err == nil {
			part += plain
		}
		for _, m := range word.FindAllStringSubmatch(part, -1) {
			n, _ := strconv.Atoi(m[2])
			if x.sees(person, strings.ToLower(m[1]), n) {
				x.met[m[0]] = true
			} else {
				x.Errorf("person %d meets %s by %s %s (%d)", person, m[0], method, path, a.status)
			}
		}
	}
	return a
}

// gone requires that the answer is that for an id that never was.
func (x *town) gone(person int, method, path, id string) {
	x.Helper()
	a := x.ask(person, method, path)
	key := strconv.Itoa(person) + method + strings.ReplaceAll(path, id, "ID")
	b, known := x.never[key]
	if !known {
		never := string(council.NewID(x.hall.Now()))
		b = x.ask(person, method, strings.ReplaceAll(path, id, never)).without(never)
		x.never[key] = b
	}
	if a = a.without(id); a.status != b.status || !bytes.Equal(a.body, b.body) || !sameHeader(a.header, b.header) {
		x.Errorf("person %d: %s %s answers otherwise than an id that never was:\n%d %s %v\n%d %s %v", person, method, path, a.status, a.body, a.header, b.status, b.body, b.header)
	}
	if a.status < 300 && method == "GET" {
		x.Errorf("person %d: %s %s answers %d", person, method, path, a.status)
	}
}

// without the id that was asked for, which pages and redirections may repeat.
func (a answer) without(id string) answer {
	if to := a.header.Get("Location"); to != "" {
		a.header.Set("Location", strings.ReplaceAll(to, id, "ID"))
	}
	a.body = bytes.ReplaceAll(a.body, []byte(id), []byte("ID"))
	return a
}

func sameHeader(a, b http.Header) bool {
	var x, y bytes.Buffer
	_, _ = a.Write(&x), b.Write(&y)
	return x.String() == y.String()
}
