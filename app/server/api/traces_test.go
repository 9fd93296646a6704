package api_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/auth/policy"
)

const why = "Die Vorlage stand am 20.11. in der Zeitung."

// found is the copy that a member was given.
func found(t *testing.T, h *halltest.Hall, member council.ID, public bool) (file []byte, paper council.ID) {
	t.Helper()
	m := h.Meeting()
	p, f := h.Paper(h.Item(m.ID, "Verkauf", public).ID, "Verkauf des Grundstücks", halltest.Texts("Grundstück", 2)...)
	h.Searchable(f.ID)
	h.Publish(m.ID)
	return as(h, member).want(200, "GET", "/api/v1/files/"+string(f.ID), nil).body, p.ID
}

func TestTracingNeedsTwoPersons(t *testing.T) {
	h := halltest.Open(t, "")
	file, paper := found(t, h, h.Town.MainMember, false)
	clerk, second, mayor, member := as(h, h.Town.Clerk), as(h, h.Town.Clerk2), as(h, h.Town.Mayor), as(h, h.Town.MainMember)
	asked := clerk.want(201, "POST", "/api/v1/traces", upload(t, "C:\\Zeitung\\Vorlage.pdf", file, "body", string(h.Town.Body), "reason", why))
	path := asked.text("url")
	if asked.text("state") != "requested" || asked.at("result") != nil || asked.at("mayDecide") != false || asked.text("file", "name") != "Vorlage.pdf" ||
		!strings.Contains(string(asked.body), `"code"`) || asked.header.Get("Location") != path {
		t.Fatalf("asked: %s", asked.body)
	}
	if strings.Contains(string(asked.body), string(h.Town.MainMember)) {
		t.Error("the answer names the person before the release")
	}
	// Not the same person, not with a stale page, not without a reason for a refusal.
	if a := clerk.do("POST", path+"/release", object{"give": true}); a.status != 403 {
		t.Errorf("who asked released it: %d %s", a.status, a.body)
	}
	if a := mayor.do("POST", path+"/release", object{"give": true}, "If-Match", `"99"`); a.status != 412 {
		t.Errorf("stale: %d %s", a.status, a.body)
	}
	if a := mayor.do("POST", path+"/release", object{"give": false}); a.status != 422 {
		t.Errorf("refused without a reason: %d %s", a.status, a.body)
	}
	if a := mayor.want(200, "GET", path, nil); a.at("mayDecide") != true || a.at("result") != nil || a.text("reason") != why {
		t.Errorf("the mayor sees %s", a.body)
	}
	given := mayor.want(200, "POST", path+"/release", object{"give": true}, "If-Match", asked.header.Get("ETag"), "Idempotency-Key", "d1")
	if given.text("state") != "used" || given.text("result", "findings", 0, "person", "id") != string(h.Town.MainMember) {
		t.Fatalf("released: %s", given.body)
	}
	if a := mayor.do("POST", path+"/release", object{"give": true}); a.status != 409 {
		t.Errorf("released twice: %d", a.status)
	}
	// The answer is not kept under the key: it would outlast the result, and each look is logged.
	if a := mayor.do("POST", path+"/release", object{"give": true}, "If-Match", asked.header.Get("ETag"), "Idempotency-Key", "d1"); a.status < 400 ||
		strings.Contains(string(a.body), string(h.Town.MainMember)) {
		t.Errorf("repeated under its key: %d %s", a.status, a.body)
	}
	if kept, err := h.Store.Idempotent(t.Context(), h.Town.Mayor, "d1"); err != nil || kept != nil {
		t.Errorf("kept: %+v, %v", kept, err)
	}
	// Nor does a release open the paper: the mayor sits in the council, the paper is of another committee.
	reads := mayor.do("GET", "/api/v1/papers/"+string(paper), nil).status == 200
	if told := strings.Contains(string(given.body), "Grundst"); told != reads {
		t.Errorf("the mayor reads the paper: %v, its name is told: %v", reads, told)
	}
	for name, who := range map[string]client{"who asked": clerk, "who released": mayor} {
		a := who.want(200, "GET", path, nil)
		if a.text("result", "findings", 0, "paper", "id") != string(paper) && (name == "who asked" || reads) || a.text("result", "findings", 0, "sureness") != "certain" ||
			len(a.at("result", "findings").([]any)) != 1 || a.text("result", "findings", 0, "ways", 0, "way") != "id" {
			t.Errorf("%s sees %s", name, a.body)
		}
	}
	// Another clerk sees that it was, not what came of it; nobody else sees anything.
	if a := second.want(200, "GET", path, nil); a.at("result") != nil || strings.Contains(string(a.body), string(h.Town.MainMember)) {
		t.Errorf("another clerk sees %s", a.body)
	}
	if a := clerk.want(200, "GET", "/api/v1/traces", nil); len(a.at("data").([]any)) != 1 || strings.Contains(string(a.body), string(h.Town.MainMember)) {
		t.Errorf("the list: %s", a.body)
	}
	for name, who := range map[string]client{"the traced member": member, "IT": as(h, h.Town.IT), "another Body's clerk": as(h, h.Town.OtherClerk)} {
		nowhere := who.do("GET", "/api/v1/traces/"+string(council.NewID(h.Now())), nil)
		if a := who.do("GET", path, nil); a.status != 404 || !bytes.Equal(normal(a.body), normal(nowhere.body)) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
		if a := who.do("POST", path+"/release", object{"give": true}); a.status != 404 {
			t.Errorf("%s decides: %d", name, a.status)
		}
		if a := who.want(200, "GET", "/api/v1/traces", nil); len(a.at("data").([]any)) != 0 {
			t.Errorf("%s lists %s", name, a.body)
		}
		if a := who.do("GET", "/api/v1/traces?body="+string(h.Town.Body), nil); a.status != 404 {
			t.Errorf("%s asks for the Body's: %d", name, a.status)
		}
		if a := who.do("POST", "/api/v1/traces", upload(t, "x.pdf", file, "body", string(h.Town.Body), "reason", why)); a.status != 404 {
			t.Errorf("%s asks: %d %s", name, a.status, a.body)
		}
	}
	if a := mayor.do("POST", "/api/v1/traces", upload(t, "x.pdf", file, "body", string(h.Town.Body), "reason", why)); a.status != 403 {
		t.Errorf("the mayor asks: %d", a.status)
	}
	if a := (client{t: t, hall: h}).do("GET", path, nil); a.status != 401 {
		t.Errorf("the public: %d", a.status)
	}
	logged(t, h, "trace.read", "release.request", "release.give", "release.use", "trace.use", "trace.show")
	// The result goes.
	h.Turn(15 * 24 * time.Hour)
	if a := as(h, h.Town.Clerk).want(200, "GET", path, nil); a.at("result") != nil || a.at("resultGone") != true {
		t.Errorf("after its time: %s", a.body)
	}
	if err := h.Tracing.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	kept, err := h.Store.Trace(t.Context(), policy.System("test"), council.ID(asked.text("id")))
	if err != nil || kept.Result != "" || kept.Evidence != "" {
		t.Errorf("kept after its time: %+v %v", kept, err)
	}
	logged(t, h, "trace.erase")
}

