package config

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Config holds every setting. Tags: env = environment variable, default, help, secret = never printed.
type Config struct {
	Listen    string `env:"RIS_LISTEN" default:"127.0.0.1:8080" help:"Address and port to listen on."`
	PublicURL string `env:"RIS_PUBLIC_URL" help:"The address under which browsers reach the service, e.g. https://ris.stadt.example. Ids in OParl are made from it. Empty = http:// and the listen address."`
	Data      string `env:"RIS_DATA" default:"data" help:"Data folder: database, search index and files in embedded mode."`
	Role      string `env:"RIS_ROLE" default:"all" enum:"all,web,worker,portal" help:"What this process does: all, web (answers requests), worker (runs jobs) or portal (answers the public alone)."`

	Database string `env:"RIS_DATABASE_URL" secret:"" help:"postgres://user:password@host/name. Empty = SQLite in the data folder."`
	// See `ris database roles` for the roles of these two.
	OwnerDatabase  string `env:"RIS_DATABASE_OWNER_URL" secret:"" help:"PostgreSQL: the same database by the role that owns the tables; only ris migrate uses it. Empty = RIS_DATABASE_URL's role owns them, and the second net (row-level security) is off."`
	PortalDatabase string `env:"RIS_PORTAL_DATABASE_URL" secret:"" help:"PostgreSQL: the same database by a role that may read the publication read model alone; portal and open data use it. Empty = RIS_DATABASE_URL."`

	SearchURL string `env:"RIS_SEARCH_URL" help:"Address of a Meilisearch server. Empty = embedded search in the data folder."`
	SearchKey string `env:"RIS_SEARCH_KEY" secret:"" help:"Key of the Meilisearch server that may write and read the ris indexes."`

	Issuer       string `env:"RIS_OIDC_ISSUER" help:"Issuer URL of the municipality's OpenID provider. Needed for signing in."`
	ClientID     string `env:"RIS_OIDC_CLIENT_ID" default:"ris" help:"Client id registered at the provider (confidential client, redirect URI PUBLIC_URL/auth/callback)."`
	ClientSecret string `env:"RIS_OIDC_CLIENT_SECRET" secret:"" help:"Client secret registered at the provider."`

	ProvidersFile string `env:"RIS_OIDC_FILE" help:"JSON file that describes several OpenID providers side by side, and which group gives which kind of account. Takes the place of RIS_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET."`
	StepUpHours   int    `env:"RIS_STEP_UP_HOURS" default:"12" help:"Non-public papers are shown when the sign-in is not older than this, in hours; else it is asked for again, or a passkey. 0 = never asked."`

	Sessions

	// Set by the demo only: where its provider listens and what browsers are sent to; never read from the environment.
	IssuerReachedAt string `kong:"-"`
	// Set by the demo only, in the place of StepUpHours when it is not 0: so that a confirmation can be seen without waiting for hours.
	StepUpAfter time.Duration `kong:"-"`

	TLSCert        string   `env:"RIS_TLS_CERT" help:"Certificate file (PEM) when no proxy in front ends TLS."`
	TLSKey         string   `env:"RIS_TLS_KEY" help:"Key file (PEM) of the certificate."`
	TrustedProxies []string `env:"RIS_TRUSTED_PROXIES" help:"Addresses or networks of proxies whose X-Forwarded-For and -Proto count, separated by commas."`

	Name         string `env:"RIS_NAME" default:"Ratsinformationssystem" help:"Name of this installation in the open data (OParl System)."`
	ContactName  string `env:"RIS_CONTACT_NAME" help:"Who answers questions about the open data."`
	ContactEmail string `env:"RIS_CONTACT_EMAIL" help:"Their e-mail address."`
	License      string `env:"RIS_LICENSE" help:"URL of the licence of the published data, e.g. https://www.govdata.de/dl-de/zero-2-0 (decided by the municipality)."`

	UploadLimitMB    int64  `env:"RIS_UPLOAD_LIMIT_MB" default:"500" help:"Largest PDF that is accepted, in megabytes."`
	PageLimit        int    `env:"RIS_PAGE_LIMIT" default:"5000" help:"Most pages that a PDF may have."`
	BlobURL          string `env:"RIS_BLOB_URL" help:"Where files lie: s3://BUCKET[/PREFIX]?endpoint=https://HOST&region=NAME. Empty = in the data folder. Uploads under way lie in the data folder in any case."`
	BlobKey          string `env:"RIS_BLOB_KEY" secret:"" help:"Access key of the bucket."`
	BlobSecret       string `env:"RIS_BLOB_SECRET" secret:"" help:"Secret of the access key."`
	KeepDeletedDays  int    `env:"RIS_KEEP_DELETED_DAYS" default:"30" help:"Days for which files that nothing names any more are kept before they are deleted; at least 1."`
	CheckMBPerSecond int64  `env:"RIS_CHECK_MB_PER_SECOND" default:"10" help:"Speed at which all files are read and checked once a week. 0 = never."`

	Clamd           string `env:"RIS_CLAMD" help:"Virus scanner for uploads: unix:/run/clamav/clamd.ctl or host:port of a clamd. Empty = uploads are not scanned."`
	Quarantine      int    `env:"RIS_QUARANTINE_DAYS" default:"30" help:"How many days the bytes of an infected upload are kept, locked, before they are deleted."`
	Soffice         string `env:"RIS_SOFFICE" help:"LibreOffice's program, which turns Office files into PDFs. Empty = soffice on PATH when it is installed; none = Office files are refused."`
	ReleaseDays     int    `env:"RIS_RELEASE_DAYS" default:"14" help:"Days for which a request that needs a second person waits, its permission is good, and what it found can be seen."`
	AuditReadDays   int    `env:"RIS_AUDIT_READ_DAYS" default:"365" help:"Days for which the log keeps who opened which non-public paper; at least 30, 0 = for ever. Shown to the person alone; settle it with the personnel council where staff reads."`
	AuditSignInDays int    `env:"RIS_AUDIT_SIGN_IN_DAYS" default:"180" help:"Days for which the log keeps signing in and out; at least 30, 0 = for ever."`
	AuditActDays    int    `env:"RIS_AUDIT_ACT_DAYS" default:"3650" help:"Days for which the log keeps acts: publications, changes of roles, releases, exports; at least 30, 0 = for ever."`

	Workers  int    `env:"RIS_WORKERS" default:"0" help:"Documents prepared at the same time. 0 = one for each core."`
	TimeZone string `env:"RIS_TIME_ZONE" default:"Europe/Berlin" help:"Time zone of meetings and of the date in personal copies."`
	LogLevel string `env:"RIS_LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"How much is logged."`
}

