package locales

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed de/*.json en/*.json
var files embed.FS

// Default is the language of a reader who named none that we have.
const Default = "de"

// Languages are those with a catalogue, the default first.
var Languages = []string{Default, "en"}

// T is the text of key in lang ("de", "en"; anything else is German). args are pairs of placeholder name and value:
// T("de", "error.too_large", "limit", "200 MB") fills {limit}. Values are put in as they are: escape for HTML afterwards.
// A key without English text gives the German one; an unknown key gives the key itself, so that the gap is seen.
func T(lang, key string, args ...string) string {
	all := catalogue()
	text, ok := all[lang][key]
	if !ok {
		if text, ok = all[Default][key]; !ok {
			text = key
		}
	}
	if len(args) < 2 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+args[i]+"}", args[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text) // one pass: a value that holds braces is not filled again
}

// Has reports whether key stands in the German catalogue.
func Has(key string) bool { _, ok := catalogue()[Default][key]; return ok }

// Keys are all keys of a language, sorted.
func Keys(lang string) []string { return slices.Sorted(maps.Keys(catalogue()[lang])) }

// Match picks the language for an Accept-Language header (RFC 9110, section 12.5.4): the first of the named languages, by
// weight, that has a catalogue; German when there is none.
func Match(acceptLanguage string) string {
	best, bestQ := Default, -1
	for part := range strings.SplitSeq(acceptLanguage, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if q := weight(params); q > 0 && q > bestQ && slices.Contains(Languages, primary) {
			best, bestQ = primary, q
		}
	}
	return best
}

// weight reads "q=0.8" as thousandths; 1000 when none is given, 0 when it cannot be read.
func weight(params string) int {
	_, value, found := strings.Cut(strings.ReplaceAll(params, " ", ""), "q=")
	if !found {
		return 1000
	}
	var q float64
	if _, err := fmt.Sscanf(value, "%g", &q); err != nil || q < 0 || q > 1 {
		return 0
	}
	return int(q * 1000)
}

var catalogue = sync.OnceValue(func() map[string]map[string]string {
	all, err := merge(files)
	if err != nil {
		panic(err) // embedded at build time, and tested: cannot be met in the field
	}
	return all
})

// merge reads every area of every language; a key that stands in two areas is an error that names both.
func merge(from fs.FS) (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	for _, lang := range Languages {
		all[lang] = map[string]string{}
		owner := map[string]string{}
		names, err := fs.Glob(from, lang+"/*.json")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			raw, err := fs.ReadFile(from, name)
			if err != nil {
				return nil, err
			}
			area := map[string]string{}
			if err := json.Unmarshal(raw, &area); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			for key, text := range area {
				if other, doubled := owner[key]; doubled {
					return nil, fmt.Errorf("%s: key %q stands in %s, too", name, key, path.Base(other))
				}
				owner[key] = name
				all[lang][key] = text
			}
		}
	}
	return all, nil
}
