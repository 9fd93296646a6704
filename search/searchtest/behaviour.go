package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ris/app/council"
	"ris/auth/policy"
	"ris/search"
)

func readers(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, public, "Radweg", "Der Radweg wird gebaut."), document(2, 1, forSchools, "Radweg", "Der Radweg wird gebaut."),
		document(3, 1, forPlanning, "Radweg", "Der Radweg wird gebaut."), document(4, 1, forBoth, "Radweg", "Der Radweg wird gebaut."),
		document(5, 1, notForFirst, "Radweg", "Der Radweg wird gebaut."), document(6, 1, forNobody, "Radweg", "Der Radweg wird gebaut."),
		document(7, 1, onlyWithheld, "Radweg", "Der Radweg wird gebaut."))
	for _, c := range []struct {
		who    string
		viewer policy.Viewer
		want   []int
	}{
		{"public", policy.Anonymous(), []int{1}}, {"member with a conflict", member(1, schools), []int{1, 2, 4}}, {"member", member(2, schools), []int{1, 2, 4, 5}},
		{"other committee", member(3, planning), []int{1, 3, 4}}, {"both committees", member(4, schools, planning), []int{1, 2, 3, 4, 5}},
		{"no committee", member(5), []int{1}}, {"zero viewer", policy.Viewer{}, nil}, {"system", policy.System("suite"), []int{1, 2, 3, 4, 5, 6, 7}},
	} {
		for _, q := range []string{"Radweg ", "Radw", `"der Radweg"`, "Radwek ", "gebaut "} {
			a := ask(t, e, c.viewer, search.Query{Text: q})
			want(t, c.who+" "+q, numbers(a.Hits), c.want...)
			if a.Total != len(c.want) {
				t.Errorf("%s %s: total %d, want %d", c.who, q, a.Total, len(c.want))
			}
		}
	}
}

// canary: a word of its own in each non-public page and title; nobody else's query of any kind reaches it.
func canary(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, public, "Kanalbau", "Kanarische Inseln, Kanal und Kanzlei."), document(2, 1, forSchools, "Zeisigkanari", "Geheimwort Kanarienvogel am Bach."),
		document(3, 1, forNobody, "Kanarienhahn", "Kanariengelb gestrichen"))
	for _, v := range []policy.Viewer{policy.Anonymous(), member(3, planning), member(5), {}} {
		for _, q := range []string{"Kanarienvogel ", "Kanarienv", "Kanarienvogl ", "Zeisigkanari ", "Zeisig", "Geheimwort ", `"Geheimwort Kanarienvogel"`,
			"Kanariengelb ", "Kanarienhahn", "Vogel ", "V/2026/0002 ", "Bach"} {
			if a := ask(t, e, v, search.Query{Text: q}); len(a.Hits) > 0 || a.Total != 0 || a.Partial {
				t.Errorf("%q gives %+v", q, a)
			}
		}
	}
	want(t, "member", found(t, e, member(2, schools), "Kanarienvogel "), 2)
}

// crowd: a prefix stands for a limited number of words. Those of pages that the viewer may not read, however frequent, must not
// push out the only one that the viewer may.
func crowd(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, public, "", "Pfadzuletzt"), document(2, 1, forSchools, "", manyWords(0), manyWords(0), manyWords(1)),
		document(3, 1, forNobody, "", manyWords(1), manyWords(1), manyWords(0)))
	a := ask(t, e, policy.Anonymous(), search.Query{Text: "Pfad"})
	want(t, "behind the crowd", numbers(a.Hits), 1)
	if a.Total != 1 {
		t.Errorf("total %d, want 1", a.Total)
	}
}

