package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/server/api"
	"ris/auth/policy"
)

// Persons, imports, directories, deputies and requests of a Body are there for its clerk alone: with every method, with and without
// If-Match, everybody else gets what an id that never was gets, and nothing changes.
func TestPersonsOfAnotherBodyAreNotThere(t *testing.T) {
	h := halltest.Open(t, "")
	town := h.Town
	clerk, never := as(h, town.Clerk), string(council.NewID(h.Now()))
	added := clerk.want(201, "POST", "/api/v1/persons", map[string]any{"body": town.Body, "familyName": "Kanarienvogel", "account": "kanari@demo.example"})
	client := clerk.want(201, "POST", "/api/v1/scim-clients", map[string]any{"body": town.Body, "name": "Verzeichnis"})
	group := client0(h).want(201, "POST", "/scim/v2/Groups", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Dienst"}`,
		"Authorization", "Bearer "+client.text("token"))
	deputy := clerk.want(201, "POST", "/api/v1/bodies/"+string(town.Body)+"/deputies", map[string]any{"organization": town.Main, "person": town.WorksMember})
	asked := clerk.want(201, "POST", "/api/v1/privacy/requests", map[string]any{"person": added.text("person", "id"), "kind": "export", "reason": "Die Person hat um Auskunft gebeten."})

	own := string(town.Body)
	type try struct {
		method, path, id string // {} is the id
		body             string
		connects         bool // IT may, too
		second           bool // the mayor may, too
	}
	table := `"fileName":"x.csv","data":"TmFjaG5hbWU7Vm9ybmFtZQpYO1kK"`
	tries := []try{
		{"GET", "/persons?body={}", own, "", false, false},
		{"GET", "/persons/export?body={}", own, "", false, false},
		{"GET", "/persons/endings?body={}", own, "", false, false},
		{"GET", "/imports?body={}", own, "", false, false},
		{"GET", "/scim-clients?body={}", own, "", true, false},
		{"GET", "/scim-groups?body={}", own, "", true, false},
		{"GET", "/bodies/{}/mdm-profile", own, "", true, false},
		{"GET", "/bodies/{}/access", own, "", false, false},
		{"GET", "/bodies/{}/devices", own, "", true, false},
		{"GET", "/persons/{}/erasure", added.text("person", "id"), "", false, true},
		{"GET", "/privacy/requests/{}", asked.text("id"), "", false, true},
		{"POST", "/persons", own, `{"body":"{}","familyName":"Neu"}`, false, false},
		{"PATCH", "/persons/{}", added.text("person", "id"), `{"account":"boese@demo.example"}`, false, false},
		{"POST", "/persons/{}/end", added.text("person", "id"), `{}`, false, false},
		{"POST", "/persons/{}/relink", added.text("person", "id"), `{"reason":"Neues Konto bei der Gemeinde."}`, false, false},
		{"POST", "/persons/{}/account", added.text("person", "id"), `{"account":"boese@demo.example","take":true}`, false, false},
		{"POST", "/imports/preview", own, `{"body":"{}",` + table + `}`, false, false},
		{"POST", "/imports", own, `{"body":"{}",` + table + `,"digest":"x"}`, false, false},
		{"POST", "/imports/{}/undo", added.text("undo"), "", false, false},
		{"POST", "/scim-clients", own, `{"body":"{}","name":"Fremd"}`, true, false},
		{"POST", "/scim-clients/{}/revoke", client.text("id"), "", true, false},
		{"POST", "/scim-groups/{}/kind", group.text("id"), `{"kind":"clerk"}`, true, false},
		{"PUT", "/bodies/{}/access", own, `{"conflictMode":"hide","deputiesRead":true,"newcomersReadOlder":true,"formerDays":9,"mayorReads":true,"groupOfficesRead":true}`, false, false},
		{"POST", "/bodies/{}/deputies", own, fmt.Sprintf(`{"organization":%q,"person":%q}`, town.Main, town.MainMember), false, false},
		{"DELETE", "/bodies/" + own + "/deputies/{}", deputy.text("id"), "", false, false},
		{"POST", "/privacy/requests", added.text("person", "id"), `{"person":"{}","kind":"erase","reason":"Das soll weg, und zwar sofort."}`, false, true},
		{"POST", "/privacy/requests/{}/release", asked.text("id"), `{"give":true}`, false, true},
		{"POST", "/privacy/requests/{}/export", asked.text("id"), "", false, true},
		{"POST", "/privacy/requests/{}/erase", asked.text("id"), "", false, true},
	}
	before := state(h)
	for name, person := range town.Everybody() {
		if person == town.Clerk || name == "second clerk" {
			continue
		}
		who := as(h, person)
		for _, x := range tries {
			if person == town.IT && x.connects || person == town.Mayor && x.second {
				continue
			}
			for _, match := range [][]string{nil, {"If-Match", `"1"`}, {"If-Match", `"77"`}, {"If-Match", `x`}} {
				if match != nil && x.method == "GET" {
					continue
				}
				ask := func(id string) answer {
					var body any
					if x.body != "" {
						body = strings.ReplaceAll(x.body, "{}", id)
					}
					return who.do(x.method, "/api/v1"+strings.ReplaceAll(x.path, "{}", id), body, match...)
				}
				a, b := ask(x.id), ask(never)
				if a.status < 400 || a.status == 422 && strings.Contains(string(a.body), `"location"`) {
					t.Fatalf("%s %s %v %s: %d %s", name, x.method, match, x.path, a.status, a.body)
				}
				if a.status == 403 && x.id == own { // the Body itself is no secret
					continue
				}
				if a.status != b.status || !bytes.Equal(normal(a.body), normal(b.body)) || a.header.Get("ETag") != "" {
					t.Errorf("%s %s %v %s: %d %s\nof nobody: %d %s", name, x.method, match, x.path, a.status, a.body, b.status, b.body)
				}
			}
		}
	}
	if after := state(h); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
	// Its own clerk is asked for If-Match.
	clerk.want(428, "PATCH", "/api/v1/persons/"+added.text("person", "id"), `{"title":"Dr."}`)
	clerk.want(412, "PATCH", "/api/v1/persons/"+added.text("person", "id"), `{"title":"Dr."}`, "If-Match", `"77"`)
}

