package crawl_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/proof"
	"ris/app/server"
	"ris/app/server/httpkit"
)

// quick is enough for every kind of person and object; RIS_LONG plants 2,000 words and more in a town of several worlds' size.
var (
	quick = proof.Size{People: 9, Meetings: 6, Items: 14, Papers: 14}
	long  = proof.Size{People: 24, Meetings: 40, Items: 330, Papers: 430}
)

// TestEveryRouteForEverybody goes through the list of routes. What it does not know fails.
func TestEveryRouteForEverybody(t *testing.T) {
	if raced && os.Getenv("RIS_LONG") == "" {
		t.Skip("make test runs this once more without the race detector")
	}
	size, number := quick, 4242
	if os.Getenv("RIS_LONG") != "" {
		size = long
	}
	x, start := open(t, "", number, size), time.Now()
	routes := 0
	for _, r := range server.Routes() {
		if r.Access != httpkit.Person && r.Access != httpkit.Public && r.Access != httpkit.System && !strings.HasPrefix(r.Path, "/scim/") {
			t.Errorf("%s %s has an access class that this test does not know", r.Method, r.Path)
		}
		if unasked[r.Path] != "" || r.Method == "OPTIONS" {
			continue
		}
		routes++
		if !strings.ContainsAny(r.Path, ":*") {
			if r.Method == "GET" {
				x.lists(r)
			}
			continue
		}
		kind := kindOf(r.Path)
		if kind == "" {
			t.Errorf("%s %s: say in params_test.go whose id it takes, or why it shows nothing", r.Method, r.Path)
			continue
		}
		x.route(r, kind)
	}
	x.logged()
	planted := 0
	for _, kind := range []string{"meeting", "item", "paper", "file", "version", "guest", "conflict"} {
		planted += x.count(kind)
	}
	t.Logf("%d routes, %d requests, %d words planted, %d of them met by right, 0 by others required, %.1f s", routes, x.asked, planted, len(x.met), time.Since(start).Seconds())
	if routes < 100 || x.asked < 2000 || len(x.met) < 25 {
		t.Errorf("%d routes, %d requests, %d words met: this proves nothing", routes, x.asked, len(x.met))
	}
}

// people are those who ask a route of this class.
func (x *town) people(r server.Route) []int {
	if r.Access != httpkit.Person {
		return []int{-1}
	}
	out := make([]int, len(x.world.People))
	for p := range out {
		out[p] = p
	}
	return out
}

// lists asks an address without ids, as it is and with the questions that widen lists.
func (x *town) lists(r server.Route) {
	for _, person := range x.people(r) {
		for _, q := range []string{"", "?limit=200&from=2000-01-01&to=2100-01-01", "?state=draft&q=Kanarie&body=" + string(x.world.ID("body", 0))} {
			x.ask(person, r.Method, r.Path+q)
		}
	}
}

// often bounds how many objects of a kind are asked of one route as one person.
const often = 6

// route asks for objects of its kind; of what is hidden, by every method, and of what is seen, by GET.
func (x *town) route(r server.Route, kind string) {
	for _, person := range x.people(r) {
		if kind == master {
			if r.Method == "GET" {
				x.ask(person, r.Method, fill(r.Path, string(x.world.ID("body", 0)), x))
				x.ask(person, r.Method, fill(r.Path, string(x.world.ID("org", 0)), x))
				x.ask(person, r.Method, fill(r.Path, string(x.world.ID("person", person)), x))
			}
			continue
		}
		if kind == foreign {
			for _, k := range []string{"meeting", "paper", "version"} {
				id := string(x.world.ID(k, 0))
				x.gone(person, r.Method, fill(r.Path, id, x), id)
			}
			continue
		}
		hidden, seen := 0, 0
		for n := range x.count(kind) {
			id := string(x.world.ID(kind, n))
			path := fill(r.Path, id, x)
			switch sees := x.sees(person, kind, n); {
			case sees && r.Method == "GET" && seen < often:
				seen++
				x.ask(person, r.Method, path)
			case !sees && hidden < often && (r.Method == "GET" || hidden < 3):
				hidden++
				x.gone(person, r.Method, path, id)
			}
		}
		// An id of another kind is no id here.
		id := string(x.world.ID("version", 1))
		x.gone(person, r.Method, fill(r.Path, id, x), id)
	}
}

// fill puts an id in the place of ":id" and ids that never were in the place of the others.
func fill(path, id string, x *town) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		switch {
		case p == ":id":
			parts[i] = id
		case strings.HasPrefix(p, ":"):
			parts[i] = "0198d4a0-0000-7000-8000-00000000000a"
		}
	}
	return strings.Join(parts, "/")
}
