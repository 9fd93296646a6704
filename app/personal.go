package app

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"ris/app/config"
	"ris/app/council"
	"ris/app/privacy"
	"ris/app/release"
	"ris/app/store"
)

// openPrivacy puts together what gives persons their data and erases it.
func (a *App) openPrivacy() {
	if a.Releases == nil {
		a.Releases = &release.Service{Store: a.Store, Clock: a.Clock, Days: a.Config.ReleaseDays}
	}
	a.Privacy = &privacy.Service{Store: a.Store, Releases: a.Releases, Journal: a.Journal, Clock: a.Clock, Zone: a.Zone, Settings: a.privacySettings()}
}

// privacySettings is what the documents say about this installation: kinds and hosts, no secret.
func (a *App) privacySettings() privacy.Settings {
	c := a.Config
	s := privacy.Settings{Name: c.Name, PublicURL: c.PublicURL, Contact: c.ContactEmail, Database: "SQLite im Datenordner", Files: "im Datenordner",
		Search: "eingebaut, im Datenordner", Scanner: c.Clamd != "", Encrypted: c.Secure(), ReadDays: c.AuditReadDays, SignInDays: c.AuditSignInDays,
		ActDays: c.AuditActDays, ReleaseDays: c.ReleaseDays, Quarantine: c.Quarantine, DeletedFiles: c.KeepDeletedDays, Devices: c.KeepDeviceDays,
		StepUp: time.Duration(c.StepUpHours) * time.Hour}
	if c.Database != "" {
		s.Database = "PostgreSQL, " + hostOf(c.Database)
	}
	if c.BlobURL != "" {
		s.Files = "Objektspeicher (S3), " + hostOf(c.BlobURL)
	}
	if c.SearchURL != "" {
		s.Search = "Meilisearch, " + hostOf(c.SearchURL)
	}
	if c.Issuer != "" {
		s.SignIn = append(s.SignIn, hostOf(c.Issuer))
	}
	if c.ProvidersFile != "" {
		s.SignIn = append(s.SignIn, "mehrere, siehe "+c.ProvidersFile)
	}
	return s
}

// hostOf is the host of an address without what may be secret in it; of s3://bucket?endpoint=... the endpoint's.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "?"
	}
	if e, err := url.Parse(u.Query().Get("endpoint")); err == nil && e.Host != "" {
		return e.Hostname()
	}
	return u.Hostname()
}

// OpenPrivacy opens only what the commands about personal data need; close it with done. A running server is not disturbed.
func OpenPrivacy(ctx context.Context, c config.Config) (_ *privacy.Service, done func(), err error) {
	a := &App{Config: c, Log: newLog(c.LogLevel), Clock: council.SystemClock}
	if a.Zone, err = time.LoadLocation(c.TimeZone); err != nil {
		return nil, nil, fmt.Errorf("RIS_TIME_ZONE=%q: %w", c.TimeZone, err)
	}
	if a.Store, err = store.Open(ctx, store.Config{DSN: c.DSN(), Clock: a.Clock}); err != nil {
		return nil, nil, fmt.Errorf("database: %w", err)
	}
	a.openJournal()
	a.openPrivacy()
	return a.Privacy, func() { _ = a.Store.Close() }, nil
}
