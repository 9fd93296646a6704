package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/server/api"
)

func (b *browser) this() api.Device {
	b.t.Helper()
	for _, d := range b.devices() {
		if d.This {
			return d
		}
	}
	b.t.Fatal("this browser is no device")
	return api.Device{}
}

func (b *browser) shows(id council.ID) api.Device {
	b.t.Helper()
	for _, d := range b.devices() {
		if d.ID == id {
			return d
		}
	}
	b.t.Fatalf("device %s is not in the list", id)
	return api.Device{}
}

func receiptOf(a answer) string {
	var p struct{ Receipt string }
	_ = json.Unmarshal([]byte(a.body), &p)
	return p.Receipt
}

// A lost iPad: signed out and to be deleted from another device. The states are what is known, never more.
func TestALostDevice(t *testing.T) {
	h := deviceHouse(t)
	lost, home := h.device("mitglied1@demo.example"), h.device("mitglied1@demo.example")
	if a := lost.get("/api/v1/lease"); a.StatusCode != 200 {
		t.Fatalf("lease: %d %s", a.StatusCode, a.body)
	}
	id := lost.this().ID
	start := time.Now()
	if a := home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/wipe", ""); a.StatusCode != 200 {
		t.Fatalf("order: %d %s", a.StatusCode, a.body)
	}
	if d := home.shows(id); d.Wipe != "pending" || d.SignedIn || !d.Readable || d.LeaseUntil == nil || d.WipeOrderedAt == nil || d.WipeDeliveredAt != nil {
		t.Errorf("ordered: %+v", d)
	}
	told := lost.get("/api/v1/meetings")
	dead := time.Since(start)
	if told.StatusCode != 401 || typeOf(told) != "device.error.wipe" || told.Header.Get("Clear-Site-Data") != `"cache", "storage"` ||
		!strings.Contains(told.body, "verloren gemeldet") {
		t.Fatalf("next contact: %d %s %v", told.StatusCode, told.body, told.Header)
	}
	contact := time.Now()
	receipt := receiptOf(told)
	if lost.cookie("ris") != "" || lost.cookie("ris-device") != "" {
		t.Error("the cookies that open something are still there")
	}
	emptied(lost)
	if d := home.shows(id); d.Wipe != "delivered" || d.WipeDeliveredAt == nil || !d.Readable {
		t.Errorf("delivered: %+v", d)
	}
	// Nothing but the receipt confirms; every other one gets the same answer.
	other := home.this()
	bad := map[string]string{"nothing": "", "another device": strings.Replace(receipt, string(id), string(other.ID), 1), "changed": receipt[:len(receipt)-2] + "AA",
		"only the id": string(id), "no mac": string(id) + ".", "a random id": "01920000-0000-7000-8000-000000000009." + receipt[37:], "long": strings.Repeat("x", 500)}
	bodies := map[string]bool{}
	for name, r := range bad {
		a := lost.writeJSON("POST", "/auth/device/wiped", `{"receipt":"`+r+`"}`)
		bodies[a.body] = true
		if a.StatusCode != 404 {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if len(bodies) != 1 {
		t.Errorf("the answers differ: %v", bodies)
	}
	if a := lost.do("POST", "/auth/device/wiped", map[string][]string{"receipt": {receipt}}); a.StatusCode == 204 {
		t.Error("a form confirmed")
	}
	if d := home.shows(id); d.Wipe != "delivered" {
		t.Errorf("after forged receipts: %+v", d)
	}
	for range 2 { // the answer may be lost, so it is repeated
		if a := lost.writeJSON("POST", "/auth/device/wiped", `{"receipt":"`+receipt+`"}`); a.StatusCode != 204 {
			t.Fatalf("receipt: %d %s", a.StatusCode, a.body)
		}
	}
	confirmed := time.Since(contact)
	if d := home.shows(id); d.Wipe != "confirmed" || d.Readable || d.WipeConfirmedAt == nil {
		t.Errorf("confirmed: %+v", d)
	}
	if got := h.acts(id); got != "device.add device.wipe device.wipe_delivered device.wipe_confirmed" {
		t.Errorf("log of acts: %s", got)
	}
	t.Logf("lost device: order to dead session and delivered order %s; contact to confirmed %s (without the deleting itself)", dead, confirmed)
	if dead > time.Second || confirmed > 5*time.Second {
		t.Errorf("too slow: %s, %s", dead, confirmed)
	}
	// Found again: it signs in as a new device.
	if page := lost.signIn("/app/", "mitglied1@demo.example"); page.StatusCode != 200 || lost.this().ID == id {
		t.Errorf("signed in again: %d", page.StatusCode)
	}
}

// The first answer after the order may go to a picture or a part of a PDF, behind which no page looks: nothing is lost by it. What is
// left in the browser is the receipt, which brings the order again and again until it was confirmed, and opens nothing.
func TestAStrayAnswerLosesNoReceipt(t *testing.T) {
	h := deviceHouse(t)
	lost, home := h.device("mitglied1@demo.example"), h.device("mitglied1@demo.example")
	id := lost.this().ID
	home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/wipe", "")
	stray := lost.get("/api/v1/files/01920000-0000-7000-8000-000000000009?version=x", "Accept", "image/*", "Range", "bytes=0-1")
	receipt := receiptOf(stray)
	if stray.StatusCode != 401 || receipt == "" || lost.cookie("ris") != "" || lost.cookie("ris-device") != "" || lost.cookie("ris-wipe") != receipt {
		t.Fatalf("stray answer: %d %q, cookie %q", stray.StatusCode, receipt, lost.cookie("ris-wipe"))
	}
	for _, path := range []string{"/api/v1/me", "/api/v1/lease", "/app/", "/console/", "/auth/login", "/auth/callback?code=x&state=y", "/auth/device/wipe"} {
		again := lost.stay().get(path, "Accept", "text/html")
		told := receiptOf(again) == receipt || strings.Contains(again.body, `data-receipt="`+receipt+`"`)
		if again.StatusCode != 401 || !told || again.Header.Get("Clear-Site-Data") != `"cache", "storage"` || lost.cookie("ris-wipe") != receipt {
			t.Errorf("%s: %d %s", path, again.StatusCode, again.body)
		}
	}
	if d := home.shows(id); d.Wipe != "delivered" {
		t.Errorf("in between: %s", d.Wipe)
	}
	// Good for nothing else: not a session, not a device, not a receipt of another order.
	thief := h.browser().stay()
	for _, name := range []string{"ris", "ris-device"} {
		if a := thief.get("/api/v1/me", "Cookie", name+"="+receipt); a.StatusCode != 401 || receiptOf(a) != "" {
			t.Errorf("as %s: %d %s", name, a.StatusCode, a.body)
		}
	}
	for name, r := range map[string]string{"changed": receipt[:len(receipt)-2] + "AA", "of another device": strings.Replace(receipt, string(id), string(home.this().ID), 1), "nothing": "x",
		"a device that never was": "01920000-0000-7000-8000-000000000009." + receipt[37:], "long": strings.Repeat("x", 500)} {
		a := h.browser().stay().get("/api/v1/me", "Cookie", "ris-wipe="+r)
		if a.StatusCode != 401 || receiptOf(a) != "" || typeOf(a) != "error.unauthenticated" || a.Header.Get("Clear-Site-Data") != "" || !strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), "\n"), "ris-wipe=;") {
			t.Errorf("%s: %d %s %v", name, a.StatusCode, a.body, a.Header)
		}
	}
	done := lost.writeJSON("POST", "/auth/device/wiped", `{"receipt":"`+receipt+`"}`)
	if done.StatusCode != 204 || done.Header.Get("Clear-Site-Data") != `"cache", "cookies", "storage"` || lost.cookie("ris-wipe") != "" || home.shows(id).Wipe != "confirmed" {
		t.Fatalf("confirmed: %d %v, cookie %q", done.StatusCode, done.Header, lost.cookie("ris-wipe"))
	}
	// Afterwards it is a browser like any other; a late answer of the old order, or a second window's word, ends nothing of it.
	if a := h.browser().stay().get("/api/v1/me", "Cookie", "ris-wipe="+receipt); receiptOf(a) != "" || typeOf(a) != "error.unauthenticated" {
		t.Errorf("after it: %d %s", a.StatusCode, a.body)
	}
	if page := lost.signIn("/app/", "mitglied1@demo.example"); page.StatusCode != 200 {
		t.Fatalf("signed in again: %d", page.StatusCode)
	}
	if a := lost.writeJSON("POST", "/auth/device/wiped", `{"receipt":"`+receipt+`"}`); a.StatusCode != 204 || a.Header.Get("Clear-Site-Data") != "" || lost.get("/api/v1/me").StatusCode != 200 {
		t.Errorf("the word once more: %d %v", a.StatusCode, a.Header)
	}
	if got := h.acts(id); got != "device.add device.wipe device.wipe_delivered device.wipe_confirmed" {
		t.Errorf("log of acts: %s", got)
	}
}

