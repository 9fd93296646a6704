package scim_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/scim"
)

// scim2 is the command of scim2-cli (PyPI), a client and compliance check by other people: RIS_TEST_SCIM2, or where .ci/install puts it.
func scim2(t *testing.T) string {
	t.Helper()
	path := os.Getenv("RIS_TEST_SCIM2")
	if path == "" {
		cache := os.Getenv("XDG_CACHE_HOME")
		if cache == "" {
			cache = filepath.Join(os.Getenv("HOME"), ".cache")
		}
		path = filepath.Join(cache, "ris", "tools", "scim2", "bin", "scim2")
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("NOT RUN: scim2-cli is not installed, so no foreign client has asked the SCIM service (.ci/install test brings it; or set RIS_TEST_SCIM2)")
	}
	return path
}

// A client that we did not write finds nothing wrong: discovery, schemas, and the life of accounts and groups. One complaint is known,
// met with add and with replace: an address sent without type comes back as the primary one for work, because Entra compares emails[type eq "work"].value
// and would send it again for ever.
func TestAForeignClientIsContent(t *testing.T) {
	command := scim2(t)
	s := open(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	url := "http://" + l.Addr().String()
	app := fiber.New(fiber.Config{Immutable: true, CaseSensitive: true, ReadBufferSize: 32 << 10, DisableStartupMessage: true, StreamRequestBody: true})
	scim.Mount(app, scim.Deps{Accounts: s.accounts, PublicURL: url, Clock: council.SystemClock})
	go func() { _ = app.Listener(l) }()
	t.Cleanup(func() { _ = app.ShutdownWithTimeout(5 * time.Second) })
	run := exec.Command(command, "--url", url+"/scim/v2", "test", "--verbose")
	run.Env = append(os.Environ(), "SCIM_CLI_HEADERS=Authorization: Bearer "+s.token, "NO_COLOR=1", "PYTHONUTF8=1")
	out, err := run.CombinedOutput()
	if os.Getenv("RIS_TEST_SCIM2_SHOW") != "" {
		t.Logf("%s", out)
	}
	text := regexp.MustCompile(`(?m)^\s*ERROR check_(add|replace)_attribute\n\s*PATCH modify\(\) returned unexpected value for 'emails'`).ReplaceAllString(string(out), "KNOWN")
	known := strings.Count(text, "KNOWN")
	passed := strings.Count(text, "SUCCESS")
	if err != nil && known == 0 || known > 2 || passed < 50 || regexp.MustCompile(`(?m)^\s*(ERROR|CRITICAL|NONCOMPLIANT|FAIL)`).MatchString(text) {
		t.Fatalf("%d passed, %v\n%s", passed, err, text)
	}
	t.Logf("%d checks of scim2-cli passed, %d complaints are known", passed, known)
}
