package main

import (
	"os"

	"ris/app/store"
)

// dbCommand has what the administrator of the database needs.
type dbCommand struct {
	Roles databaseRoles `cmd:"" help:"Print the SQL that makes PostgreSQL's roles: owner of the tables, service, portal."`
}

type databaseRoles struct {
	Database string `default:"ris" help:"Name of the database."`
	Owner    string `default:"ris_owner" help:"Role that will own the tables; ris migrate connects by it (RIS_DATABASE_OWNER_URL)."`
	App      string `default:"ris_app" help:"Role of the service (RIS_DATABASE_URL); owns nothing, row-level security holds it."`
	Portal   string `default:"ris_portal" help:"Role of portal and open data (RIS_PORTAL_DATABASE_URL); reads the publication read model alone."`
	Now      string `help:"Role that owns the tables today, when there are some already: they are handed over to the owner."`
}

// Run prints; it connects to nothing.
func (c *databaseRoles) Run() error {
	_, err := os.Stdout.WriteString(store.RolesSQL(store.RoleNames{Database: c.Database, Owner: c.Owner, App: c.App, Portal: c.Portal, Now: c.Now}))
	return err
}
