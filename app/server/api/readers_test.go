package api_test

import (
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestThePreviewCountsReaders: clerks are those with a grant in force, members those with a seat in force.
func TestThePreviewCountsReaders(t *testing.T) {
	h := halltest.Open(t, "")
	m := h.Meeting()
	h.Item(m.ID, "Bericht", false)
	past := council.Grant{Body: h.Town.Body, Person: h.Town.Former, Role: council.Clerk, Start: h.Now().AddDate(-3, 0, 0), End: h.Now().AddDate(0, 0, -2)}
	if err := h.Store.SaveGrant(t.Context(), &past); err != nil {
		t.Fatal(err)
	}
	readers, _ := as(h, h.Town.Clerk).want(200, "GET", "/api/v1/meetings/"+string(m.ID)+"/publish-preview", nil).at("readers").([]any)
	for _, r := range readers {
		l := r.(object)
		want := 3.0 // the committee's members
		if strings.HasPrefix(l["label"].(string), "clerk:") {
			want = 2
		}
		if l["persons"] != want {
			t.Errorf("persons in force: %v, want %v", l, want)
		}
	}
	if len(readers) != 2 {
		t.Errorf("readers: %v, want the committee and the clerks", readers)
	}
}
