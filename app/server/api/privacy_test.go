package api_test

import (
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// An erasure under the two-person release goes through over HTTP as the console sends it: once, by who asked, for good.
func TestAnErasureByTwo(t *testing.T) {
	h := halltest.Open(t, "")
	p := council.Person{Body: h.Town.Body, Name: "Frida Früher", FamilyName: "Früher", Account: "frida@test.example"}
	if err := h.Store.SavePerson(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	clerk, mayor := as(h, h.Town.Clerk), as(h, h.Town.Mayor)
	asked := clerk.want(201, "POST", "/api/v1/privacy/requests", object{"person": p.ID, "kind": "erase", "reason": "Antrag vom heutigen Tag"}, "Idempotency-Key", "a1")
	path := "/api/v1/privacy/requests/" + asked.text("id")
	clerk.want(409, "POST", path+"/erase", nil, "Idempotency-Key", "e0") // before the release
	if a := mayor.want(200, "GET", path, nil); a.at("mayDecide") != true || a.at("mayUse") != false {
		t.Errorf("the mayor: %s", a.body)
	}
	mayor.want(200, "POST", path+"/release", object{"give": true, "reason": ""}, "Idempotency-Key", "d1")
	if a := clerk.want(200, "GET", path, nil); a.at("mayUse") != true {
		t.Errorf("the clerk: %s", a.body)
	}
	mayor.want(403, "POST", path+"/erase", nil, "Idempotency-Key", "e1")
	clerk.want(200, "POST", path+"/erase", nil, "Idempotency-Key", "e2")
	if a := clerk.want(200, "GET", path, nil); a.text("state") != "used" || a.at("mayUse") != false {
		t.Errorf("afterwards: %s", a.body)
	}
	if now, err := h.Store.Person(t.Context(), p.ID); err != nil || now.Account != "" {
		t.Errorf("the account stays: %+v %v", now, err)
	}
	clerk.want(409, "POST", path+"/erase", nil, "Idempotency-Key", "e3")
}
