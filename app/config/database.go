package config

import (
	"fmt"
	"net/url"
	"strings"
)

// OwnerDSN is what `ris migrate` opens: the database by the role that owns its tables.
func (c Config) OwnerDSN() string {
	if c.OwnerDatabase != "" {
		return c.OwnerDatabase
	}
	return c.DSN()
}

// Roles are the names of PostgreSQL's roles in the settings: the service's, when another one owns the tables, and the portal's.
// Empty = there is none of its own.
func (c Config) Roles() (roles struct{ App, Portal string }) {
	if c.OwnerDatabase != "" {
		roles.App = roleOf(c.Database)
	}
	if c.PortalDatabase != "" {
		roles.Portal = roleOf(c.PortalDatabase)
	}
	return roles
}

func roleOf(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil || u.User == nil {
		return ""
	}
	return u.User.Username()
}

// checkDatabases refuses roles that cannot be: further ones without PostgreSQL, or two settings that name the same role.
func (c Config) checkDatabases() error {
	for name, dsn := range map[string]string{"RIS_DATABASE_OWNER_URL": c.OwnerDatabase, "RIS_PORTAL_DATABASE_URL": c.PortalDatabase} {
		if dsn == "" {
			continue
		}
		if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") || roleOf(dsn) == "" {
			return fmt.Errorf("%s: want postgres://role:password@host/name", name)
		}
		if c.Database == "" && c.Role != "portal" {
			return fmt.Errorf("%s: set RIS_DATABASE_URL as well; SQLite has no roles", name)
		}
		if c.Database != "" && roleOf(dsn) == roleOf(c.Database) {
			return fmt.Errorf("%s and RIS_DATABASE_URL name the same role: see ris database roles", name)
		}
	}
	return nil
}
