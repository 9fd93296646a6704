package config

import (
	"bytes"
	"strings"
	"testing"
)

func TestNormalFillsAndRefuses(t *testing.T) {
	base := Config{Listen: "127.0.0.1:8080", Data: "d", UploadLimitMB: 1, PageLimit: 1}
	c, err := base.Normal()
	if err != nil || c.PublicURL != "http://127.0.0.1:8080" || !strings.HasPrefix(c.DSN(), "sqlite:/") || c.Secure() {
		t.Fatalf("%+v %v", c, err)
	}
	for name, change := range map[string]func(*Config){
		"RIS_LISTEN":          func(c *Config) { c.Listen = "8080" },
		"RIS_TLS_CERT":        func(c *Config) { c.TLSCert = "x" },
		"RIS_PUBLIC_URL":      func(c *Config) { c.PublicURL = "https://a.example/ris" },
		"RIS_DATABASE_URL":    func(c *Config) { c.Database = "mysql://x" },
		"RIS_UPLOAD_LIMIT_MB": func(c *Config) { c.UploadLimitMB = 0 },
	} {
		bad := base
		change(&bad)
		if _, err := bad.Normal(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v does not name the variable", name, err)
		}
	}
}

// Every field but the demo's own is documented, and no secret is printed.
func TestPrintDocumentsEverySettingAndNoSecret(t *testing.T) {
	var b bytes.Buffer
	if err := Print(&b, Config{Database: "postgres://u:geheim@h/d", SearchKey: "geheim", ClientSecret: "geheim"}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "geheim") {
		t.Error("a secret is printed")
	}
	for _, s := range Settings(Config{}) {
		if s.Help == "" || !strings.HasPrefix(s.Env, "RIS_") || !strings.Contains(b.String(), s.Env) {
			t.Errorf("%+v is not documented", s)
		}
	}
	if got := flagName("UploadLimitMB"); got != "upload-limit-mb" {
		t.Errorf("flag name %q", got)
	}
	if got := flagName("TLSCert"); got != "tls-cert" {
		t.Errorf("flag name %q", got)
	}
}
