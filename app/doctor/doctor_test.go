package doctor_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ris/app"
	"ris/app/config"
	"ris/app/doctor"
	"ris/app/store"
	"ris/documents/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

// settings of an installation in a folder of its own; nothing outside is configured.
func settings(t *testing.T, change func(*config.Config)) config.Config {
	t.Helper()
	c := config.Config{Listen: "127.0.0.1:0", Data: filepath.Join(t.TempDir(), "data"), Role: "all", UploadLimitMB: 500, PageLimit: 5000, KeepDeletedDays: 30,
		TimeZone: "Europe/Berlin", LogLevel: "error", ClientID: "ris", ClientSecret: "test", Soffice: "none"}
	if change != nil {
		change(&c)
	}
	c, err := c.Normal()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// looked gives the worst finding of each check.
func looked(t *testing.T, c config.Config) map[string]doctor.Finding {
	t.Helper()
	out := map[string]doctor.Finding{}
	for _, f := range (&doctor.Doctor{Config: c}).Run(context.Background()) {
		if strings.ContainsAny(f.Text, "{}") || f.Text == "" || strings.HasPrefix(f.Text, "doctor.") {
			t.Errorf("%s: no whole text: %q", f.Check, f.Text)
		}
		if old, ok := out[f.Check]; !ok || old.State == doctor.OK || f.State == doctor.Failure {
			out[f.Check] = f
		}
	}
	return out
}

func settled(t *testing.T, c config.Config) {
	t.Helper()
	cache, err := os.UserCacheDir() // compiling takes seconds; all tests share what was compiled
	if err != nil {
		t.Skip(err)
	}
	cache = filepath.Join(cache, "ris", "pdfium")
	if err := errors.Join(os.MkdirAll(cache, 0o700), os.MkdirAll(c.Data, 0o700), os.Symlink(cache, filepath.Join(c.Data, "cache"))); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAnEmptyPlaceIsNoFailure(t *testing.T) {
	c := settings(t, nil)
	all := looked(t, c)
	for check, f := range all {
		if f.State == doctor.Failure {
			t.Errorf("%s: %s", check, f.Text)
		}
	}
	if all["data"].State != doctor.Hint || all["database"].State != doctor.Hint || all["settings"].State != doctor.Hint {
		t.Errorf("what is not there yet is not told: %+v", all)
	}
	if _, err := os.Stat(c.Data); err == nil {
		t.Error("looking made the data folder")
	}
}

func TestASettledPlaceIsWell(t *testing.T) {
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/.well-known/openid-configuration" {
			w.WriteHeader(404)
		}
	}))
	defer provider.Close()
	c := settings(t, func(c *config.Config) { c.Issuer = provider.URL })
	settled(t, c)
	all := looked(t, c)
	for _, check := range []string{"data", "database", "blobs", "search", "signin"} {
		if all[check].State != doctor.OK {
			t.Errorf("%s: %+v", check, all[check])
		}
	}
	if s := all["sandbox"]; s.State == doctor.Failure || !strings.Contains(s.Text, "MB") {
		t.Errorf("sandbox: %+v", s)
	}

	var out bytes.Buffer
	var list []doctor.Finding
	for _, f := range all {
		list = append(list, f)
	}
	failed, err := doctor.Print(&out, list, true)
	var read struct {
		OK       bool
		Findings []doctor.Finding
	}
	if err != nil || failed || json.Unmarshal(out.Bytes(), &read) != nil || !read.OK || len(read.Findings) != len(list) {
		t.Errorf("as JSON: %v %v %s", failed, err, out.String())
	}
}

// Each fault is a failure of its own check, says what to do, and gives no secret away.
func TestFaultsAreTold(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	_ = l.Close()
	cases := []struct {
		check, says string
		change      func(*config.Config)
		spoil       func(*testing.T, config.Config)
	}{
		{"database", "migrate", nil, func(t *testing.T, c config.Config) {
			s, err := store.Open(t.Context(), store.Config{DSN: c.DSN()})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.DB().Exec("DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)"); err != nil {
				t.Fatal(err)
			}
		}},
		{"database", "PostgreSQL", func(c *config.Config) { c.Database = "postgres://ris:geheim@" + nobody + "/ris?connect_timeout=2" }, nil},
		{"soffice", "/no/such/soffice", func(c *config.Config) { c.Soffice = "/no/such/soffice" }, nil},
		{"clamd", nobody, func(c *config.Config) { c.Clamd = nobody }, nil},
		{"signin", nobody, func(c *config.Config) { c.Issuer = "http://" + nobody }, nil},
		{"search", nobody, func(c *config.Config) { c.SearchURL = "http://" + nobody }, nil},
	}
	for _, test := range cases {
		t.Run(test.check+" "+test.says, func(t *testing.T) {
			c := settings(t, test.change)
			if test.spoil != nil {
				settled(t, c)
				test.spoil(t, c)
			}
			all := looked(t, c)
			f := all[test.check]
			if f.State != doctor.Failure || !strings.Contains(f.Text, test.says) {
				t.Errorf("%+v", f)
			}
			for _, other := range all {
				if strings.Contains(other.Text, "geheim") {
					t.Errorf("a secret is printed: %s", other.Text)
				}
				if other.State == doctor.Failure && other.Check != test.check {
					t.Errorf("%s is blamed: %s", other.Check, other.Text)
				}
			}
		})
	}
}
