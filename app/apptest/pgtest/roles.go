package pgtest

import (
	"fmt"
	"net/url"
	"sync"
	"testing"
)

// Roles are those of a production installation, made once in the cluster: the owner of the tables, the service's role, the portal's.
// None is a superuser, none bypasses row-level security.
const (
	OwnerRole  = "ris_owner"
	AppRole    = "ris_app"
	PortalRole = "ris_portal"
)

// Database is one of a test, with an address for each role.
type Database struct {
	Owner, App, Portal string // "postgres://..."
	Admin              string // a superuser, whom no policy holds
}

var prepared struct {
	sync.Mutex
	failed error
	name   string // of the database that is copied
}

// Copy gives a database of its own, copied from one that prepare has filled once in this process; prepare gets the owner's
// address. Copying takes a fraction of the time of migrating. The database is dropped when the test ends.
func Copy(t testing.TB, prepare func(owner string) error) Database {
	t.Helper()
	once.Do(func() { running, failed = start() })
	if failed != nil {
		t.Fatalf("pgtest: %v", failed)
	}
	if err := template(prepare); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	name := fmt.Sprintf("test_%d", counter.Add(1))
	if err := running.copied(name); err != nil {
		t.Fatalf("pgtest: %v", err)
	}
	t.Cleanup(func() {
		if err := running.admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Logf("pgtest: %v", err)
		}
	})
	return Database{Owner: running.dsnOf(OwnerRole, name), App: running.dsnOf(AppRole, name), Portal: running.dsnOf(PortalRole, name), Admin: running.dsn(name)}
}

// copied makes the database; only one copy of a template is made at a time.
func (c *cluster) copied(name string) error {
	prepared.Lock()
	defer prepared.Unlock()
	return c.admin("CREATE DATABASE " + name + " TEMPLATE " + prepared.name + " OWNER " + OwnerRole)
}

func template(prepare func(owner string) error) error {
	prepared.Lock()
	defer prepared.Unlock()
	if prepared.name != "" || prepared.failed != nil {
		return prepared.failed
	}
	name := "template_of_tests"
	prepared.failed = func() error {
		for _, role := range []string{OwnerRole, AppRole, PortalRole} {
			if err := running.admin(fmt.Sprintf("CREATE ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '%s'", role, running.password)); err != nil {
				return err
			}
		}
		if err := running.admin("CREATE DATABASE " + name + " OWNER " + OwnerRole); err != nil {
			return err
		}
		return prepare(running.dsnOf(OwnerRole, name))
	}()
	prepared.name = name
	return prepared.failed
}

func (c *cluster) dsnOf(role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(role, c.password), Host: fmt.Sprintf("127.0.0.1:%d", c.port), Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}