// normal takes out what two answers may differ in: the address that was asked for.
func normal(body []byte) []byte {
	var v map[string]any
	_ = json.Unmarshal(body, &v)
	delete(v, "instance")
	b, _ := json.Marshal(v)
	return b
}

// logged: each act has its line, with who did it, and no line names the traced person.
func logged(t *testing.T, h *halltest.Hall, acts ...string) {
	t.Helper()
	for _, act := range acts {
		lines, err := h.Store.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{Act: act})
		if err != nil || len(lines) == 0 {
			t.Errorf("%s is not in the log (%v)", act, err)
		}
		for _, l := range lines {
			if l.Actor == "" && l.System == "" || l.Body != h.Town.Body || strings.Contains(l.Details["found"], "Main") || l.Actor == h.Town.MainMember {
				t.Errorf("%s: %+v", act, l)
			}
		}
	}
}

func TestARefusalAndATimeLimitEndAQuestion(t *testing.T) {
	h := halltest.Open(t, "")
	file, _ := found(t, h, h.Town.MainMember, true)
	clerk, second := as(h, h.Town.Clerk), as(h, h.Town.Clerk2)
	ask := func() string {
		return clerk.want(201, "POST", "/api/v1/traces", upload(t, "a.pdf", file, "body", string(h.Town.Body), "reason", why)).text("url")
	}
	refused, late := ask(), ask()
	a := second.want(200, "POST", refused+"/release", object{"give": false, "reason": "Dafür gibt es keinen Anlass."})
	if a.text("state") != "refused" || a.at("result") != nil || a.text("decision") == "" {
		t.Errorf("refused: %s", a.body)
	}
	if a := second.do("POST", refused+"/release", object{"give": true}); a.status != 409 {
		t.Errorf("released after a refusal: %d", a.status)
	}
	h.Turn(15 * 24 * time.Hour)
	second = as(h, h.Town.Clerk2)
	if a := second.do("POST", late+"/release", object{"give": true}); a.status != 409 {
		t.Errorf("released after its time: %d %s", a.status, a.body)
	}
	if a := second.want(200, "GET", late, nil); a.text("state") != "expired" || a.at("mayDecide") != false {
		t.Errorf("expired: %s", a.body)
	}
	if err := h.Tracing.Expire(t.Context()); err != nil {
		t.Fatal(err)
	}
	logged(t, h, "release.refuse", "release.expire")
}

