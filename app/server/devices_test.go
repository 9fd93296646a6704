package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/devices"
	"ris/app/server"
	"ris/app/server/api"
	"ris/app/server/httpkit"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/session"
)

const iPad = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"

// deviceHouse is the surface with devices and their real API.
func deviceHouse(t *testing.T) *house {
	return newHouse(t, true, func(d *server.Deps) {
		s := d.Store.(*store.Store)
		service := &devices.Service{Store: s, Sessions: session.NewManager(s, d.Clock), Clock: d.Clock, Log: d.Log}
		d.Devices = service
		d.API = func(app *fiber.App, person fiber.Handler) error {
			app.Use(api.Prefix, person)
			app.Get("/api/v1/me", func(c *fiber.Ctx) error { return c.JSON(fiber.Map{"name": httpkit.Viewer(c).Name()}) })
			return api.Mount(app, api.Deps{Store: s, Clock: d.Clock, Devices: service})
		}
	})
}

// calls itself as the given browser in every request.
type called struct{ agent string }

func (c called) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", c.agent)
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (h *house) device(email string) *browser {
	b := h.browser()
	b.client.Transport = called{iPad}
	if page := b.signIn("/app/", email); page.StatusCode != 200 {
		h.t.Fatalf("sign-in of %s: %d %s", email, page.StatusCode, page.body)
	}
	return b
}

