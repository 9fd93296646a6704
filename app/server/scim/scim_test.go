package scim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/app/publication"
	"ris/app/server/scim"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/session"
)

var (
	ctx    = context.Background()
	system = policy.System("test")
)

type ends struct{ *session.Manager }

func (e ends) EndPerson(ctx context.Context, p council.ID) error {
	_, err := e.Manager.EndPerson(ctx, p, session.AccountOff)
	return err
}

// service is the surface over a real database with two bodies, and a token of the first.
type service struct {
	*testing.T
	app      *fiber.App
	store    *store.Store
	accounts *provisioning.Service
	sessions *session.Manager
	body     council.Body
	other    council.Person // of the other Body
	token    string
}

func open(t *testing.T) *service {
	t.Helper()
	s, err := store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db")})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	must(t, s.Migrate(ctx))
	x := &service{T: t, store: s, sessions: session.NewManager(s, council.SystemClock), body: council.Body{Name: "Stadt", ShortName: "Stadt"}}
	x.accounts = &provisioning.Service{Store: s, Public: publication.New(publication.Deps{Source: s, Model: s, Clock: council.SystemClock}), Sessions: ends{x.sessions}, Clock: council.SystemClock}
	must(t, s.SaveBody(ctx, &x.body))
	amt := council.Body{Name: "Amt", ShortName: "Amt"}
	must(t, s.SaveBody(ctx, &amt))
	x.other = council.Person{Body: amt.ID, Name: "Fremd", FamilyName: "Fremd", Account: "fremd@amt.example"}
	must(t, s.SavePerson(ctx, &x.other))
	_, x.token, err = x.accounts.AddClient(ctx, system, x.body.ID, "Entra")
	must(t, err)
	x.app = fiber.New(fiber.Config{Immutable: true, CaseSensitive: true, ReadBufferSize: 32 << 10})
	scim.Mount(x.app, scim.Deps{Accounts: x.accounts, PublicURL: "https://ris.example", Clock: council.SystemClock})
	return x
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type answer struct {
	status int
	header http.Header
	body   map[string]any
	text   string
}

func (s *service) ask(method, path, body string, header ...string) answer {
	s.Helper()
	req := httptest.NewRequest(method, "/scim/v2"+path, strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+s.token)
	if body != "" {
		req.Header.Set("Content-Type", "application/scim+json")
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := s.app.Test(req, -1)
	must(s.T, err)
	data, err := io.ReadAll(res.Body)
	must(s.T, err)
	a := answer{status: res.StatusCode, header: res.Header, text: string(data)}
	if len(data) > 0 {
		must(s.T, json.Unmarshal(data, &a.body))
		if ct := res.Header.Get("Content-Type"); ct != "application/scim+json" {
			s.Errorf("%s %s: content type %q", method, path, ct)
		}
	}
	return a
}

func (s *service) want(status int, scimType string, a answer) answer {
	s.Helper()
	got, _ := a.body["scimType"].(string)
	if a.status != status || got != scimType || status >= 400 && a.body["status"] != fmt.Sprint(status) {
		s.Fatalf("got %d %q, want %d %q\n%s", a.status, got, status, scimType, a.text)
	}
	return a
}

func (s *service) add(name, email string) string {
	s.Helper()
	a := s.want(201, "", s.ask("POST", "/Users", fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":%q,"externalId":"x-%s",
		"name":{"givenName":"Erika","familyName":%q},"emails":[{"value":%q,"type":"work","primary":true}],"active":true}`, name, name, name, email)))
	return a.body["id"].(string)
}

func patchOf(ops string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + ops + `]}`
}

func TestTheTokenIsTheOnlyDoor(t *testing.T) {
	s := open(t)
	good := s.token
	for _, path := range []string{"/Users", "/Groups", "/Schemas", "/ServiceProviderConfig", "/nothing", "/Users/" + string(s.other.ID)} {
		s.token = good
		for _, bad := range []string{"", "x", good + "x", good[:len(good)-1], strings.ToUpper(good)} {
			s.token = bad
			if a := s.ask("GET", path, ""); a.status != 401 || a.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s with %q: %d", path, bad, a.status)
			}
		}
	}
	s.token = good
	clients, err := s.accounts.Clients(ctx, system, s.body.ID)
	must(t, err)
	if len(clients) != 1 || strings.Contains(fmt.Sprintf("%+v", clients), strings.TrimPrefix(good, "risscim_")) {
		t.Fatalf("the token is kept: %+v", clients)
	}
	s.want(200, "", s.ask("GET", "/Users", ""))
	_, err = s.accounts.RevokeClient(ctx, system, clients[0].ID)
	must(t, err)
	s.want(401, "", s.ask("GET", "/Users", ""))
}

// The life of an account: made, read, changed, locked, deleted, opened anew; the person stays the same.
func TestAnAccountLives(t *testing.T) {
	s := open(t)
	id := s.add("erika", "Erika@stadt.example")
	a := s.ask("GET", "/Users/"+id, "")
	tag := a.header.Get("ETag")
	if a.status != 200 || a.body["userName"] != "erika" || a.body["externalId"] != "x-erika" || tag == "" || a.body["meta"].(map[string]any)["version"] != tag ||
		a.body["meta"].(map[string]any)["location"] != "https://ris.example/scim/v2/Users/"+id {
		t.Fatalf("%+v", a)
	}
	if a := s.ask("GET", "/Users/"+id, "", "If-None-Match", tag); a.status != 304 || a.text != "" {
		t.Errorf("unchanged: %d", a.status)
	}
	s.want(409, "uniqueness", s.ask("POST", "/Users", `{"userName":"ERIKA"}`))
	s.want(409, "uniqueness", s.ask("POST", "/Users", `{"userName":"other","emails":[{"value":"ERIKA@stadt.example"}]}`))
	elsewhere := s.want(409, "uniqueness", s.ask("POST", "/Users", `{"userName":"fremd@amt.example"}`))
	own := s.ask("POST", "/Users", `{"userName":"erika@stadt.example"}`)
	if elsewhere.text != own.text {
		t.Errorf("an address of another Body answers otherwise:\n%s\n%s", elsewhere.text, own.text)
	}

	p, err := s.store.PersonByAccount(ctx, "erika@stadt.example")
	must(t, err)
	council1 := council.Organization{Body: s.body.ID, Name: "Rat", Type: council.Committee}
	must(t, s.store.SaveOrganization(ctx, &council1))
	must(t, s.store.SaveMembership(ctx, &council.Membership{Body: s.body.ID, Person: p.ID, Organization: council1.ID, Role: "Mitglied"}))
	token, _, err := s.sessions.Start(ctx, session.Session{Person: p.ID, Issuer: "i", Subject: "s"}, session.MemberLimits)
	must(t, err)

	s.want(412, "", s.ask("PATCH", "/Users/"+id, patchOf(`{"op":"replace","path":"active","value":false}`), "If-Match", `W/"99"`))
	a = s.want(200, "", s.ask("PATCH", "/Users/"+id, patchOf(`{"op":"Replace","path":"active","value":"False"}`), "If-Match", tag))
	if a.body["active"] != false {
		t.Errorf("still active: %s", a.text)
	}
	if _, err := s.sessions.Find(ctx, token); council.KindOf(err) != council.Unauthenticated {
		t.Errorf("the session of a locked account lives: %v", err)
	}
	f, err := s.store.Facts(ctx, p.ID)
	must(t, err)
	if policy.ForPerson(f, time.Now()).SignedIn() || len(f.Memberships) != 1 || !f.Memberships[0].End.IsZero() {
		t.Errorf("locked, and the council's record stays: %+v", f)
	}
	if a = s.want(200, "", s.ask("PATCH", "/Users/"+id, patchOf(`{"op":"replace","value":{"active":true,"name.givenName":"Erna"}}`))); a.body["active"] != true || a.body["name"].(map[string]any)["givenName"] != "Erna" {
		t.Errorf("open again: %s", a.text)
	}
	a = s.want(200, "", s.ask("PUT", "/Users/"+id, `{"userName":"erika","displayName":"Dr. Erika Muster","name":{"familyName":"Muster","givenName":"Erika"},"emails":[{"value":"erika@stadt.example"}]}`))
	if a.body["displayName"] != "Dr. Erika Muster" || a.body["externalId"] != nil {
		t.Errorf("replaced: %s", a.text)
	}
	s.want(204, "", s.ask("DELETE", "/Users/"+id, ""))
	s.want(404, "", s.ask("GET", "/Users/"+id, ""))
	s.want(404, "", s.ask("DELETE", "/Users/"+id, ""))
	if a := s.ask("GET", "/Users", ""); a.body["totalResults"] != 0.0 {
		t.Errorf("deleted, and listed: %s", a.text)
	}
	if seats, err := s.store.Memberships(ctx, council.MembershipFilter{Person: p.ID}); err != nil || len(seats) != 1 {
		t.Errorf("deleting an account took a seat away: %v", err)
	}
	if again := s.add("erika", "erika@stadt.example"); again != id {
		t.Errorf("opened anew as somebody else: %s", again)
	}
}

// What Entra, Okta and others really send.
func TestPatchAsDirectoriesSendIt(t *testing.T) {
	s := open(t)
	id := s.add("emil", "emil@stadt.example")
	for _, c := range []struct{ ops, path, want string }{
		{`{"op":"Add","path":"emails[type eq \"work\"].value","value":"neu@stadt.example"}`, "emails", "neu@stadt.example"},
		{`{"op":"replace","path":"name.familyName","value":"Berg"}`, "name", "Berg"},
		{`{"op":"Replace","value":{"displayName":"Emil B.","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"10"}}`, "displayName", "Emil B."},
		{`{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"1"}`, "userName", "emil"},
		{`{"op":"add","path":"urn:ietf:params:scim:schemas:core:2.0:User:userName","value":"emil.b"}`, "userName", "emil.b"},
		{`{"op":"replace","path":"NAME","value":{"givenName":"E"}}`, "name", "Berg"},
		{`{"op":"remove","path":"externalId"}`, "externalId", "<nil>"},
		{`{"op":"remove","path":"emails[type eq \"home\"]"},{"op":"replace","path":"emails","value":[{"value":"drei@stadt.example"}]}`, "emails", "drei@"},
	} {
		a := s.want(200, "", s.ask("PATCH", "/Users/"+id, patchOf(c.ops)))
		if got := fmt.Sprint(a.body[c.path]); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s is %s", c.ops, c.path, got)
		}
	}
	for ops, scimType := range map[string]string{
		`{"op":"replace","path":"id","value":"x"}`: "mutability", `{"op":"replace","path":"groups","value":[]}`: "mutability",
		`{"op":"jump","path":"userName","value":"x"}`: "invalidSyntax", `{"op":"replace","path":"userName"}`: "invalidSyntax",
		`{"op":"remove"}`: "noTarget", `{"op":"replace","path":"emails[","value":"x"}`: "invalidPath", `{"op":"replace","path":"","value":"x"}`: "invalidValue",
		`{"op":"replace","path":"active","value":"perhaps"}`: "invalidValue", `{"op":"replace","path":"userName","value":7}`: "invalidValue",
		`{"op":"replace","path":"userName","value":""}`: "invalidValue", `7`: "invalidSyntax", `{"op":"replace","path":"emails","value":[{"value":"no address"}]}`: "invalidValue",
	} {
		s.want(400, scimType, s.ask("PATCH", "/Users/"+id, patchOf(ops)))
	}
	s.want(400, "invalidSyntax", s.ask("PATCH", "/Users/"+id, `{"Operations":[]}`))
	s.want(400, "invalidSyntax", s.ask("POST", "/Users", `{`))
	s.want(400, "invalidSyntax", s.ask("POST", "/Users", `{"userName":"x"}`, "Content-Type", "text/plain"))
	s.want(400, "invalidValue", s.ask("POST", "/Users", `{"displayName":"x"}`))
}

func TestFilterAndPages(t *testing.T) {
	s := open(t)
	for _, n := range []string{"anna", "bert", "carl"} {
		s.add(n, n+"@stadt.example")
	}
	for filter, want := range map[string]float64{
		`userName eq "ANNA"`: 1, `userName sw "a" or userName sw "b"`: 2, `not (userName eq "anna")`: 2, `externalId eq "x-anna"`: 1, `externalId eq "X-ANNA"`: 0,
		`emails.value co "stadt"`: 3, `emails[type eq "work" and value sw "bert"]`: 1, `emails eq "carl@stadt.example"`: 1, `name.familyName ew "rl"`: 1,
		`active eq true`: 3, `active eq True and userName ne "anna"`: 2, `title pr`: 0, `userName pr and (name.givenName eq "Erika")`: 3,
		`urn:ietf:params:scim:schemas:core:2.0:User:userName eq "bert"`: 1, `meta.lastModified gt "2020-01-01T00:00:00Z"`: 3, `meta.created lt "2020-01-01T00:00:00Z"`: 0,
		`userName ge "bert"`: 2, `userName eq "an\"na"`: 0, `userName gt "bert" AND active EQ true`: 1,
	} {
		a := s.want(200, "", s.ask("GET", "/Users?filter="+query(filter), ""))
		if a.body["totalResults"] != want {
			t.Errorf("%s: %v, want %v", filter, a.body["totalResults"], want)
		}
	}
	for _, filter := range []string{`userName`, `userName eq`, `eq "x"`, `userName eq "x`, `userName is "x"`, `(userName eq "x"`, `userName eq "x")`, `userName eq {}`,
		`emails[type eq "x"`, strings.Repeat("(", 100) + `userName pr` + strings.Repeat(")", 100), `userName eq "` + strings.Repeat("x", 5000) + `"`, `userName eq "x" and`} {
		s.want(400, "invalidFilter", s.ask("GET", "/Users?filter="+query(filter), ""))
	}
	a := s.ask("GET", "/Users?startIndex=2&count=1", "")
	if a.body["totalResults"] != 3.0 || a.body["startIndex"] != 2.0 || a.body["itemsPerPage"] != 1.0 || len(a.body["Resources"].([]any)) != 1 {
		t.Errorf("page: %s", a.text)
	}
	for q, want := range map[string]int{"count=0": 0, "count=-3": 0, "startIndex=-1": 3, "startIndex=4": 0, "startIndex=99999": 0, "count=99999": 3} {
		if a := s.ask("GET", "/Users?"+q, ""); len(a.body["Resources"].([]any)) != want || a.body["totalResults"] != 3.0 {
			t.Errorf("%s: %s", q, a.text)
		}
	}
	s.want(400, "invalidValue", s.ask("GET", "/Users?count=many", ""))
	a = s.ask("GET", "/Users?attributes=userName,name.familyName", "")
	for _, r := range a.body["Resources"].([]any) {
		if m := r.(map[string]any); len(m) != 4 || len(m["name"].(map[string]any)) != 1 {
			t.Errorf("attributes: %v", m)
		}
	}
}

func query(s string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "+", "%2B", "&", "%26", "#", "%23", `"`, "%22", "[", "%5B", "]", "%5D", "{", "%7B", "}", "%7D", `\`, "%5C").Replace(s)
}

// A group gives what the clerk chose for it, at once, and takes back only that.
func TestGroupsGiveRolesAndNoSeats(t *testing.T) {
	s := open(t)
	id, second := s.add("karla", "karla@stadt.example"), s.add("kurt", "kurt@stadt.example")
	g := s.want(201, "", s.ask("POST", "/Groups", `{"displayName":"RIS-Sitzungsdienst","externalId":"g1","members":[{"value":"`+id+`"}]}`))
	group := g.body["id"].(string)
	clerk := func(person string) bool {
		f, err := s.store.Facts(ctx, council.ID(person))
		must(t, err)
		if len(f.Memberships) != 0 {
			t.Error("a group gave a seat")
		}
		return policy.IsClerk(policy.ForPerson(f, time.Now()), s.body.ID)
	}
	for _, person := range []string{id, second} { // whom the directory made, the office has to know first
		_, _, err := s.accounts.ChangePerson(ctx, system, council.ID(person), 0, provisioning.Wish{Confirm: true})
		must(t, err)
	}
	if clerk(id) {
		t.Fatal("a group gives a role that nobody chose")
	}
	it := council.Person{Body: s.body.ID, Name: "IT", Account: "it@stadt.example"}
	must(t, s.store.SavePerson(ctx, &it))
	must(t, s.store.SaveGrant(ctx, &council.Grant{Body: s.body.ID, Person: it.ID, Role: council.IT}))
	f, err := s.store.Facts(ctx, it.ID)
	must(t, err)
	if _, err := s.accounts.ChooseKind(ctx, policy.ForPerson(f, time.Now()), council.ID(group), council.Clerk); council.KindOf(err) != council.Forbidden {
		t.Errorf("IT chooses what a group gives: %v", err)
	}
	if _, err := s.accounts.ChooseKind(ctx, system, council.ID(group), council.Clerk); err != nil || !clerk(id) || clerk(second) {
		t.Fatalf("after the choice: %v", err)
	}
	s.want(200, "", s.ask("PATCH", "/Groups/"+group, patchOf(`{"op":"Add","path":"members","value":[{"value":"`+second+`"}]}`)))
	if !clerk(second) {
		t.Error("who came does not have the role")
	}
	s.want(200, "", s.ask("PATCH", "/Groups/"+group, patchOf(`{"op":"Remove","path":"members","value":[{"value":"`+second+`"}]}`)))
	a := s.want(200, "", s.ask("PATCH", "/Groups/"+group, patchOf(`{"op":"remove","path":"members[value eq \"`+id+`\"]"}`)))
	if clerk(second) || clerk(id) || len(a.body["members"].([]any)) != 0 {
		t.Errorf("who left has the role: %s", a.text)
	}
	s.want(200, "", s.ask("PUT", "/Groups/"+group, `{"displayName":"RIS","members":[{"value":"`+id+`"}]}`))
	if u := s.ask("GET", "/Users/"+id, ""); !clerk(id) || !strings.Contains(u.text, group) {
		t.Errorf("the account does not name its group: %s", u.text)
	}
	s.want(400, "invalidValue", s.ask("PATCH", "/Groups/"+group, patchOf(`{"op":"add","path":"members","value":[{"value":"`+string(s.other.ID)+`"}]}`)))
	s.want(409, "uniqueness", s.ask("POST", "/Groups", `{"displayName":"ris"}`))
	if a := s.ask("GET", "/Groups?excludedAttributes=members&filter="+query(`members.value eq "`+id+`"`), ""); a.body["totalResults"] != 1.0 || strings.Contains(a.text, id) {
		t.Errorf("excluded: %s", a.text)
	}
	must(t, s.store.SaveGrant(ctx, &council.Grant{Body: s.body.ID, Person: council.ID(second), Role: council.Clerk}))
	s.want(204, "", s.ask("DELETE", "/Groups/"+group, ""))
	if clerk(id) || !clerk(second) {
		t.Error("with the group goes what it gave, and nothing else")
	}
}

// Nothing of another Body is seen, changed or told of: each answer is that of an id that never was.
func TestAnotherBodyIsNotThere(t *testing.T) {
	s := open(t)
	never := string(council.NewID(time.Now()))
	for _, c := range [][2]string{{"GET", ""}, {"PUT", `{"userName":"x"}`}, {"PATCH", patchOf(`{"op":"replace","path":"active","value":false}`)}, {"DELETE", ""}} {
		a, b := s.ask(c[0], "/Users/"+string(s.other.ID), c[1]), s.ask(c[0], "/Users/"+never, c[1])
		if a.status != 404 || a.text != b.text {
			t.Errorf("%s: %d %s, of nobody: %s", c[0], a.status, a.text, b.text)
		}
	}
	if a := s.ask("GET", "/Users", ""); strings.Contains(a.text, "fremd") {
		t.Errorf("listed: %s", a.text)
	}
	if p, err := s.store.Person(ctx, s.other.ID); err != nil || !p.Locked.IsZero() {
		t.Errorf("changed: %+v %v", p, err)
	}
}
