package bodies_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/bodies"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/sandbox"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

func key(err error) string {
	var e *council.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// TestTheMarkOfABody: a template is kept when everybody's mark fits, copies carry it at once, and the log says who changed it.
func TestTheMarkOfABody(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, body := h.As(h.Town.Clerk), h.Town.Body
	before, err := h.Bodies.ShowPreparation(ctx, clerk, body)
	if err != nil || before.Template != "" || len(before.Types) < len(bodies.UsualTypes) {
		t.Fatalf("%+v, %v", before, err)
	}
	set := func(template string, revision int64) (bodies.Preparation, error) {
		return h.Bodies.ChangePreparation(ctx, clerk, body, revision, bodies.ChangePreparation{Template: &template})
	}
	for template, want := range map[string]string{
		"{name} {nmae}":                              "preparation.error.placeholder",
		strings.Repeat("x", 501):                     "preparation.error.template",
		"{name}\n" + strings.Repeat("{account} ", 5): "preparation.error.too_long",
		strings.Repeat("{name}\n", 7):                "preparation.error.too_long",
	} {
		if _, err := set(template, 0); key(err) != want || council.KindOf(err) != council.Invalid {
			t.Errorf("%.20q: %v, want %s", template, err, want)
		}
	}
	after, err := set("Nur für {name}\n{code}", before.Body.Revision)
	if err != nil || after.Template != "Nur für {name}\n{code}" || after.Body.Revision == before.Body.Revision {
		t.Fatalf("%+v, %v", after, err)
	}
	if _, err := set("{name}", before.Body.Revision); council.KindOf(err) != council.Stale {
		t.Errorf("the second clerk: %v", err)
	}
	log, err := h.Store.AuditEntries(ctx, policy.System("test"), council.AuditFilter{Object: body})
	if err != nil || len(log) != 1 || log[0].Act != "body.preparation" || log[0].Actor != clerk.Person() {
		t.Errorf("the log: %+v, %v", log, err)
	}
	types := []bodies.TypeMode{{PaperType: "Antrag", Mode: council.Raster}}
	if after, err = h.Bodies.ChangePreparation(ctx, clerk, body, 0, bodies.ChangePreparation{Types: types}); err != nil || after.Template == "" {
		t.Errorf("modes alone: %+v, %v", after, err)
	}
	if m, err := h.Store.PreparationMode(ctx, body, "Antrag"); err != nil || m != council.Raster {
		t.Errorf("Antrag: %s, %v", m, err)
	}
	types[0].Mode = "glued"
	if _, err = h.Bodies.ChangePreparation(ctx, clerk, body, 0, bodies.ChangePreparation{Types: types}); council.KindOf(err) != council.Invalid {
		t.Errorf("no mode: %v", err)
	}
	samples, err := h.Bodies.PreviewPreparation(ctx, clerk, body, "{name}\n{account}")
	if err != nil || len(samples) != 2 || samples[0].Name != clerk.Name() || len(samples[0].Picture) < 1000 || samples[0].Problem != nil {
		t.Errorf("preview: %+v, %v", samples, err)
	}
	if samples, err = h.Bodies.PreviewPreparation(ctx, clerk, body, strings.Repeat("{name}\n", 7)); err != nil || samples[0].Problem == nil || samples[0].Picture != "" {
		t.Errorf("preview of what does not fit: %v", err)
	}
}

// TestWhoseMarkDoesNotFit: somebody who came after the template was kept is named before publishing, and nothing is published.
func TestWhoseMarkDoesNotFit(t *testing.T) {
	h := halltest.Open(t, "")
	clerk := h.As(h.Town.Clerk)
	m := h.Meeting()
	h.Item(m.ID, "Punkt", true)
	long := council.Person{Body: h.Town.Body, Name: strings.Repeat("Maria-Magdalena ", 14) + "Lang", FamilyName: "Lang", Account: "lang@probe.example"}
	if err := h.Store.SavePerson(ctx, &long); err != nil {
		t.Fatal(err)
	}
	p, err := h.Meetings.PreviewPublish(ctx, clerk, m.ID)
	if err != nil || len(p.Blockers) != 1 || p.Blockers[0].Key != "meeting.publish.mark_too_long" || !strings.Contains(strings.Join(p.Blockers[0].Args, ""), "Lang") {
		t.Fatalf("blockers %+v, %v", p.Blockers, err)
	}
	if _, err := h.Meetings.RequestPublish(ctx, clerk, m.ID, 0); key(err) != "meeting.publish.mark_too_long" || council.KindOf(err) != council.Conflict {
		t.Errorf("publishing: %v", err)
	}
	template := "{account}"
	if _, err := h.Bodies.ChangePreparation(ctx, clerk, h.Town.Body, 0, bodies.ChangePreparation{Template: &template}); err != nil {
		t.Fatal(err)
	}
	if p, err = h.Meetings.PreviewPublish(ctx, clerk, m.ID); err != nil || len(p.Blockers) != 0 {
		t.Errorf("with a shorter template %+v, %v", p.Blockers, err)
	}
}

func TestTheSettingsOverHTTP(t *testing.T) {
	h := halltest.Open(t, "")
	ask := func(who council.ID, method, path, body string, header ...string) (int, http.Header, []byte) {
		t.Helper()
		req, err := http.NewRequest(method, h.URL+"/api/v1/bodies/"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if who != "" {
			req.Header.Set("Cookie", h.Cookie(who))
		}
		req.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var b bytes.Buffer
		_, _ = b.ReadFrom(res.Body)
		return res.StatusCode, res.Header, b.Bytes()
	}
	own := string(h.Town.Body) + "/preparation"
	unknown := string(council.NewID(h.Now())) + "/preparation"
	_, head, _ := ask(h.Town.Clerk, "GET", own, "")
	tag := head.Get("ETag")
	for _, c := range []struct {
		who          council.ID
		method, path string
		tag          string
		want         int
	}{
		{"", "GET", own, "", 401}, {"", "GET", unknown, "", 401}, {"", "PUT", own, tag, 401},
		{h.Town.MainMember, "GET", own, "", 403}, {h.Town.MainMember, "GET", own + "/preview", "", 403}, {h.Town.MainMember, "PUT", own, tag, 403},
		{h.Town.IT, "GET", own, "", 403}, {h.Town.OtherClerk, "GET", own, "", 403}, {h.Town.OtherClerk, "PUT", own, tag, 403},
		{h.Town.Clerk, "GET", unknown, "", 404}, {h.Town.MainMember, "PUT", unknown, tag, 404}, {h.Town.Clerk, "GET", own, "", 200},
		{h.Town.Clerk, "GET", own + "/preview?template=%7Bname%7D", "", 200}, {h.Town.Clerk, "GET", own + "/preview?template=%7Bx%7D", "", 422},
		{h.Town.Clerk, "PUT", own, "", 428}, {h.Town.MainMember, "PUT", own, "", 403}, {h.Town.Clerk, "PUT", own, `"999"`, 412}, {h.Town.Clerk, "PUT", own, tag, 200},
	} {
		body := ""
		var header []string
		if c.method == "PUT" {
			body = `{"template":"{name}\n{code}","paperTypes":[{"paperType":"Antrag","mode":"interleaved"}]}`
			if c.tag != "" {
				header = []string{"If-Match", c.tag}
			}
		}
		status, _, answer := ask(c.who, c.method, c.path, body, header...)
		if status != c.want {
			t.Errorf("%s %s: %d, want %d: %s", c.method, c.path, status, c.want, answer)
		}
	}
	_, head, b := ask(h.Town.Clerk, "GET", own, "")
	var p struct {
		Template   string
		PaperTypes []struct{ PaperType, Mode string }
	}
	if err := json.Unmarshal(b, &p); err != nil || p.Template != "{name}\n{code}" || head.Get("ETag") == tag {
		t.Errorf("%s, %v", b, err)
	}
}
