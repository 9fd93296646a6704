package server_test

import (
	"fmt"
	"testing"

	"github.com/gofiber/fiber/v2"

	"ris/app/server"
)

// Sign-in, search and downloads are limited, each on its own; the answer says for how long, and the next minute is free again.
func TestEachLimitHolds(t *testing.T) {
	h := newHouse(t, true, func(d *server.Deps) {
		d.Limits = server.Limits{SignIn: 40, Search: 3, Download: 4}
		d.API = nil // whatever is behind the door: the limit stands in front
		d.Portal = func(r fiber.Router) error {
			r.Get("/suche", func(c *fiber.Ctx) error { return c.SendString("found") })
			r.Get("/dateien/:id", func(c *fiber.Ctx) error { return c.SendString("pdf") })
			return nil
		}
	})
	member := h.browser()
	member.signIn("/app/", "mitglied1@demo.example")
	for path, most := range map[string]int{"/suche?q=x": 3, "/dateien/1": 4} {
		b := h.browser()
		for i := range most + 2 {
			a := b.get(path)
			if limited := a.StatusCode == 429; limited != (i >= most) || limited && a.Header.Get("Retry-After") == "" {
				t.Errorf("%s, request %d: %d %q", path, i, a.StatusCode, a.Header.Get("Retry-After"))
			}
		}
	}
	for _, c := range []struct {
		path string
		most int
	}{{"/api/v1/search?q=x", 3}, {"/api/v1/files/1", 4}} {
		for i := range c.most + 2 {
			if a := member.get(c.path); (a.StatusCode == 429) != (i >= c.most) {
				t.Errorf("%s, request %d: %d", c.path, i, a.StatusCode)
			}
		}
	}
	for _, path := range []string{"/api/v1/meetings/1/papers.zip", "/api/v1/meetings/1/packet", "/api/v1/files/1/thumbnail", "/api/v1/files/1/"} {
		if a := member.get(path); a.StatusCode != 429 {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	if a := member.get("/api/v1/meetings/1"); a.StatusCode != 404 {
		t.Errorf("what is no download is limited as one: %d", a.StatusCode)
	}
	other := h.browser() // another account at the same address is not held up by the first
	other.signIn("/app/", "sitzungsdienst@demo.example")
	if a := other.get("/api/v1/files/1"); a.StatusCode != 404 {
		t.Errorf("a neighbour: %d", a.StatusCode)
	}
	h.clock.add(61e9)
	if a := member.get("/api/v1/files/1"); a.StatusCode != 404 {
		t.Errorf("after a minute: %d", a.StatusCode)
	}
}

// A client behind a trusted proxy cannot choose its address: what it writes into X-Forwarded-For stands before what the proxy adds.
// Without a trusted proxy the header counts for nothing (TestLimits).
func TestAForgedAddressBehindAProxy(t *testing.T) {
	h := newHouse(t, false, func(d *server.Deps) {
		d.Limits.SignIn = 3
		d.TrustedProxies = []string{"127.0.0.1", "10.0.0.0/8"}
	})
	b := h.browser()
	ask := func(forwarded string) int { return b.get("/auth/callback", "X-Forwarded-For", forwarded).StatusCode }
	for i := range 5 {
		got := ask(fmt.Sprintf("198.51.100.%d, 203.0.113.7, 10.1.2.3", i+1)) // forged, the real client, an inner proxy
		if (got == 429) != (i >= 3) {
			t.Errorf("forged %d: %d", i, got)
		}
	}
	if got := ask("203.0.113.8, 10.1.2.3"); got == 429 {
		t.Error("another client behind the same proxy is limited for the first")
	}
	for i := range 4 { // one line of IPv6 has a /64
		if got := ask(fmt.Sprintf("2001:db8:1:2::%d", i+1)); (got == 429) != (i >= 3) {
			t.Errorf("IPv6 %d: %d", i, got)
		}
	}
	if got := ask("2001:db8:1:3::1"); got == 429 {
		t.Error("the next line is limited for its neighbour")
	}
	for i := range 5 { // what is no address is worth nothing, and neither is what stands before it: this is the proxy itself
		if got := ask(fmt.Sprintf("198.51.100.%d, unknown", i+1)); (got == 429) != (i >= 3) {
			t.Errorf("no address %d: %d", i, got)
		}
	}
}
