package privacy

import (
	"bytes"
	_ "embed"
	"html/template"
	"strconv"
	"time"

	"ris/web/locales"
)

//go:embed export.gohtml
var exportText string

// page is auskunft.html. It is a letter of a German authority under German law: it is in German.
func (s *Service) page(d *data) ([]byte, error) {
	t, err := template.New("export").Funcs(s.words()).Parse(exportText)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"D": d, "S": s.Settings, "Undeleted": undeleted(d.Notes)})
	return b.Bytes(), err
}

func undeleted(all []note) (out []note) {
	for _, n := range all {
		if !n.Deleted {
			out = append(out, n)
		}
	}
	return out
}

// words are what the templates of this package call.
func (s *Service) words() template.FuncMap {
	return template.FuncMap{
		"day": func(t time.Time) string {
			if t.IsZero() {
				return "–"
			}
			return t.In(s.zone()).Format("02.01.2006")
		},
		"moment": func(t time.Time) string {
			if t.IsZero() {
				return "–"
			}
			return t.In(s.zone()).Format("02.01.2006, 15:04")
		},
		"german": func(day string) string {
			t, err := time.Parse(time.DateOnly, day)
			if err != nil {
				return "offen"
			}
			return t.Format("02.01.2006")
		},
		"text": func(key string) string { return locales.T("de", key) },
		"act":  func(act string) string { return locales.T("de", "audit.act."+act) },
		"days": days,
	}
}

// days says a retention in words.
func days(n int) string {
	switch {
	case n <= 0:
		return "unbefristet"
	case n%365 == 0 && n > 365, n == 3650:
		return locales.T("de", "privacy.years", "n", strconv.Itoa(n/365))
	}
	return locales.T("de", "privacy.days", "n", strconv.Itoa(n))
}
