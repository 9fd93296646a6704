package packets_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/packets"
	"ris/auth/policy"
)

var zipWords = packets.ZipWords{Note: "Noch in Vorbereitung", Missing: "Es fehlt:"}

// unzip reads an archive to its end and gives its files by name, in their order.
func unzip(t *testing.T, h *halltest.Hall, v policy.Viewer, meeting council.ID) (names []string, files map[string][]byte) {
	t.Helper()
	a, err := h.Packets.OpenPapers(ctx, v, meeting, zipWords, false)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	all, err := io.ReadAll(io.NewSectionReader(a, 0, a.Size()))
	if err != nil || int64(len(all)) != a.Size() {
		t.Fatalf("%d of %d bytes, %v", len(all), a.Size(), err)
	}
	z, err := zip.NewReader(bytes.NewReader(all), int64(len(all)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r) // holds the checksum against the bytes
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		names, files[f.Name] = append(names, f.Name), b
	}
	return names, files
}

// TestAllPapersAsOneArchive: each entry is byte for byte the copy that the same person gets by itself, in the order of the agenda; nobody's
// archive tells of what is hidden; receipts and log are as if each file had been opened.
func TestAllPapersAsOneArchive(t *testing.T) {
	h := halltest.Open(t, "")
	member, guest, clerk := h.As(h.Town.MainMember), h.As(h.Town.OtherMember), h.As(h.Town.Clerk)
	m := h.Meeting()
	open := h.Item(m.ID, "Haushalt 2027: Entwurf?", true)
	_, first := h.Paper(open.ID, "Vorlage", halltest.Texts("Haushaltswort", 3)...)
	if err := h.Store.SavePreparationModes(ctx, h.Town.Body, map[string]council.PreparationMode{"": council.Raster}); err != nil {
		t.Fatal(err)
	}
	secret := h.Item(m.ID, "Verkauf", false)
	hidden, second := h.Paper(secret.ID, "Geheimvertrag", halltest.Texts("Preiswort", 2)...)
	third := h.File(hidden.ID, "", "Anlage.pdf", halltest.Texts("Anlagenwort", 1)...)
	h.Publish(m.ID)

	peek, err := h.Packets.OpenPapers(ctx, member, m.ID, zipWords, true)
	if err != nil {
		t.Fatal(err)
	}
	if given, err := h.Store.Receipts(ctx, member.Person()); err != nil || len(given) != 0 {
		t.Errorf("HEAD gave %d receipts, %v", len(given), err)
	}
	names, files := unzip(t, h, member, m.ID)
	if len(names) != 3 || !strings.HasPrefix(names[0], "TOP ") || !strings.Contains(names[0], "Haushalt 2027- Entwurf-/01 ") || !strings.Contains(names[2], "Verkauf/02 ") || path.Dir(names[1]) != path.Dir(names[2]) {
		t.Errorf("the files are called %q", names)
	}
	for i, f := range []council.File{first, second, third} {
		if own := read(t, h, member, f.ID); !bytes.Equal(own, files[names[i]]) {
			t.Errorf("%s: %d bytes, alone %d", names[i], len(files[names[i]]), len(own))
		}
	}
	again, err := h.Packets.OpenPapers(ctx, member, m.ID, zipWords, true)
	if err != nil || again.ETag() != peek.ETag() || again.Size() != peek.Size() {
		t.Errorf("HEAD before and after differ: %s %s %v", peek.ETag(), again.ETag(), err)
	}
	if given, err := h.Store.Receipts(ctx, member.Person()); err != nil || len(given) != 3 {
		t.Errorf("%d receipts, %v", len(given), err)
	}
	log, err := h.Store.AuditEntries(ctx, policy.System("test"), council.AuditFilter{Object: second.ID})
	if err != nil || !slices.ContainsFunc(log, func(e council.AuditEntry) bool {
		return e.Act == "file.read" && e.Actor == member.Person() && e.Details["archive"] == "zip"
	}) {
		t.Errorf("the log: %+v, %v", log, err)
	}

	names, _ = unzip(t, h, guest, m.ID)
	if len(names) != 1 || strings.Contains(strings.Join(names, ""), "Verkauf") {
		t.Errorf("somebody else's archive holds %q", names)
	}

	// What is withdrawn is gone from the next archive; what is being prepared is named to who sees it on the agenda: the clerk.
	if _, err := h.Papers.WithdrawFile(ctx, clerk, third.ID, 0, "falsch"); err != nil {
		t.Fatal(err)
	}
	late := h.Item(m.ID, "Nachtrag", true)
	draft, _ := h.Paper(late.ID, "Entwurf", halltest.Texts("Nachtragswort", 1)...)
	fv := council.FileVersion{Body: h.Town.Body, Paper: draft.ID, Number: 1, State: council.Draft, Processing: council.Received, Audience: draft.Audience}
	f := council.File{Body: h.Town.Body, Paper: draft.ID, Role: council.AuxiliaryFile, Order: 9, Name: "Kommt noch", FileName: "spaeter.pdf", State: council.Draft, Audience: draft.Audience}
	if err := h.Store.SaveFile(ctx, &f); err != nil {
		t.Fatal(err)
	}
	if fv.File = f.ID; h.Store.SaveFileVersion(ctx, &fv) != nil {
		t.Fatal("no version")
	}
	if names, _ = unzip(t, h, member, m.ID); len(names) != 2 {
		t.Errorf("after the withdrawal %q", names)
	}
	names, files = unzip(t, h, clerk, m.ID)
	note := string(files["Noch in Vorbereitung.txt"])
	if !strings.Contains(note, "Kommt noch") || strings.Contains(note, "Geheimvertrag") {
		t.Errorf("the clerk's note in %q: %q", names, note)
	}

	if _, err := h.Packets.OpenPapers(ctx, member, council.NewID(h.Now()), zipWords, false); council.KindOf(err) != council.NotFound || err == nil {
		t.Errorf("of no meeting: %v", err)
	}
}

