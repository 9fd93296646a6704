package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"ris/app/config"
	"ris/web/locales"
)

// State of a finding.
type State string

// A Failure keeps the service from working or from being safe; a Hint says what could be better, or what is switched off.
const (
	OK      State = "ok"
	Hint    State = "hint"
	Failure State = "error"
)

// Finding is one line: what was looked at, how it stands, and what to do.
type Finding struct {
	Check string `json:"check"` // name of the check, stable: sandbox, database, disk ...
	State State  `json:"state"`
	Text  string `json:"text"` // in German, for the IT team
}

// Doctor looks at an installation with these settings.
type Doctor struct {
	Config config.Config // normal, see config.Normal
	found  []Finding

	reachable bool // the database answers and is of this version
}

// say notes a finding; key is a message key with pairs name, value.
func (d *Doctor) say(check string, s State, key string, args ...string) {
	d.found = append(d.found, Finding{Check: check, State: s, Text: locales.T(locales.Default, key, args...)})
}

// Run does all checks, one after the other, each bounded in time.
func (d *Doctor) Run(ctx context.Context) []Finding {
	for _, check := range []func(context.Context){d.settings, d.folder, d.disk, d.memory, d.clock, d.sandbox, d.outside, d.qpdf, d.tesseract, d.soffice, d.clamd,
		d.database, d.blobs, d.search, d.provider} {
		if ctx.Err() != nil {
			break
		}
		check(ctx)
	}
	return d.found
}

// Print writes the findings for people, or as one JSON document; failed tells whether one of them is a Failure.
func Print(w io.Writer, all []Finding, asJSON bool) (failed bool, err error) {
	for _, f := range all {
		failed = failed || f.State == Failure
	}
	if asJSON {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return failed, e.Encode(struct {
			OK       bool      `json:"ok"`
			Findings []Finding `json:"findings"`
		}{!failed, all})
	}
	for _, f := range all {
		word := locales.T(locales.Default, "doctor.state."+string(f.State))
		if _, err := fmt.Fprintf(w, "%-8s %-12s %s\n", word, f.Check, f.Text); err != nil {
			return failed, err
		}
	}
	return failed, nil
}

// quiet is a log that says nothing: what matters stands in the findings.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// short is the first line of an error or answer, for a finding.
func short(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s); len(r) > 200 {
		s = string(r[:200]) + " …"
	}
	return s
}
