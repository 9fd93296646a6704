package sso

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ris/auth/sso/ssotest"
)

// An otherwise honest document is taken up to the limit and refused beyond it, with and without a declared length.
func TestAnswersAreReadUpToALimit(t *testing.T) {
	for name, c := range map[string]struct {
		padding  int
		declared bool
		ok       bool
	}{
		"half of it": {MaxAnswer / 2, true, true}, "half of it, chunked": {MaxAnswer / 2, false, true},
		"more": {MaxAnswer + 1, true, false}, "more, chunked": {MaxAnswer + 1, false, false}, "10 MB": {10 << 20, false, false},
	} {
		var s *httptest.Server
		s = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			doc, _ := json.Marshal(map[string]any{"issuer": s.URL, "authorization_endpoint": s.URL + "/a", "token_endpoint": s.URL + "/t", "jwks_uri": s.URL + "/k",
				"padding": strings.Repeat("x", c.padding)})
			if !c.declared {
				w.(http.Flusher).Flush()
			}
			_, _ = w.Write(doc)
		}))
		client, err := New(Config{Issuer: s.URL, ClientID: "ris"})
		if err != nil {
			t.Fatal(err)
		}
		if err := client.Ready(t.Context()); (err == nil) != c.ok || err != nil && !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
		s.Close()
	}
}

func TestRedirectsOfAProviderStayWithIt(t *testing.T) {
	other := ssotest.NewForge(t, "a@b.example")
	s := httptest.NewServer(http.RedirectHandler(other.URL+"/.well-known/openid-configuration", http.StatusFound))
	defer s.Close()
	client, err := New(Config{Issuer: s.URL, ClientID: "ris"})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "without https") {
		t.Errorf("led to another host: %v", err)
	}
}

func TestGroupsAreReadWithinLimits(t *testing.T) {
	for _, c := range []struct {
		claims, path string
		want         string
		found        bool
		why          Why
	}{
		{`{"groups":["a","b"]}`, "groups", "a b", true, ""},
		{`{"groups":"a"}`, "groups", "a", true, ""},
		{`{"groups":[]}`, "groups", "", true, ""},
		{`{}`, "groups", "", false, ""},
		{`{"groups":["a"]}`, "", "", false, ""},
		{`{"realm_access":{"roles":["r"]}}`, "realm_access.roles", "r", true, ""},
		{`{"https://stadt.example/groups":["g"]}`, "https://stadt.example/groups", "g", true, ""},
		{`{"realm_access":"x"}`, "realm_access.roles", "", false, ""},
		{`{"groups":null}`, "groups", "", true, ""},
		{`{"groups":{"a":1}}`, "groups", "", true, OddClaims},
		{`{"groups":[1]}`, "groups", "", true, OddClaims},
		{`{"groups":[""]}`, "groups", "", true, OddClaims},
		{`{"_claim_names":{"groups":"s"}}`, "groups", "", false, TooManyGroups},
		{`{"hasgroups":true}`, "groups", "", false, TooManyGroups},
		{`[]`, "groups", "", false, OddClaims},
		{`{"x":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, "groups", "", false, OddClaims},
	} {
		groups, found, err := Groups([]byte(c.claims), c.path)
		var refused *Refused
		why := Why("")
		if errors.As(err, &refused) {
			why = refused.Why
		}
		if strings.Join(groups, " ") != c.want || found != c.found || why != c.why {
			t.Errorf("%.60s: %v %v %v", c.claims, groups, found, err)
		}
	}
}