func sequence(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 5, public, "", "alpha"))
	put(t, e, document(1, 4, public, "", "beta"))
	want(t, "late Replace", found(t, e, policy.Anonymous(), "beta "))
	want(t, "late Replace", found(t, e, policy.Anonymous(), "alpha "), 1)
	put(t, e, document(1, 5, public, "", "alpha"))
	want(t, "repeated Replace", found(t, e, policy.Anonymous(), "alpha "), 1)
	must(t, e.SetAudience(background, fileID(1), forNobody, 4))
	flush(t, e)
	want(t, "late SetAudience", found(t, e, policy.Anonymous(), "alpha "), 1)
	must(t, e.Delete(background, fileID(1), 4))
	flush(t, e)
	want(t, "late Delete", found(t, e, policy.Anonymous(), "alpha "), 1)
	must(t, e.Delete(background, fileID(1), 7))
	put(t, e, document(1, 6, public, "", "alpha"))
	want(t, "Replace older than Delete", found(t, e, policy.Anonymous(), "alpha "))
	must(t, e.SetAudience(background, fileID(2), forNobody, 9))
	put(t, e, document(2, 8, public, "", "alpha"))
	want(t, "Replace older than SetAudience", found(t, e, policy.Anonymous(), "alpha "))
	put(t, e, document(1, 8, public, "", "alpha"), document(2, 10, public, "", "alpha"))
	want(t, "newer Replace", found(t, e, policy.Anonymous(), "alpha "), 1, 2)
}

func audience(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, forNobody, "Haushaltsplan", "Der Ausbau der Kreisstraße nach § 34 BauGB.", "Bebauungsplanänderung am Markt"))
	steps := []struct {
		a                    council.Audience
		public, first, other []int
	}{
		{forSchools, nil, []int{1}, nil}, {notForFirst, nil, nil, nil}, {public, []int{1}, []int{1}, []int{1}}, {forNobody, nil, nil, nil}, {forBoth, nil, []int{1}, []int{1}},
	}
	for i, s := range steps {
		must(t, e.SetAudience(background, fileID(1), s.a, int64(i+2)))
		flush(t, e)
		for _, q := range []string{"Bebauungsplan ", `"Ausbau der Kreisstraße"`, "§ 34 BauGB ", "Haushaltspl"} {
			what := fmt.Sprintf("step %d, %s", i, q)
			want(t, what, found(t, e, policy.Anonymous(), q), s.public...)
			want(t, what, found(t, e, member(1, schools), q), s.first...)
			want(t, what, found(t, e, member(3, planning), q), s.other...)
		}
	}
	if files, pages, err := e.Stats(background); err != nil || files != 1 || pages != 2 {
		t.Errorf("stats %d files %d pages %v", files, pages, err)
	}
}

func remove(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, public, "Titelwort", "eins", "zwei", "drei"), document(2, 1, public, "", "zwei"))
	put(t, e, document(1, 2, public, "Neuwort", "eins"))
	want(t, "pages that went", found(t, e, policy.Anonymous(), "zwei "), 2)
	want(t, "title that went", found(t, e, policy.Anonymous(), "Titelwort "))
	must(t, e.Delete(background, fileID(1), 3))
	flush(t, e)
	want(t, "deleted", found(t, e, policy.System("suite"), "eins "))
	want(t, "deleted title", found(t, e, policy.System("suite"), "Neuwort "))
	if files, pages, err := e.Stats(background); err != nil || files != 1 || pages != 1 {
		t.Errorf("stats %d files %d pages %v", files, pages, err)
	}
	must(t, e.Delete(background, fileID(9), 1)) // never met: nothing happens
	flush(t, e)
}

func reset(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 5, public, "", "alpha"))
	must(t, e.Reset(background))
	want(t, "after Reset", found(t, e, policy.System("suite"), "alpha "))
	put(t, e, document(1, 1, public, "", "alpha"))
	want(t, "filled again", found(t, e, policy.System("suite"), "alpha "), 1)
}

func restrict(t *testing.T, o Options) {
	e := open(t, o)
	other := document(3, 1, public, "", "Wasserturm")
	other.Body = otherBody
	put(t, e, document(1, 1, public, "", "Wasserturm"), document(2, 1, public, "", "Wasserturm"), other, document(4, 1, forNobody, "", "Wasserturm"))
	for _, c := range []struct {
		q    search.Query
		want []int
	}{
		{search.Query{}, []int{1, 2, 3}}, {search.Query{Body: body}, []int{1, 2}}, {search.Query{Body: otherBody}, []int{3}},
		{search.Query{Papers: []council.ID{paperID(2), paperID(3), paperID(4)}}, []int{2, 3}}, {search.Query{Papers: []council.ID{}}, nil},
		{search.Query{Body: body, Papers: []council.ID{paperID(2), paperID(3)}}, []int{2}}, {search.Query{Body: `" OR "1"="1`}, nil},
		{search.Query{Papers: []council.ID{`x"] OR acl = "public`}}, nil},
	} {
		c.q.Text = "Wasserturm "
		a := ask(t, e, policy.Anonymous(), c.q)
		want(t, fmt.Sprintf("%+v", c.q), numbers(a.Hits), c.want...)
		if a.Total != len(c.want) {
			t.Errorf("%+v: total %d", c.q, a.Total)
		}
	}
}

