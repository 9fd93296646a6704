package doctor

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ris/app"
	"ris/app/store"
	"ris/documents/blob"
)

func (d *Doctor) settings(context.Context) {
	c := d.Config
	switch {
	case c.Issuer == "":
		d.say("settings", Hint, "doctor.settings.issuer")
	case !c.Secure():
		d.say("settings", Hint, "doctor.settings.http", "url", c.PublicURL)
	default:
		d.say("settings", OK, "doctor.settings.ok", "url", c.PublicURL)
	}
}

// database: reachable and of this version. A SQLite file that is not there yet is not made.
func (d *Doctor) database(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	kind := "PostgreSQL"
	if d.Config.Database == "" {
		kind = "SQLite"
		if _, err := os.Stat(filepath.Join(d.Config.Data, "ris.db")); err != nil {
			d.say("database", Hint, "doctor.database.new", "kind", kind)
			return
		}
	}
	s, err := store.Open(ctx, store.Config{DSN: d.Config.DSN(), Connections: 2})
	if err != nil {
		d.say("database", Failure, "doctor.database.gone", "kind", kind, "cause", d.clean(err))
		return
	}
	defer s.Close()
	have, want, err := s.Version(ctx)
	args := []string{"kind", kind, "have", strconv.FormatInt(have, 10), "want", strconv.FormatInt(want, 10)}
	switch {
	case err != nil:
		d.say("database", Failure, "doctor.database.gone", "kind", kind, "cause", d.clean(err))
	case have < want:
		d.say("database", Failure, "doctor.database.old", args...)
	case have > want:
		d.say("database", Failure, "doctor.database.young", args...)
	default:
		d.reachable = true
		d.say("database", OK, "doctor.database.ok", args...)
		d.damages(ctx, s)
		d.secondNet(ctx, s)
	}
}

// clean keeps the password of the database out of the report.
func (d *Doctor) clean(err error) string {
	text := err.Error()
	for name, dsn := range map[string]string{"RIS_DATABASE_URL": d.Config.Database, "RIS_PORTAL_DATABASE_URL": d.Config.PortalDatabase} {
		if dsn != "" {
			text = strings.ReplaceAll(text, dsn, name)
		}
	}
	return short(text)
}

func (d *Doctor) damages(ctx context.Context, s *store.Store) {
	all, err := s.BlobDamages(ctx)
	if err == nil && len(all) > 0 {
		d.say("damages", Failure, "doctor.damages", "count", strconv.Itoa(len(all)))
	}
}

// blobs: a few bytes go in, come back and are deleted.
func (d *Doctor) blobs(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if _, err := os.Stat(d.Config.Data); err != nil {
		return // said already
	}
	if d.Config.BlobURL == "" {
		if _, err := os.Stat(filepath.Join(d.Config.Data, "blobs")); err != nil || !d.reachable {
			d.say("blobs", Hint, "doctor.blobs.new")
			return
		}
	}
	where := d.Config.BlobURL
	if where == "" {
		where = filepath.Join(d.Config.Data, "blobs")
	}
	keeper, shut, err := app.OpenUpkeep(ctx, d.Config)
	if err != nil {
		d.say("blobs", Failure, "doctor.blobs.gone", "where", where, "cause", d.clean(err))
		return
	}
	defer func() { _ = shut() }()
	blobs := keeper.Blobs
	probe := "ris doctor " + time.Now().UTC().Format(time.RFC3339Nano)
	sum, _, err := blobs.Put(ctx, blob.Text, strings.NewReader(probe), 0)
	if err == nil {
		var r blob.Reader
		if r, err = blobs.Open(ctx, blob.Text, sum); err == nil {
			r.Close()
		}
		if e := blobs.Delete(ctx, blob.Text, sum); err == nil {
			err = e
		}
	}
	if err != nil {
		d.say("blobs", Failure, "doctor.blobs.gone", "where", where, "cause", short(err.Error()))
		return
	}
	d.say("blobs", OK, "doctor.blobs.ok", "where", where)
}

func (d *Doctor) search(ctx context.Context) {
	if d.Config.SearchURL == "" {
		d.say("search", OK, "doctor.search.embedded")
		return
	}
	if err := reach(ctx, strings.TrimRight(d.Config.SearchURL, "/")+"/health"); err != nil {
		d.say("search", Failure, "doctor.search.gone", "url", d.Config.SearchURL, "cause", short(err.Error()))
		return
	}
	d.say("search", OK, "doctor.search.ok", "url", d.Config.SearchURL)
}

func (d *Doctor) provider(ctx context.Context) {
	if d.Config.Issuer == "" {
		return // said already
	}
	if err := reach(ctx, strings.TrimRight(d.Config.Issuer, "/")+"/.well-known/openid-configuration"); err != nil {
		d.say("signin", Failure, "doctor.signin.gone", "url", d.Config.Issuer, "cause", short(err.Error()))
		return
	}
	d.say("signin", OK, "doctor.signin.ok", "url", d.Config.Issuer)
}

func reach(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return &status{res.Status}
	}
	return nil
}

type status struct{ text string }

func (s *status) Error() string { return s.text }
