package api_test

import (
	"strings"
	"testing"

	"ris/app/apptest/halltest"
)

// TestTheClerkIsToldOfProblems: the list counts the files that need a hand, for the clerk alone.
func TestTheClerkIsToldOfProblems(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member := as(h, h.Town.Clerk), as(h, h.Town.MainMember)
	m := h.Meeting()
	item := h.Item(m.ID, "Bericht", false)
	p, f := h.Paper(item.ID, "Bericht", halltest.Texts("Gut", 1)...)
	h.Searchable(f.ID)
	h.Publish(m.ID)
	count := func(c client) any { return c.want(200, "GET", "/api/v1/meetings", nil).at("data", 0, "problemCount") }
	if n := count(clerk); n != float64(0) {
		t.Errorf("nothing is wrong, the list counts %v", n)
	}
	broken := append([]byte("%PDF-1.7\n"), []byte(strings.Repeat("kaputt ", 300))...)
	bad := clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "kaputt.pdf", broken))
	clerk.want(201, "POST", "/api/v1/papers/"+string(p.ID)+"/files", upload(t, "neu.pdf", append(broken, 'x'), "replaces", string(f.ID)))
	h.Eventually("both refused and counted", func() bool { return count(clerk) == float64(2) })
	if n := count(member); n != float64(0) {
		t.Errorf("a member is told of %v problems", n)
	}
	clerk.want(204, "POST", "/api/v1/files/"+bad.text("id")+"/withdraw", nil)
	if n := count(clerk); n != float64(1) {
		t.Errorf("one was taken away, the list counts %v", n)
	}
	clerk.want(200, "POST", "/api/v1/papers/"+string(p.ID)+"/withdraw", nil)
	if n := count(clerk); n != float64(0) {
		t.Errorf("the paper is withdrawn, the list counts %v", n)
	}
}