// The order reaches the device wherever it comes first: a page, the sign-in, without any session; until it confirms.
func TestTheOrderWaitsEverywhere(t *testing.T) {
	h := deviceHouse(t)
	lost, home := h.device("mitglied1@demo.example"), h.device("mitglied1@demo.example")
	id, token, secret := lost.this().ID, lost.cookie("ris"), lost.cookie("ris-device")
	home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/wipe", "")
	for path, cookies := range map[string]string{
		"/app/": "ris=" + token + "; ris-device=" + secret, "/app/meetings/x": "ris-device=" + secret, "/console/": "ris-device=" + secret,
		"/auth/login": "ris-device=" + secret, "/api/v1/me": "ris-device=" + secret, "/api/v1/files/x": "ris=" + token + "; ris-device=" + secret,
	} {
		a := h.browser().stay().get(path, "Cookie", cookies, "Accept", "text/html", "Accept-Language", "de")
		if a.StatusCode != 401 || a.Header.Get("Clear-Site-Data") == "" || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, a.StatusCode, a.Header)
		}
		if page := !strings.HasPrefix(path, "/api/"); page && (!strings.Contains(a.body, `data-receipt="`+string(id)+".") || !strings.Contains(a.body, "/auth/device/wipe.js") || !strings.Contains(a.body, "verloren gemeldet")) {
			t.Errorf("%s: %s", path, a.body)
		}
	}
	// The public pages know nothing of devices.
	if a := h.browser().get("/healthz", "Cookie", "ris-device="+secret); a.StatusCode != 200 {
		t.Errorf("/healthz: %d", a.StatusCode)
	}
	if a := home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/keep", ""); a.StatusCode != 409 || !strings.Contains(a.body, "nicht mehr zurücknehmen") {
		t.Errorf("taken back after delivery: %d %s", a.StatusCode, a.body)
	}
	if a := h.browser().get("/auth/device/wipe.js"); a.StatusCode != 200 || !strings.Contains(a.Header.Get("Content-Type"), "javascript") {
		t.Errorf("script: %d", a.StatusCode)
	}
}

