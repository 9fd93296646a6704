package api_test

import (
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestMe: roles, bodies and seats in force; lists of master data stay within the person's bodies.
func TestMe(t *testing.T) {
	h := halltest.Open(t, "")
	for who, c := range map[string]struct {
		person       council.ID
		roles, seats int
		organization string
		lists        int
	}{
		"clerk":         {h.Town.Clerk, 1, 0, "", 3},
		"member":        {h.Town.MainMember, 0, 1, "Hauptausschuss", 3},
		"mayor":         {h.Town.Mayor, 1, 1, "Rat", 3},
		"IT":            {h.Town.IT, 1, 0, "", 3},
		"former member": {h.Town.Former, 0, 0, "", 0},
		"other body":    {h.Town.OtherMember, 0, 1, "Gemeinderat", 1},
	} {
		me := as(h, c.person)
		a := me.want(200, "GET", "/api/v1/me", nil)
		if a.text("id") != string(c.person) || len(a.at("roles").([]any)) != c.roles || len(a.at("memberships").([]any)) != c.seats ||
			a.text("memberships", 0, "organization", "name") != c.organization {
			t.Errorf("%s: %s", who, a.body)
		}
		if l := me.want(200, "GET", "/api/v1/organizations", nil); len(l.at("data").([]any)) != c.lists {
			t.Errorf("%s lists %s", who, l.body)
		}
		foreign, random := me.want(200, "GET", "/api/v1/organizations?body="+string(h.Town.Other), nil), me.want(200, "GET", "/api/v1/organizations?body="+string(council.NewID(h.Now())), nil)
		if who != "other body" && string(foreign.body) != string(random.body) {
			t.Errorf("%s learns of another body: %s", who, foreign.body)
		}
	}
}

// TestPlaces: the place of a meeting that is still a draft is known to the clerk alone; the list of places is the clerk's.
func TestPlaces(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := as(h, h.Town.Clerk)
	clerk.want(201, "POST", "/api/v1/meetings", object{"name": "Klausur", "organizations": []council.ID{h.Town.Main}, "start": h.Now().Add(time.Hour),
		"location": object{"description": "Landgasthof Geheimrat"}})
	if l := clerk.want(200, "GET", "/api/v1/locations", nil); !strings.Contains(string(l.body), "Geheimrat") {
		t.Errorf("the clerk lists %s", l.body)
	}
	for who, person := range map[string]council.ID{"member": h.Town.MainMember, "mayor": h.Town.Mayor, "IT": h.Town.IT, "another Body's clerk": h.Town.OtherClerk} {
		for _, of := range []string{"", "?body=" + string(h.Town.Body)} {
			if l := as(h, person).want(200, "GET", "/api/v1/locations"+of, nil); len(l.at("data").([]any)) != 0 {
				t.Errorf("%s lists %s", who, l.body)
			}
		}
	}
}
