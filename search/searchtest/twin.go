package searchtest

import (
	"flag"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
)

var twinWords = strings.Fields(`Straße Straßen Straßenbau Bau Bauplatz Platz Spielplatz Spiel Plan Planung Pläne Bebauungsplan Weg Radweg Radwege
	Haushalt Haus Häuser Satzung Sitzung Sitzungen Rat beschlossen beschließen beschließt Kanal Kanäle Kanalbau 2025 2026 V/2026/0007 § 34 BauGB 12.03.2026
	Gebühr Gebühren Gebührensatzung Wasser Abwasser Wasserwerk Schule Schulen Schulweg Schulhaus der die und`)

var twinQueries = strings.Split(`Straße |Str|Strasse |Strasze |Plan |Pla|Pl|Bauplatz |Bau Platz|"der Plan"|"Haus und"|Wegen |Radwg |Satzug |Sitzun|beschlossen |Kanal |Kanel |
	§ 34 BauGB |2026|12.03.2026 |V/2026/0007 |Gebühr Wasser|Schul|Schulhaus |Wasserschule |der |Sa|Ge|Haushalt Rat|Gebuehrensazung |Straßenplan `, "|")

// twin: on random corpora every viewer's answer equals that of an index which holds only what the viewer may read: hits, pages,
// order, total. So nothing in an answer depends on what the viewer may not see.
func twin(t *testing.T, o Options) {
	corpora := o.Corpora
	if corpora == 0 {
		corpora = 25
	}
	if n, err := strconv.Atoi(os.Getenv("RIS_TEST_TWIN")); err == nil && n > 0 {
		corpora = n
	}
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	must(t, flag.Set("rapid.checks", strconv.Itoa(corpora)))
	defer func() { must(t, flag.Set("rapid.checks", before)) }()

	full, stripped := open(t, o), open(t, o)
	triples := 0
	rapid.Check(t, func(r *rapid.T) {
		must(t, full.Reset(background))
		var docs []search.Document
		// more than 64 words with one beginning, most of them in one file: which of them a prefix stands for must not leak
		crowd := rapid.Bool().Draw(r, "crowd")
		for n := range rapid.IntRange(2, 7).Draw(r, "files") {
			a := rapid.SampledFrom(audiences).Draw(r, "audience")
			var texts []string
			for range rapid.IntRange(0, 3).Draw(r, "pages") {
				texts = append(texts, strings.Join(rapid.SliceOfN(rapid.SampledFrom(twinWords), 1, 12).Draw(r, "text"), " "))
			}
			if crowd && n < 2 {
				texts = append(texts, manyWords(n))
			}
			d := document(n, 1, a, rapid.SampledFrom(twinWords).Draw(r, "title"), texts...)
			docs = append(docs, d)
			must(t, full.Replace(background, d))
			if rapid.IntRange(0, 5).Draw(r, "change") == 0 { // a later change must leave no trace either
				docs[n].Audience = rapid.SampledFrom(audiences).Draw(r, "new audience")
				docs[n].Sequence = 2
				must(t, full.SetAudience(background, d.File, docs[n].Audience, 2))
			}
		}
		flush(t, full)
		v := rapid.SampledFrom(viewers()).Draw(r, "viewer")
		must(t, stripped.Reset(background))
		for _, d := range docs {
			if policy.CanRead(v, d.Audience) {
				must(t, stripped.Replace(background, d))
			}
		}
		flush(t, stripped)
		for _, text := range append(twinQueries, "Pfad") {
			for _, q := range []search.Query{{Text: text}, {Text: text, Limit: 2, Offset: 1}, {Text: text, Papers: []council.ID{paperID(0), paperID(1)}}} {
				if o.OwnDictionary {
					q.Limit, q.Offset = 100, 0
				}
				a, errA := full.Search(background, v, q)
				b, errB := stripped.Search(background, v, q)
				if errA != nil || errB != nil {
					r.Fatalf("%q: %v, %v", text, errA, errB)
				}
				triples++
				if o.OwnDictionary {
					if a.Total != b.Total || !slices.Equal(numbers(a.Hits), numbers(b.Hits)) {
						r.Fatalf("%+v: %+v on the full index, %+v on the stripped one", q, a, b)
					}
				} else if !reflect.DeepEqual(a, b) {
					r.Fatalf("%+v: %+v on the full index, %+v on the stripped one", q, a, b)
				}
			}
		}
	})
	t.Logf("%d answers compared", triples)
}

// manyWords has 100 words that begin with "pfad"; file 0 has other ones than file 1.
func manyWords(n int) string {
	var b strings.Builder
	for i := range 100 {
		b.WriteString("Pfad" + string(rune('a'+(i+n*7)%26)) + string(rune('a'+i/26)) + string(rune('k'+n)) + " ")
	}
	return b.String()
}