// Normal fills what follows from other settings and refuses what cannot work; the error names the variable and what to do.
func (c Config) Normal() (Config, error) {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return c, fmt.Errorf("RIS_LISTEN=%q: want address:port, e.g. 127.0.0.1:8080", c.Listen)
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return c, fmt.Errorf("RIS_TLS_CERT and RIS_TLS_KEY: set both or none")
	}
	if c.PublicURL == "" {
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = "127.0.0.1"
		}
		scheme := "http"
		if c.TLSCert != "" {
			scheme = "https"
		}
		c.PublicURL = scheme + "://" + net.JoinHostPort(host, port)
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.Path != "" {
		return c, fmt.Errorf("RIS_PUBLIC_URL=%q: want scheme://host[:port] without a path", c.PublicURL)
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return c, fmt.Errorf("RIS_DATABASE_URL: want postgres://user:password@host/name, or nothing for SQLite")
	}
	if err := c.checkDatabases(); err != nil {
		return c, err
	}
	if c.UploadLimitMB < 1 || c.PageLimit < 1 {
		return c, fmt.Errorf("RIS_UPLOAD_LIMIT_MB and RIS_PAGE_LIMIT: want numbers above 0")
	}
	if err := c.Sessions.check(); err != nil {
		return c, err
	}
	if c.KeepDeletedDays < 1 {
		c.KeepDeletedDays = 30
	}
	if c.BlobURL != "" && (!strings.HasPrefix(c.BlobURL, "s3://") || c.BlobKey == "" || c.BlobSecret == "") {
		return c, fmt.Errorf("RIS_BLOB_URL: want s3://BUCKET?endpoint=https://HOST, with RIS_BLOB_KEY and RIS_BLOB_SECRET, or nothing for the data folder")
	}
	if c.Workers <= 0 {
		c.Workers = runtime.NumCPU()
	}
	if c.Data, err = filepath.Abs(c.Data); err != nil {
		return c, fmt.Errorf("RIS_DATA: %w", err)
	}
	return c, nil
}

// DSN is what the store opens.
func (c Config) DSN() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "ris.db")
}

// Secure reports whether browsers reach the service by https.
func (c Config) Secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }
