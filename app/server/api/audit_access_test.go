package api_test

import (
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// A person is told of each change to how they sign in, whoever made it, and of nothing that is not theirs (ASVS 6.3.5, 6.3.7).
func TestAPersonIsToldOfChangesToTheSignIn(t *testing.T) {
	h := halltest.Open(t, "")
	me, other := h.Town.MainMember, h.Town.MainMember2
	line := func(v policy.Viewer, act, kind string, object council.ID, details ...string) {
		t.Helper()
		if err := h.Store.Audit(t.Context(), audit.Entry(v, h.Now(), act, kind, h.Town.Body, object, details...)); err != nil {
			t.Fatal(err)
		}
	}
	id := func() council.ID { return council.NewID(h.Now()) }
	mine, office := h.As(me), h.As(h.Town.Clerk)
	line(mine, audit.DeviceAdd, "device", id())
	line(mine, audit.PasskeyAdd, "passkey", id())
	line(mine, audit.PasskeyDelete, "passkey", id())
	line(office, audit.PersonChange, "person", me)
	line(office, audit.AccountTake, "person", me)
	line(policy.System("session"), audit.SessionMisuse, "person", me, "reason", "other_device")
	// Neither somebody else's nor what one does every day.
	line(h.As(other), audit.DeviceAdd, "device", id())
	line(office, audit.PersonChange, "person", other)
	line(office, audit.PasskeyAdd, "passkey", id())
	line(mine, audit.SessionStart, "person", me)
	line(mine, audit.FileRead, "file", id())

	got := as(h, me).want(200, "GET", "/api/v1/me/log?access=true", nil)
	var acts []string
	for i := range got.at("data").([]any) {
		acts = append([]string{got.text("data", i, "act")}, acts...)
		if got.text("data", i, "text") == got.text("data", i, "act") || got.text("data", i, "reason") != "" {
			t.Errorf("line without words, or with a word for programs: %s", got.body)
		}
	}
	want := "device.add passkey.add passkey.delete person.change person.account_take session.misuse"
	if strings.Join(acts, " ") != want {
		t.Errorf("told of %q, want %q", strings.Join(acts, " "), want)
	}
	name := h.As(h.Town.Clerk).Name()
	if name == "" || strings.Contains(string(got.body), name) {
		t.Errorf("who in the office it was is not said: %s", got.body)
	}
	// A page at a time keeps to the same list.
	seen := 0
	for next := "/api/v1/me/log?access=true&limit=4"; next != ""; {
		a := as(h, me).want(200, "GET", next, nil)
		seen += len(a.at("data").([]any))
		next = a.text("next")
	}
	if seen != len(acts) {
		t.Errorf("%d lines in pages, %d at once", seen, len(acts))
	}
}