// A file of nobody's, or of another Body, leads to nobody of this one; a question without a file waits for the server's operator.
func TestNobodyIsFoundWhereNothingIs(t *testing.T) {
	h := halltest.Open(t, "")
	file, _ := found(t, h, h.Town.MainMember, true)
	other, mayor := as(h, h.Town.OtherClerk), as(h, h.Town.Mayor)
	// The clerk of the other Body holds a copy of this one; nobody of that Body has one.
	second := council.Person{Body: h.Town.Other, Name: "Zweiter Klerk", Account: "zweiter@test.example"}
	if err := h.Store.SavePerson(t.Context(), &second); err != nil {
		t.Fatal(err)
	}
	if err := h.Store.SaveGrant(t.Context(), &council.Grant{Body: h.Town.Other, Person: second.ID, Role: council.Clerk, Start: h.Now().AddDate(-1, 0, 0)}); err != nil {
		t.Fatal(err)
	}
	path := other.want(201, "POST", "/api/v1/traces", upload(t, "a.pdf", file, "body", string(h.Town.Other), "reason", why)).text("url")
	a := as(h, second.ID).want(200, "POST", path+"/release", object{"give": true})
	if a.text("state") != "used" || len(a.at("result", "findings").([]any)) != 0 {
		t.Errorf("another Body's copy: %s", a.body)
	}
	for name, bad := range map[string]form{
		"no reason":    upload(t, "a.pdf", file, "body", string(h.Town.Body), "reason", "kurz"),
		"empty file":   upload(t, "a.pdf", nil, "body", string(h.Town.Body), "reason", why),
		"a large file": upload(t, "a.pdf", make([]byte, 9<<20), "body", string(h.Town.Body), "reason", why),
	} {
		if a := as(h, h.Town.Clerk).do("POST", "/api/v1/traces", bad); a.status != 422 && a.status != 413 {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	// Without a file: only with the release, once, and the two see it in the console too.
	asked := as(h, h.Town.Clerk).want(201, "POST", "/api/v1/traces", noFile(t, "body", string(h.Town.Body), "reason", why))
	id := council.ID(asked.text("id"))
	onDisk := filepath.Join(t.TempDir(), "found.pdf")
	if err := os.WriteFile(onDisk, file, 0o600); err != nil {
		t.Fatal(err)
	}
	run := func() (int, error) {
		f, err := os.Open(onDisk)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := h.Tracing.Run(t.Context(), "root", id, f)
		return len(r.Found), err
	}
	if n, err := run(); n != 0 || council.KindOf(err) != council.Conflict {
		t.Errorf("before the release: %d, %v", n, err)
	}
	if a := mayor.want(200, "POST", asked.text("url")+"/release", object{"give": true}); a.text("state") != "released" || a.at("result") != nil {
		t.Errorf("released: %s", a.body)
	}
	if n, err := run(); n != 1 || err != nil {
		t.Errorf("with the release: %d, %v", n, err)
	}
	if n, err := run(); n != 0 || council.KindOf(err) != council.Conflict {
		t.Errorf("the second time: %d, %v", n, err)
	}
	if a := mayor.want(200, "GET", asked.text("url"), nil); a.text("result", "findings", 0, "person", "id") != string(h.Town.MainMember) {
		t.Errorf("in the console: %s", a.body)
	}
}

// noFile is a form of fields alone.
func noFile(t *testing.T, fields ...string) form {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	_ = w.Close()
	return form{&b, w.FormDataContentType()}
}