func (b *browser) cookie(name string) string {
	origin, _ := url.Parse(b.origin)
	for _, c := range b.client.Jar.Cookies(origin) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (b *browser) writeJSON(method, path, body string) answer {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.origin+path, strings.NewReader(body))
	must(b.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", b.origin)
	return b.exchange(req)
}

func (b *browser) exchange(req *http.Request) answer {
	b.t.Helper()
	res, err := b.client.Do(req)
	must(b.t, err)
	defer func() { _ = res.Body.Close() }()
	var text strings.Builder
	buffer := make([]byte, 1<<20)
	for {
		n, err := res.Body.Read(buffer)
		text.Write(buffer[:n])
		if err != nil {
			return answer{res, text.String()}
		}
	}
}

func (b *browser) devices() (out []api.Device) {
	b.t.Helper()
	page := b.get("/api/v1/devices")
	var list struct{ Data []api.Device }
	if err := json.Unmarshal([]byte(page.body), &list); err != nil || page.StatusCode != 200 {
		b.t.Fatalf("devices: %d %s %v", page.StatusCode, page.body, err)
	}
	return list.Data
}

func typeOf(a answer) string {
	var p struct{ Type string }
	_ = json.Unmarshal([]byte(a.body), &p)
	return strings.TrimPrefix(p.Type, "urn:ris:")
}

func (h *house) acts(object council.ID) string {
	h.t.Helper()
	entries, err := h.store.AuditEntries(h.t.Context(), policy.System("test"), council.AuditFilter{Object: object})
	must(h.t, err)
	var acts []string
	for _, e := range entries {
		acts = append([]string{e.Act}, acts...)
	}
	return strings.Join(acts, " ")
}

func TestABrowserIsADevice(t *testing.T) {
	h := deviceHouse(t)
	b := h.device("mitglied1@demo.example")
	secret := b.cookie("ris-device")
	list := b.devices()
	if len(secret) != 43 || len(list) != 1 || list[0].Name != "iPad, Safari" || list[0].Named || !list[0].This || !list[0].SignedIn || list[0].Wipe != "none" || list[0].OfflinePapers != nil {
		t.Fatalf("%q %+v", secret, list)
	}
	if raw := b.get("/api/v1/devices").body; strings.Contains(raw, secret) || strings.Contains(raw, session.Hash(secret)) || strings.Contains(h.log.String(), secret) {
		t.Error("the device's secret leaves the server")
	}
	// The same browser signs in again: the same device. Another person in it: another device, and nobody sees the other's.
	b.do("POST", "/auth/logout", url.Values{})
	b.signIn("/app/", "mitglied1@demo.example")
	if again := b.devices(); len(again) != 1 || again[0].ID != list[0].ID || b.cookie("ris-device") != secret {
		t.Errorf("after the second sign-in: %+v", again)
	}
	b.do("POST", "/auth/logout", url.Values{})
	b.signIn("/app/", "sitzungsdienst@demo.example")
	if other := b.devices(); len(other) != 1 || other[0].ID == list[0].ID || b.cookie("ris-device") == secret {
		t.Errorf("another person's: %+v", other)
	}
	// Reports and names.
	if a := b.writeJSON("PUT", "/api/v1/devices/this", `{"offlinePapers":12,"appVersion":"1.2","homeScreen":true}`); a.StatusCode != 204 {
		t.Fatalf("report: %d %s", a.StatusCode, a.body)
	}
	mine := b.devices()[0]
	if mine.OfflinePapers == nil || *mine.OfflinePapers != 12 || mine.AppVersion != "1.2" || !mine.HomeScreen {
		t.Errorf("reported: %+v", mine)
	}
	rename := func(id council.ID, ifMatch string) answer {
		req, _ := http.NewRequestWithContext(t.Context(), "PATCH", h.origin+"/api/v1/devices/"+string(id), strings.NewReader(`{"name":"  Dienst-iPad \n 7 "}`))
		req.Header.Set("Content-Type", "application/json")
		if ifMatch != "" {
			req.Header.Set("If-Match", ifMatch)
		}
		return b.exchange(req)
	}
	if a := rename(mine.ID, ""); a.StatusCode != 428 {
		t.Errorf("a change without If-Match: %d", a.StatusCode)
	}
	if a := rename(mine.ID, `"1"`); a.StatusCode != 200 || b.devices()[0].Name != "Dienst-iPad 7" {
		t.Errorf("renamed: %d %s", a.StatusCode, a.body)
	}
	if a := rename(mine.ID, `"1"`); a.StatusCode != 412 {
		t.Errorf("stale: %d", a.StatusCode)
	}
	if a := rename(list[0].ID, `"1"`); a.StatusCode != 403 { // a clerk knows of it, and does not name it
		t.Errorf("somebody else's: %d %s", a.StatusCode, a.body)
	}
}

func TestACopiedCookieEndsTheSession(t *testing.T) {
	h := deviceHouse(t)
	b := h.device("mitglied1@demo.example")
	token, secret := b.cookie("ris"), b.cookie("ris-device")
	for name, cookies := range map[string]string{"without the device": "ris=" + token, "with another device": "ris=" + token + "; ris-device=" + session.NewToken()} {
		b := h.device("mitglied1@demo.example")
		token := b.cookie("ris")
		cookies = strings.Replace(cookies, cookies[4:47], token, 1)
		thief := h.browser().get("/api/v1/me", "Cookie", cookies)
		if thief.StatusCode != 401 || typeOf(thief) != "session.ended.other_device" || strings.Contains(thief.body, "Erika") || thief.Header.Get("Clear-Site-Data") != "" {
			t.Errorf("%s: %d %s", name, thief.StatusCode, thief.body)
		}
		if owner := b.get("/api/v1/me"); owner.StatusCode != 401 || typeOf(owner) != "session.ended.other_device" || !strings.Contains(owner.body, "Sitzungsdienst Bescheid") {
			t.Errorf("%s: the owner is told: %d %s", name, owner.StatusCode, owner.body)
		}
	}
	if got := h.acts(h.member.ID); strings.Count(got, "session.misuse") != 2 {
		t.Errorf("log of acts: %s", got)
	}
	// The first session was never misused. Whoever copies every cookie of a browser is that browser to us: said in the package's doc.
	if all := h.browser().get("/api/v1/me", "Cookie", "ris="+token+"; ris-device="+secret); all.StatusCode != 200 {
		t.Errorf("all cookies: %d", all.StatusCode)
	}
	b.stay().do("POST", "/auth/logout", url.Values{})
	if replay := h.browser().get("/api/v1/me", "Cookie", "ris="+token+"; ris-device="+secret); replay.StatusCode != 401 || typeOf(replay) != "session.ended.signed_out" {
		t.Errorf("replay after the sign-out: %d %s", replay.StatusCode, replay.body)
	}
}

func TestANewOfficeIsANewToken(t *testing.T) {
	h := deviceHouse(t)
	b := h.device("mitglied1@demo.example")
	old, secret := b.cookie("ris"), b.cookie("ris-device")
	must(t, h.store.SaveGrant(t.Context(), &council.Grant{Body: h.grant.Body, Person: h.member.ID, Role: council.Mayor, Start: h.grant.Start}))
	if me := b.get("/api/v1/me"); me.StatusCode != 200 || b.cookie("ris") == old {
		t.Fatalf("no new token: %d", me.StatusCode)
	}
	fresh := b.cookie("ris")
	with := func(token string) answer {
		return h.browser().get("/api/v1/me", "Cookie", "ris="+token+"; ris-device="+secret)
	}
	if under := with(old); under.StatusCode != 200 {
		t.Errorf("a request under way: %d", under.StatusCode)
	}
	if again := b.get("/api/v1/me"); again.StatusCode != 200 || b.cookie("ris") != fresh {
		t.Errorf("rotated without a reason: %d", again.StatusCode)
	}
	h.clock.add(session.RotationGrace)
	if late := with(old); late.StatusCode != 401 || typeOf(late) != "session.ended.token_replayed" {
		t.Errorf("the old token later: %d %s", late.StatusCode, late.body)
	}
	if both := b.get("/api/v1/me"); both.StatusCode != 401 || typeOf(both) != "session.ended.token_replayed" {
		t.Errorf("the new one after the old was replayed: %d %s", both.StatusCode, both.body)
	}
	if !strings.Contains(h.acts(h.member.ID), "session.misuse") {
		t.Error("nothing in the log")
	}
}

func TestTenDevices(t *testing.T) {
	h := deviceHouse(t)
	var all []*browser
	for range 10 {
		all = append(all, h.device("mitglied1@demo.example"))
	}
	list := all[0].devices()
	if len(list) != 10 {
		t.Fatalf("%d devices", len(list))
	}
	// One of them, from another.
	victim := all[3].devices()
	var id council.ID
	for _, d := range victim {
		if d.This {
			id = d.ID
		}
	}
	start := time.Now()
	if a := all[0].writeJSON("POST", "/api/v1/devices/"+string(id)+"/sign-out", ""); a.StatusCode != 200 {
		t.Fatalf("sign out one: %d %s", a.StatusCode, a.body)
	}
	if a := all[3].get("/api/v1/me"); a.StatusCode != 401 || typeOf(a) != "session.ended.remote" {
		t.Errorf("signed out: %d %s", a.StatusCode, a.body)
	}
	one := time.Since(start)
	// All others.
	start = time.Now()
	if a := all[0].writeJSON("POST", "/api/v1/devices/sign-out", `{"keepThis":true}`); a.StatusCode != 200 || !strings.Contains(a.body, `"sessions":8`) {
		t.Fatalf("sign out the others: %d %s", a.StatusCode, a.body)
	}
	for i, b := range all {
		if a := b.get("/api/v1/me"); (a.StatusCode == 200) != (i == 0) {
			t.Errorf("device %d: %d", i, a.StatusCode)
		}
	}
	others := time.Since(start)
	t.Logf("order to dead in the next request: one device %s, nine others asked one after another %s", one, others)
	if one > time.Second || others > 10*time.Second {
		t.Errorf("too slow: %s, %s", one, others)
	}
	revoked := func(want ...string) {
		t.Helper()
		entries, err := h.store.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{Object: h.member.ID, Act: audit.SessionRevoke})
		must(t, err)
		got := []string{}
		for _, e := range entries { // the latest first
			if e.Actor != h.member.ID || e.Body != h.member.Body || e.Kind != "person" {
				t.Errorf("line %+v", e)
			}
			got = append(got, e.Details["sessions"]+" "+e.Details["reason"])
		}
		if strings.Join(got, ", ") != strings.Join(want, ", ") {
			t.Errorf("lines of the log: %q, want %q", got, want)
		}
	}
	revoked("8 remote")
	if a := all[0].writeJSON("POST", "/api/v1/devices/sign-out", `{"keepThis":true}`); a.StatusCode != 200 || !strings.Contains(a.body, `"sessions":0`) {
		t.Errorf("nobody left to sign out: %d %s", a.StatusCode, a.body)
	}
	revoked("8 remote") // nothing was done, nothing is written
	defer func() { revoked("1 remote", "8 remote") }()
	if a := all[0].writeJSON("POST", "/api/v1/devices/sign-out", `{"keepThis":false}`); a.StatusCode != 200 {
		t.Errorf("all: %d", a.StatusCode)
	}
	if a := all[0].get("/api/v1/me"); a.StatusCode != 401 {
		t.Errorf("this one as well: %d", a.StatusCode)
	}
}

// A jar that can be copied, as Clear-Site-Data empties it in a browser.
func emptied(b *browser) { b.client.Jar, _ = cookiejar.New(nil) }
