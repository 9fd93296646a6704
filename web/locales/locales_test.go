package locales

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTextsAreFilledAndFallBackToGerman(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"German", T("de", "error.not_found"), "Das gibt es hier nicht."},
		{"English", T("en", "error.not_found"), "There is nothing here."},
		{"unknown language", T("fr", "error.not_found"), T("de", "error.not_found")},
		{"unknown key", T("de", "no.such.key"), "no.such.key"},
		{"a value with braces is not filled again", T("en", "error.too_many_requests", "seconds", "{seconds}"), "Too many requests. Please wait {seconds} seconds."},
		{"value", T("en", "error.too_large", "limit", "200 MB"), "This is too large. At most 200 MB are allowed."},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestBothLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	all, err := merge(files)
	if err != nil {
		t.Fatal(err)
	}
	placeholder := regexp.MustCompile(`\{[a-zA-Z]+\}`)
	marks := func(s string) []string {
		m := placeholder.FindAllString(s, -1)
		slices.Sort(m)
		return slices.Compact(m)
	}
	for _, key := range slices.Sorted(maps.Keys(all["de"])) {
		english, ok := all["en"][key]
		if !ok {
			t.Errorf("%s has no English text", key)
			continue
		}
		if a, b := marks(all["de"][key]), marks(english); !slices.Equal(a, b) {
			t.Errorf("%s: placeholders %v in German, %v in English", key, a, b)
		}
	}
	for key := range all["en"] {
		if _, ok := all["de"][key]; !ok {
			t.Errorf("%s has no German text", key)
		}
	}
}

func TestADoubledKeyIsRefused(t *testing.T) {
	_, err := merge(fstest.MapFS{
		"de/a.json": {Data: []byte(`{"x":"1"}`)},
		"de/b.json": {Data: []byte(`{"x":"2"}`)},
	})
	if err == nil || !strings.Contains(err.Error(), `"x"`) {
		t.Fatalf("want an error naming the key, got %v", err)
	}
}

func TestTheLanguageFollowsTheWeights(t *testing.T) {
	for header, want := range map[string]string{
		"":                             "de",
		"de-DE,de;q=0.9,en;q=0.8":      "de",
		"en-GB,en;q=0.9":               "en",
		"fr;q=1, en;q=0.5, de;q=0.4":   "en",
		"en;q=0, de;q=0.1":             "de",
		"fr":                           "de",
		"en;q=abc":                     "de",
		"en ; q=0.7 , de-AT ; q=0.900": "de",
	} {
		if got := Match(header); got != want {
			t.Errorf("Accept-Language %q: %s, want %s", header, got, want)
		}
	}
}