func TestTheArchiveOverHTTP(t *testing.T) {
	h := halltest.Open(t, "")
	m := h.Meeting()
	h.Paper(h.Item(m.ID, "Punkt", true).ID, "Vorlage", halltest.Texts("Wort", 4)...)
	h.Publish(m.ID)
	ask := func(method string, header ...string) (*http.Response, []byte) {
		t.Helper()
		req, err := http.NewRequest(method, h.URL+"/api/v1/meetings/"+string(m.ID)+"/papers.zip", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Cookie", h.Cookie(h.Town.MainMember))
		for i := 0; i+1 < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res, b
	}
	res, all := ask("GET")
	tag := res.Header.Get("ETag")
	if res.StatusCode != 200 || res.ContentLength != int64(len(all)) || res.Header.Get("Content-Type") != "application/zip" || tag == "" ||
		!strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") || res.Header.Get("Cache-Control") != "private, no-store" {
		t.Fatalf("%d, %d of %d bytes, %v", res.StatusCode, len(all), res.ContentLength, res.Header)
	}
	if res, b := ask("HEAD"); res.StatusCode != 200 || res.ContentLength != int64(len(all)) || len(b) != 0 || res.Header.Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d", res.StatusCode, res.ContentLength)
	}
	if res, b := ask("GET", "Range", "bytes=100-9999", "If-Range", tag); res.StatusCode != 206 || !bytes.Equal(b, all[100:10000]) {
		t.Errorf("a range: %d, %d bytes", res.StatusCode, len(b))
	}
	if res, b := ask("GET", "Range", "bytes=-50"); res.StatusCode != 206 || !bytes.Equal(b, all[len(all)-50:]) {
		t.Errorf("the end: %d, %d bytes", res.StatusCode, len(b))
	}
	if res, _ := ask("GET", "If-None-Match", tag); res.StatusCode != 304 {
		t.Errorf("as it was: %d", res.StatusCode)
	}
	if z, err := zip.NewReader(bytes.NewReader(all), int64(len(all))); err != nil || len(z.File) != 1 {
		t.Errorf("%v", err)
	}
}
