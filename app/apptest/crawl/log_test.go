package crawl_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"ris/auth/session"
)

// lines is the process's log, all levels, and what would have gone to slog.Default.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// listen makes the log, and puts it in the place of the default one until the test ends.
func (l *lines) listen(t *testing.T) *slog.Logger {
	log, was := slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})), slog.Default()
	slog.SetDefault(log)
	t.Cleanup(func() { slog.SetDefault(was) })
	return log
}

// logged requires that no line holds a marked word or a search word, whoever asked, or anything by which somebody could sign in.
func (x *town) logged() {
	x.Helper()
	x.log.mu.Lock()
	defer x.log.mu.Unlock()
	secrets := []string{session.CookieName(false) + "=", session.CookieName(true) + "=", "Bearer "}
	for _, cookie := range x.cookies {
		_, token, _ := strings.Cut(cookie, "=")
		secrets = append(secrets, token)
	}
	requests, count := 0, 0
	for line := range strings.Lines(x.log.b.String()) {
		count++
		if strings.Contains(line, "msg=request ") {
			requests++
		}
		if strings.Contains(strings.ToLower(line), "kanarie") { // all marked words begin so, and what lists are searched for
			x.Errorf("the log holds a marked word: %s", line)
		}
		for _, s := range secrets {
			if strings.Contains(line, s) {
				x.Errorf("the log holds a cookie or a token: %s", line)
			}
		}
	}
	x.Logf("%d lines in the log, %d of them requests", count, requests)
	if requests < x.asked {
		x.Errorf("%d requests, but only %d lines about them: this proves nothing", x.asked, requests)
	}
}
