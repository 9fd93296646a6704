package portal_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/publication/publicationtest"
)

// What is not public and what never was get the same page: status, headers, bytes.
func TestHiddenAndUnknownAreTheSame(t *testing.T) {
	s := newSite(t)
	never := string(council.NewID(time.Now()))
	for _, c := range []struct {
		path string
		id   council.ID
	}{
		{"/vorlagen/%s", s.story.SecretPaper}, {"/vorlagen/%s", s.story.Unsent}, {"/sitzungen/%s", s.story.Private}, {"/sitzungen/%s", s.story.Draft},
		{"/sitzungen/%s/termin.ics", s.story.Private}, {"/dateien/%s", s.story.HiddenFile}, {"/dateien/%s/herunterladen", s.story.UnsentFile},
		{"/personen/%s", s.story.Clerk.ID}, {"/gremien/%s", s.story.Hidden}, {"/koerperschaften/%s", s.story.Hidden}, {"/vorlagen/%s", s.story.Coming},
	} {
		hidden, unknown := s.get(fmt.Sprintf(c.path, c.id)), s.get(fmt.Sprintf(c.path, never))
		if hidden.status != 404 || hidden.status != unknown.status || hidden.body != unknown.body || fmt.Sprint(hidden.header) != fmt.Sprint(unknown.header) {
			t.Errorf("%s: %d and %d, or they differ otherwise", c.path, hidden.status, unknown.status)
		}
	}
	s.get("/vorlagen/"+never).want(t, "the page", "Diese Seite gibt es nicht")
	if a := s.get("/gibt/es/nicht"); a.status != 404 {
		t.Errorf("unknown address: %d", a.status)
	}
	if a := s.get("/vorlagen/1%27%20OR%201=1"); a.status != 404 {
		t.Errorf("no id: %d", a.status)
	}
}

// The public part of a meeting is complete and nothing tells of the other.
func TestMeetingPage(t *testing.T) {
	s := newSite(t)
	a := s.get("/sitzungen/" + string(s.story.Coming))
	a.want(t, "the meeting", "Sitzung des Rates", "Mittwoch, 25. November 2026", "09:00 Uhr", "Ratssaal", "Rat der Stadt",
		"Radweg an der &lt;Lindenallee&gt; &amp; &#34;Kanal&#34;", "V/2026/0101", "Lageplan", "Haushalt 2027", "Verschiedenes",
		"!nichtöffentlich", "!nicht öffentlich", "!N 1")
	s.get("/kalender").want(t, "the calendar", "November 2026", "Sitzung des Rates", "Sitzung des Gemeinderates", "!Sitzung des Bauausschusses")
	s.get("/kalender?ansicht=monat").want(t, "the grid", "<table", "is-today", "Sitzung des Rates")
	s.get("/kalender?monat=2027-05").want(t, "an empty month", "In diesem Monat ist keine öffentliche Sitzung")
	s.get("/kalender?monat=2026-08").want(t, "an empty month before", "Die nächste ist am 21.10.2026: Sitzung des Bauausschusses")
}

// A paper shows its published files and public stops.
func TestPaperPage(t *testing.T) {
	s := newSite(t)
	s.get("/vorlagen/"+string(s.story.Shown)).want(t, "the paper", "Bau eines Radweges", "Beschlussvorlage Radweg", "PDF, 2 Seiten",
		"PDF, 1 Seite,", "Beratungsfolge", "21.10.2026", "25.11.2026", "!Neue Fassung")
	s.get("/vorlagen/"+string(s.story.Mixed)).want(t, "the mixed paper", "Haushalt 2027", "TOP Ö 2", "!TOP N 1")
}