// Found before it was told: the order is taken back, the sign-out stays.
func TestFoundInTime(t *testing.T) {
	h := deviceHouse(t)
	lost, home := h.device("mitglied1@demo.example"), h.device("mitglied1@demo.example")
	id := lost.this().ID
	home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/wipe", "")
	home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/wipe", "") // twice is once
	if a := home.writeJSON("POST", "/api/v1/devices/"+string(id)+"/keep", ""); a.StatusCode != 200 || home.shows(id).Wipe != "none" {
		t.Fatalf("%d %s", a.StatusCode, a.body)
	}
	a := lost.get("/api/v1/me")
	if a.StatusCode != 401 || typeOf(a) != "session.ended.lost" || a.Header.Get("Clear-Site-Data") != "" {
		t.Errorf("%d %s", a.StatusCode, a.body)
	}
	if got := h.acts(id); got != "device.add device.wipe device.wipe_taken_back" {
		t.Errorf("log of acts: %s", got)
	}
}

// The clerk looks after the devices of the Body's people; a member does not know of anybody else's.
func TestWhoLooksAfterDevices(t *testing.T) {
	h := deviceHouse(t)
	member, clerk := h.device("mitglied1@demo.example"), h.device("sitzungsdienst@demo.example")
	mine, theirs := member.this(), clerk.this()
	body := string(h.grant.Body)
	all := clerk.get("/api/v1/bodies/" + body + "/devices")
	if all.StatusCode != 200 || strings.Count(all.body, `"wipe":"none"`) != 2 || !strings.Contains(all.body, "Erika Beispiel") {
		t.Errorf("the clerk's list: %d %s", all.StatusCode, all.body)
	}
	random := "01920000-0000-7000-8000-000000000009"
	none := member.get("/api/v1/bodies/" + random + "/devices")
	if a := member.get("/api/v1/bodies/" + body + "/devices"); a.StatusCode != 404 || a.body != none.body {
		t.Errorf("a member's: %d %s", a.StatusCode, a.body)
	}
	for _, act := range []string{"sign-out", "wipe", "keep"} {
		hidden := member.writeJSON("POST", "/api/v1/devices/"+string(theirs.ID)+"/"+act, "")
		if none := member.writeJSON("POST", "/api/v1/devices/"+random+"/"+act, ""); hidden.StatusCode != 404 || hidden.body != none.body {
			t.Errorf("%s of somebody else's: %d %s", act, hidden.StatusCode, hidden.body)
		}
	}
	if a := clerk.writeJSON("POST", "/api/v1/devices/"+string(mine.ID)+"/sign-out", ""); a.StatusCode != 200 {
		t.Errorf("the clerk signs a device out: %d %s", a.StatusCode, a.body)
	}
	if a := member.get("/api/v1/me"); a.StatusCode != 401 || typeOf(a) != "session.ended.office" {
		t.Errorf("the member is told: %d %s", a.StatusCode, a.body)
	}
	if a := h.browser().get("/api/v1/devices"); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("nobody: %d", a.StatusCode)
	}
}
