package portal_test

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/publication/publicationtest"
	"ris/app/publication/readmodel"
	"ris/app/server/portal"
	"ris/app/store"
	"ris/documents/blob"
	"ris/migrations"
	"ris/search"
	"ris/search/embedded"
	"ris/search/german"
)

var ctx = context.Background()

const base = "https://ris.example"

// site is the portal over the story's town.
type site struct {
	t     testing.TB
	app   *fiber.App
	story *publicationtest.Story
	index search.Engine
	dir   string
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir()}
	s.story = publicationtest.NewStory(publicationtest.Open(t, "sqlite:"+filepath.Join(s.dir, "ris.db")))
	var err error
	if s.index, err = embedded.Open(filepath.Join(s.dir, "public.index")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.index.Close() })
	s.indexAll()
	s.app = mount(t, s.story.Store, s.story.Blobs, s.index, s.story)
	return s
}

func mount(t testing.TB, model readmodel.Reader, blobs portal.Renditions, index search.Reader, story *publicationtest.Story) *fiber.App {
	t.Helper()
	app := fiber.New(fiber.Config{Immutable: true, CaseSensitive: true})
	d := portal.Deps{
		Model: model, Blobs: blobs, Search: index, Snippet: german.Snippet, PublicURL: base, Content: os.DirFS(t.TempDir()),
		Clock: func() time.Time { return story.Now },
	}
	if err := portal.Mount(app, d); err != nil {
		t.Fatal(err)
	}
	missing, err := portal.NotFound(d)
	if err != nil {
		t.Fatal(err)
	}
	app.Use(missing)
	return app
}

// indexAll does what the indexing job does for every public file.
func (s *site) indexAll() {
	s.t.Helper()
	files, _, _, err := s.story.Store.PublicList(ctx, readmodel.ListFilter{Type: readmodel.File, Limit: 100})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range files {
		d, ok, err := s.story.Gate.PublicDocument(ctx, f.ID)
		if err != nil || !ok {
			s.t.Fatalf("%s: %v %v", f.ID, ok, err)
		}
		if err := s.index.Replace(ctx, d); err != nil {
			s.t.Fatal(err)
		}
	}
}

// publicOnly is the same portal over a database that holds nothing but the tables public_* and a store that holds nothing but the
// public renditions: what it answers cannot come from anywhere else.
func (s *site) publicOnly() *fiber.App {
	s.t.Helper()
	dir := s.t.TempDir()
	lone, err := store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join(dir, "public.db")})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = lone.Close() })
	schema, err := fs.ReadFile(migrations.FS, "sqlite/0002_publication.sql")
	if err != nil {
		s.t.Fatal(err)
	}
	up, _, _ := strings.Cut(string(schema), "-- +goose Down")
	statements := []string{up, "DROP TABLE publication_renditions", "ATTACH DATABASE '" + filepath.Join(s.dir, "ris.db") + "' AS whole"}
	for _, table := range []string{"public_objects", "public_links", "public_files", "public_pages"} {
		statements = append(statements, "INSERT INTO "+table+" SELECT * FROM whole."+table)
	}
	for _, sql := range append(statements, "DETACH DATABASE whole") {
		if _, err := lone.DB().Exec(sql); err != nil {
			s.t.Fatalf("%s: %v", sql, err)
		}
	}
	renditions, err := blob.NewFile(filepath.Join(dir, "blobs"))
	if err != nil {
		s.t.Fatal(err)
	}
	files, _, _, err := s.story.Store.PublicList(ctx, readmodel.ListFilter{Type: readmodel.File, Limit: 100})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range files {
		row, err := s.story.Store.PublicFile(ctx, f.ID)
		if err != nil {
			s.t.Fatal(err)
		}
		r, err := s.story.Blobs.Open(ctx, blob.Public, row.Blob)
		if err != nil {
			s.t.Fatal(err)
		}
		if _, _, err := renditions.Put(ctx, blob.Public, r, 0); err != nil {
			s.t.Fatal(err)
		}
		_ = r.Close()
	}
	return mount(s.t, lone, renditions, s.index, s.story)
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (s *site) get(path string, header ...string) answer { return s.do(s.app, "GET", path, header...) }

func (s *site) do(app *fiber.App, method, path string, header ...string) answer {
	s.t.Helper()
	req := httptest.NewRequest(method, path, nil)
	req.Host = "ris.example"
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := app.Test(req, -1)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	res.Header.Del("Date") // the clock may tick between two requests that are compared
	return answer{res.StatusCode, res.Header, string(body)}
}

// want asserts that the page holds the texts, or, with a leading "!", does not.
func (a answer) want(t testing.TB, what string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if absent, ok := strings.CutPrefix(text, "!"); ok {
			if strings.Contains(a.body, absent) {
				t.Errorf("%s holds %q", what, absent)
			}
		} else if !strings.Contains(a.body, text) {
			t.Errorf("%s does not hold %q", what, text)
		}
	}
}