// A withdrawal leaves a dated trace without content, at the object, on the paper and on the agenda; bytes answer 410.
func TestWithdrawn(t *testing.T) {
	s := newSite(t)
	s.story.Later(26 * time.Hour)
	s.story.WithdrawFile(s.story.Annex)
	s.get("/vorlagen/"+string(s.story.Shown)).want(t, "the paper", "Ein Dokument wurde am 22.11.2026 zurückgezogen.", "!Lageplan")
	if a := s.get("/dateien/" + string(s.story.Annex)); a.status != 410 || strings.Contains(a.body, "%PDF") {
		t.Errorf("withdrawn bytes: %d", a.status)
	}
	s.story.Later(24 * time.Hour)
	s.story.WithdrawPaper(s.story.Shown)
	a := s.get("/vorlagen/" + string(s.story.Shown))
	if a.status != 410 {
		t.Errorf("withdrawn paper: %d", a.status)
	}
	a.want(t, "the withdrawn paper", "Diese Vorlage wurde zurückgezogen", "Zurückgezogen am 23.11.2026.", "!Radweg", "!0101")
	for _, path := range []string{"/dateien/" + string(s.story.Main), "/dateien/" + string(s.story.Main) + "/herunterladen"} {
		if a := s.get(path, "Range", "bytes=0-10"); a.status != 410 || strings.Contains(a.body, "%PDF") {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	s.get("/sitzungen/"+string(s.story.Coming)).want(t, "the agenda", "Eine Vorlage zu diesem Punkt wurde am 23.11.2026 zurückgezogen.", "!Bau eines Radweges")
	for _, path := range []string{"/", "/vorlagen", "/vorlagen.atom"} {
		s.get(path).want(t, path, "!Bau eines Radweges")
	}
	// The index has not been told yet: the hit is dropped all the same.
	s.get("/suche?q=Radweg").want(t, "the search", "Zu „Radweg“ wurde nichts gefunden", "!Bau eines Radweges")
}

// The search marks what it found, keeps to the chosen municipality, and repeats nothing as markup.
func TestSearch(t *testing.T) {
	s := newSite(t)
	a := s.get("/suche?q=Stra%C3%9Fenbau")
	a.want(t, "the search", "1 Treffer", "Bau eines Radweges", "<mark>", "Seite 2", "#page=2")
	s.get("/suche?q="+publicationtest.Secret).want(t, "a secret", "wurde nichts gefunden", "!<li>\n    <a class=\"row-title\"")
	s.get("/suche?q=Teich&koerperschaft="+string(s.story.Body.ID)).want(t, "the other municipality", "wurde nichts gefunden", "!Sanierung")
	s.get("/suche?q=Teich").want(t, "both", "Sanierung des Dorfteiches", "Moorhof")
	s.get("/suche?q=%3Cscript%3Ealert(1)%3C/script%3E").want(t, "markup", "!<script", "&lt;script&gt;")
	s.get("/suche").want(t, "the empty search", "Geben Sie ein Wort")
	if a := s.get("/suche?q=%22%22"); a.status != 200 {
		t.Errorf("no words: %d", a.status)
	}
}

// English by the browser's wish or by the address; the address wins and stays in the links.
func TestLanguage(t *testing.T) {
	s := newSite(t)
	s.get("/", "Accept-Language", "en-GB,en;q=0.9").want(t, "English", `<html lang="en">`, "Next meetings", "!lang=en\"")
	s.get("/").want(t, "German", `<html lang="de">`, "Nächste Sitzungen")
	a := s.get("/?lang=en", "Accept-Language", "de")
	a.want(t, "English by address", `<html lang="en">`, "/kalender?lang=en", "Deutsch")
	// The town's own words stay German and say so; what the portal says is English.
	s.get("/sitzungen/"+string(s.story.Coming)+"?lang=en").want(t, "an English meeting", `<h1 lang="de">`, `<h3 lang="de">`, "<h2>Agenda</h2>")
	s.get("/sitzungen/"+string(s.story.Coming)).want(t, "a German meeting", `!lang="de">Sitzung`)
	if v := a.header.Get("Vary"); !strings.Contains(v, "Accept-Language") {
		t.Errorf("Vary: %q", v)
	}
}

// Files answer ranges, validators and both dispositions.
func TestFiles(t *testing.T) {
	s := newSite(t)
	path := "/dateien/" + string(s.story.Main)
	whole := s.get(path)
	if whole.status != 200 || !strings.HasPrefix(whole.body, "%PDF-") || whole.header.Get("Content-Type") != "application/pdf" ||
		whole.header.Get("Content-Length") != fmt.Sprint(len(whole.body)) || !strings.HasPrefix(whole.header.Get("Content-Disposition"), "inline;") {
		t.Fatalf("%d %v", whole.status, whole.header)
	}
	head := s.do(s.app, "HEAD", path)
	if head.status != 200 || head.body != "" || head.header.Get("Content-Length") != whole.header.Get("Content-Length") || head.header.Get("Etag") != whole.header.Get("Etag") {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
	for header, want := range map[string]string{"bytes=0-3": "%PDF", "bytes=-6": whole.body[len(whole.body)-6:], "bytes=5-": whole.body[5:]} {
		if a := s.get(path, "Range", header); a.status != 206 || a.body != want {
			t.Errorf("%s: %d, %d bytes", header, a.status, len(a.body))
		}
	}
	if a := s.get(path, "Range", "bytes=99999999-"); a.status != 416 {
		t.Errorf("past the end: %d", a.status)
	}
	if a := s.get(path, "If-None-Match", whole.header.Get("Etag")); a.status != 304 || a.body != "" {
		t.Errorf("same tag: %d", a.status)
	}
	a := s.get(path + "/herunterladen")
	if d := a.header.Get("Content-Disposition"); a.body != whole.body || d != `attachment; filename="Beschlussvorlage Radweg.pdf"; filename*=UTF-8''Beschlussvorlage%20Radweg.pdf` {
		t.Errorf("download: %s", d)
	}
	s.story.Later(time.Minute)
	s.story.Publish(s.story.Coming) // the newer version
	if b := s.get(path); b.header.Get("Etag") == whole.header.Get("Etag") || b.body == whole.body {
		t.Error("the new version did not take the place of the old one")
	}
}

// Feed and calendar are well-formed and hold what the pages hold.
func TestFeeds(t *testing.T) {
	s := newSite(t)
	var feed struct {
		Entries []struct {
			Title string `xml:"title"`
			ID    string `xml:"id"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(s.get("/vorlagen.atom").body), &feed); err != nil || len(feed.Entries) != 3 {
		t.Errorf("%v %+v", err, feed)
	}
	ics := s.get("/kalender.ics?koerperschaft=" + string(s.story.Body.ID))
	ics.want(t, "the calendar", "BEGIN:VCALENDAR\r\n", "SUMMARY:Sitzung des Rates\r\n", "DTSTART:20261125T080000Z\r\n", `Marktplatz 1\,`, "!Gemeinderates")
	for line := range strings.SplitSeq(ics.body, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	s.get("/sitzungen/"+string(s.story.Coming)+"/termin.ics").want(t, "one date", "SUMMARY:Sitzung des Rates", "!Bauausschuss")
}

// Committees and people: present seats, ended ones apart, no account.
func TestPeople(t *testing.T) {
	s := newSite(t)
	s.get("/gremien").want(t, "committees", "Rat der Stadt", "Fraktion Grüne &amp; Freie &lt;GF&gt;", "Gemeinderat Moorhof")
	s.get("/gremien?koerperschaft="+string(s.story.Other.ID)).want(t, "of one", "!Rat der Stadt", "Gemeinderat Moorhof")
	s.get("/gremien/"+string(s.story.Committee.ID)).want(t, "a committee", "Frühere Mitglieder", "Berta Busch", "bis 30.06.2026", "Sitzung des Bauausschusses")
	s.get("/personen/"+string(s.story.Berta.ID)).want(t, "a person", "Gemeinderat Moorhof", "Bürgermeisterin", "Frühere Mitgliedschaften", "!@demo")
	s.get("/personen").want(t, "members", "Dr. Anna Acker", "Berta Busch", "!Schreiber")
}