// What a clerk names in a body must be of the own Body as well: seats, roles, deputies and days of another cannot be smuggled in, and
// fields that nobody offers are refused.
func TestIDsOfAnotherBodyInWhatIsSent(t *testing.T) {
	h := halltest.Open(t, "")
	town := h.Town
	thief, never := as(h, town.OtherClerk), council.NewID(h.Now())
	mine := thief.want(201, "POST", "/api/v1/persons", map[string]any{"body": town.Other, "familyName": "Eigen"})
	id, tag := mine.text("person", "id"), mine.header.Get("ETag")
	clerkGrants, err := h.Store.Grants(t.Context(), town.Clerk)
	if err != nil || len(clerkGrants) == 0 {
		t.Fatal(err)
	}
	seats, err := h.Store.Memberships(t.Context(), council.MembershipFilter{Person: town.MainMember})
	if err != nil || len(seats) == 0 {
		t.Fatal(err)
	}
	deputy := as(h, town.Clerk).want(201, "POST", "/api/v1/bodies/"+string(town.Body)+"/deputies", map[string]any{"organization": town.Main, "person": town.WorksMember})
	before := state(h)
	patch := func(what string, id council.ID) (string, string, string) {
		return "PATCH", "/api/v1/persons/" + mine.text("person", "id"), fmt.Sprintf(what, id)
	}
	for _, x := range []struct {
		what string
		real council.ID
	}{
		{`{"seats":[{"organization":%q}]}`, town.Main},
		{`{"seats":[{"id":%q,"end":"2027-01-01"}]}`, seats[0].ID},
		{`{"seats":[{"organization":"` + string(town.OtherCouncil) + `","onBehalfOf":%q}]}`, town.Main},
		{`{"grants":[{"id":%q,"role":"clerk"}]}`, clerkGrants[0].ID},
		{`{"grants":[{"role":"group_office","organization":%q}]}`, town.Main},
	} {
		method, path, body := patch(x.what, x.real)
		a := thief.do(method, path, body, "If-Match", tag)
		method, path, body = patch(x.what, never)
		b := thief.do(method, path, body, "If-Match", tag)
		if a.status != 404 || !bytes.Equal(normal(a.body), normal(b.body)) {
			t.Errorf("%s: %d %s\nof nobody: %s", x.what, a.status, a.body, b.body)
		}
	}
	base := "/api/v1/bodies/" + string(town.Other)
	for _, x := range [][2]council.ID{{town.Main, town.OtherMember}, {town.OtherCouncil, town.MainMember}, {town.Main, town.MainMember}} {
		a := thief.do("POST", base+"/deputies", map[string]any{"organization": x[0], "person": x[1]})
		b := thief.do("POST", base+"/deputies", map[string]any{"organization": never, "person": never})
		if a.status != 422 || !bytes.Equal(normal(a.body), normal(b.body)) {
			t.Errorf("deputy %v: %d %s", x, a.status, a.body)
		}
	}
	if a := thief.do("DELETE", base+"/deputies/"+deputy.text("id"), nil, "If-Match", `"1"`); a.status != 404 {
		t.Errorf("a deputy of another Body, by the own: %d %s", a.status, a.body)
	}
	// A table that names the other Body, by name, knows as little of it as of a name that nobody has.
	table := func(body string) answer {
		return thief.do("POST", "/api/v1/imports/preview", api.ImportFile{FileName: "x.csv", In: town.Other, Data: []byte("Nachname;Vorname;Körperschaft\nX;Y;" + body + "\n")})
	}
	b, err := h.Store.Body(t.Context(), policy.System("test"), town.Body)
	if err != nil {
		t.Fatal(err)
	}
	real, unknown := table(b.Name), table("Nirgendwo")
	if strings.ReplaceAll(string(real.body), b.Name, "Nirgendwo") != string(unknown.body) || len(real.at("problems").([]any)) == 0 {
		t.Errorf("%s\n%s", real.body, unknown.body)
	}
	for _, more := range []string{`"id":"` + string(town.Clerk) + `"`, `"revision":7`, `"locked":null`, `"signedIn":true`, `"source":"directory"`} {
		if a := thief.do("PATCH", "/api/v1/persons/"+id, `{"title":"Dr.",`+more+`}`, "If-Match", tag); a.status != 422 {
			t.Errorf("%s is taken: %d %s", more, a.status, a.body)
		}
	}
	if after := state(h); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
}

// client0 is somebody without a session.
func client0(h *halltest.Hall) client { return client{h.T, h, ""} }

// state is everything that these requests could have changed, in revisions and ends.
func state(h *halltest.Hall) string {
	var out strings.Builder
	ctx := h.T.Context()
	for _, b := range []council.ID{h.Town.Body, h.Town.Other} {
		persons, err := h.Store.Persons(ctx, b)
		seats, err2 := h.Store.Memberships(ctx, council.MembershipFilter{Body: b})
		grants, err3 := h.Store.GrantsIn(ctx, b)
		acts, err4 := h.Store.Imports(ctx, b, 0)
		clients, err5 := h.Store.ScimClients(ctx, b)
		groups, err6 := h.Store.ScimGroups(ctx, b)
		deputies, err7 := h.Store.Deputies(ctx, council.DeputyFilter{Body: b})
		for _, err := range []error{err, err2, err3, err4, err5, err6, err7} {
			if err != nil {
				h.T.Fatal(err)
			}
		}
		for i := range clients {
			clients[i].LastUsed = clients[i].Created // a look is no change
		}
		fmt.Fprintln(&out, len(persons), len(seats), len(grants), len(acts), persons, seats, grants, clients, groups, deputies)
	}
	return out.String()
}