func paging(t *testing.T, o Options) {
	e := open(t, o)
	for i := range 25 {
		must(t, e.Replace(background, document(i, 1, public, "", strings.Repeat("Brunnen ", 1+i%3)+"am Platz", "Brunnen")))
	}
	flush(t, e)
	var all []search.Hit
	for offset := 0; ; offset += 7 {
		a := ask(t, e, policy.Anonymous(), search.Query{Text: "Brunnen ", Offset: offset, Limit: 7})
		if a.Total != 25 || a.Partial {
			t.Fatalf("offset %d: total %d partial %v", offset, a.Total, a.Partial)
		}
		if len(a.Hits) == 0 {
			break
		}
		all = append(all, a.Hits...)
	}
	if n := len(slices.Compact(numbers(all))); n != 25 || len(all) != 25 {
		t.Errorf("%d hits of %d files on all pages, want 25", len(all), n)
	}
	if a := ask(t, e, policy.Anonymous(), search.Query{Text: "Brunnen "}); len(a.Hits) != 20 {
		t.Errorf("%d hits without a limit, want 20", len(a.Hits))
	}
	if a := ask(t, e, policy.Anonymous(), search.Query{Text: "Brunnen ", Offset: 3, Limit: 2}); len(a.Hits) != 2 || a.Hits[0] != all[3] {
		t.Errorf("offset 3: %+v, want %+v first", a.Hits, all[3])
	}
}

func bestPage(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, public, "Sanierung Rathaus", "Vorbemerkung", "Der Dachstuhl des Rathauses", "Dachstuhl Dachstuhl", "Anlagen"))
	for _, c := range []struct {
		q           string
		page, pages int
	}{{"Sanierung ", 0, 0}, {"V/2026/0001 ", 0, 0}, {"Vorbemerkung ", 1, 1}, {"Rathaus ", 2, 1}, {"Sanierung Vorbemerkung ", 1, 1}, {"Anlagen ", 4, 1}} {
		a := ask(t, e, policy.Anonymous(), search.Query{Text: c.q})
		if len(a.Hits) != 1 || a.Hits[0] != (search.Hit{File: fileID(1), Paper: paperID(1), Version: versionID(1), Page: c.page, Pages: c.pages}) {
			t.Errorf("%q: %+v, want page %d of %d", c.q, a.Hits, c.page, c.pages)
		}
	}
	if a := ask(t, e, policy.Anonymous(), search.Query{Text: "Dachstuhl "}); len(a.Hits) != 1 || a.Hits[0].Pages != 2 {
		t.Errorf("Dachstuhl: %+v, want two pages", a.Hits)
	}
}

func badQuery(t *testing.T, o Options) {
	e := open(t, o)
	put(t, e, document(1, 1, public, "", "und der"))
	for _, q := range []string{"", "   ", `""`, "§", "!?", strings.Repeat("wort ", 400)} {
		if _, err := e.Search(background, policy.Anonymous(), search.Query{Text: q}); council.KindOf(err) != council.Invalid {
			t.Errorf("%.20q: %v, want invalid", q, err)
		}
	}
	want(t, "stop words alone", found(t, e, policy.Anonymous(), "und der "), 1)
	for _, q := range []string{`"`, `"offen`, "a:b AND (c)", `\" OR *`, "\x00\xff", "+-*/~^"} {
		if _, err := e.Search(background, policy.Anonymous(), search.Query{Text: q}); err != nil && council.KindOf(err) != council.Invalid {
			t.Errorf("%q: %v", q, err)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
