package api_test

import (
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestWhoHasSignedIn: somebody who works in two Bodies has signed in to both, for the clerk who keeps both; whoever keeps one of them
// learns it only of those who are at home there.
func TestWhoHasSignedIn(t *testing.T) {
	h := halltest.Open(t, "")
	for _, g := range []council.Grant{{Person: h.Town.Clerk, Role: council.Clerk}, {Person: h.Town.IT, Role: council.IT}} {
		g.Body, g.Start = h.Town.Other, h.Now().AddDate(-1, 0, 0)
		if err := h.Store.SaveGrant(t.Context(), &g); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Store.SaveIdentity(t.Context(), "https://idp.example", "it", h.Town.IT); err != nil {
		t.Fatal(err)
	}
	for who, c := range map[string]struct {
		clerk council.ID
		want  bool
	}{"clerk of both": {h.Town.Clerk, true}, "clerk of the other": {h.Town.OtherClerk, false}} {
		found := false
		for _, p := range as(h, c.clerk).want(200, "GET", "/api/v1/persons?body="+string(h.Town.Other), nil).at("data").([]any) {
			if p := p.(map[string]any); p["id"] == string(h.Town.IT) {
				found = true
				if p["signedIn"] != c.want {
					t.Errorf("%s sees %v", who, p["signedIn"])
				}
			}
		}
		if !found {
			t.Errorf("%s does not see the person", who)
		}
	}
}
