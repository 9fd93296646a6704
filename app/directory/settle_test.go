package directory_test

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/directory"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/sso"
)

type town struct {
	t       *testing.T
	store   *store.Store
	now     time.Time
	service *directory.Service
	city    council.Body
	village council.Body
	person  council.Person
	it      council.Person
}

func newTown(t *testing.T) *town {
	t.Helper()
	x := &town{t: t, now: time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC)}
	clock := func() time.Time { return x.now }
	s, err := store.Open(t.Context(), store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db"), Clock: clock})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	must(t, s.Migrate(t.Context()))
	x.store = s
	x.city, x.village = council.Body{Name: "Stadt Auenrode", ShortName: "Auenrode"}, council.Body{Name: "Gemeinde Wiesengrund"}
	must(t, s.SaveBody(t.Context(), &x.city))
	must(t, s.SaveBody(t.Context(), &x.village))
	x.person = council.Person{Body: x.city.ID, Name: "Erika Beispiel", Account: "erika@stadt.example"}
	must(t, s.SavePerson(t.Context(), &x.person))
	x.it = council.Person{Body: x.city.ID, Name: "Technik", Account: "it@stadt.example"}
	must(t, s.SavePerson(t.Context(), &x.it))
	must(t, s.SaveGrant(t.Context(), &council.Grant{Body: x.city.ID, Person: x.it.ID, Role: council.IT}))
	zone, err := time.LoadLocation("Europe/Berlin")
	must(t, err)
	x.service = &directory.Service{Store: s, Clock: clock, Zone: zone, Rules: []directory.Rules{
		{Name: "verwaltung", Issuer: "https://verwaltung.example", GroupsClaim: "groups", OnlyGroups: true, Rules: []directory.Rule{
			{Group: "RIS-Sitzungsdienst", Kind: directory.Clerk, Bodies: []string{"auenrode"}},
			{Group: "RIS-Amt", Kind: directory.Clerk},
			{Group: "RIS-Gast", Kind: directory.Guest},
			{Group: "RIS-Fehler", Kind: directory.IT, Bodies: []string{"Neustadt"}},
		}},
		{Name: "rat", Issuer: "https://rat.example"},
	}}
	return x
}

// offices are the person's rights as the policy sees them now.
func (x *town) offices() string {
	facts, err := x.store.Facts(x.t.Context(), x.person.ID)
	must(x.t, err)
	v := policy.ForPerson(facts, x.now.In(x.service.Zone))
	var out []string
	for _, b := range policy.ClerkBodies(v) {
		out = append(out, map[council.ID]string{x.city.ID: "city", x.village.ID: "village"}[b])
	}
	slices.Sort(out) // ids made within one millisecond have no order
	return strings.Join(out, " ")
}

func TestOfficesFollowTheGroups(t *testing.T) {
	x := newTown(t)
	settle := func(provider string, groups ...string) error {
		return x.service.Settle(t.Context(), provider, x.person, groups)
	}
	must(t, settle("verwaltung", "RIS-Sitzungsdienst", "anderes"))
	if got := x.offices(); got != "city" {
		t.Fatalf("clerk of the city wanted: %q", got)
	}
	must(t, settle("verwaltung", "RIS-Sitzungsdienst"))
	if grants, _ := x.store.Grants(t.Context(), x.person.ID); len(grants) != 1 {
		t.Errorf("the same groups again wrote something: %+v", grants)
	}
	must(t, settle("verwaltung", "RIS-Amt"))
	if got := x.offices(); got != "city village" {
		t.Errorf("clerk everywhere wanted: %q", got)
	}
	// Offices end at once, not at midnight, and only those that this provider's groups gave.
	must(t, x.store.SaveGrant(t.Context(), &council.Grant{Body: x.village.ID, Person: x.person.ID, Role: council.Mayor}))
	must(t, settle("verwaltung", "RIS-Gast"))
	if got := x.offices(); got != "" {
		t.Errorf("the groups are gone, the offices are not: %q", got)
	}
	grants, err := x.store.Grants(t.Context(), x.person.ID)
	must(t, err)
	for _, g := range grants {
		if g.Role == council.Mayor && !g.End.IsZero() {
			t.Error("an office given by hand was taken")
		}
	}
	if err := settle("verwaltung", "ris-gast"); council.KindOf(err) != council.Forbidden {
		t.Errorf("in no group: %v", err)
	}
	if err := settle("unbekannt", "RIS-Amt"); council.KindOf(err) != council.Forbidden {
		t.Errorf("unknown provider: %v", err)
	}
	// A provider whose groups count for nothing gives nothing and takes nothing of the other's.
	must(t, settle("verwaltung", "RIS-Amt"))
	must(t, settle("rat", "RIS-Amt"))
	if got := x.offices(); got != "city village" {
		t.Errorf("another provider changed offices: %q", got)
	}
	var acts []string
	entries, err := x.store.AuditEntries(t.Context(), policy.System("test"), council.AuditFilter{Object: x.person.ID})
	must(t, err)
	for _, e := range entries {
		acts = append(acts, e.Act)
	}
	if len(acts) != 6 || strings.Count(strings.Join(acts, " "), "grant.end") != 2 {
		t.Errorf("log: %v", acts)
	}
}

func TestTheTrialWritesNothingAndIsForITAlone(t *testing.T) {
	x := newTown(t)
	viewer := func(p council.Person) policy.Viewer {
		facts, err := x.store.Facts(t.Context(), p.ID)
		must(t, err)
		return policy.ForPerson(facts, x.now)
	}
	read := func(claims []byte, path string) ([]string, string) {
		groups, _, err := sso.Groups(claims, path)
		if err != nil {
			return nil, err.Error()
		}
		return groups, ""
	}
	if _, err := x.service.Try(t.Context(), viewer(x.person), "verwaltung", "", "erika@stadt.example", read); council.KindOf(err) != council.Forbidden {
		t.Errorf("asked by a member: %v", err)
	}
	if _, err := x.service.Providers(viewer(x.person)); council.KindOf(err) != council.Forbidden {
		t.Errorf("rules shown to a member: %v", err)
	}
	must(t, x.service.Settle(t.Context(), "verwaltung", x.person, []string{"RIS-Amt"}))
	before, _ := x.store.Grants(t.Context(), x.person.ID)
	trial, err := x.service.Try(t.Context(), viewer(x.it), "verwaltung",
		`{"email":"erika@stadt.example","email_verified":true,"groups":["RIS-Sitzungsdienst","RIS-Fehler"]}`, "", read)
	must(t, err)
	if trial.Person == nil || trial.Person.ID != x.person.ID || len(trial.Result.Given) != 1 || trial.Result.Given[0].Body.ID != x.city.ID ||
		len(trial.Lost) != 1 || trial.Lost[0].Body.ID != x.village.ID || len(trial.Result.Unknown) != 1 || !trial.Result.Let {
		t.Errorf("%+v", trial)
	}
	if after, _ := x.store.Grants(t.Context(), x.person.ID); len(after) != len(before) || after[0].Revision != before[0].Revision {
		t.Error("the trial wrote")
	}
	// The IT of one Body learns nothing of another's people: their addresses are like those that nobody has.
	far := council.Person{Body: x.village.ID, Name: "Fern Fremd", Account: "fern@dorf.example"}
	must(t, x.store.SavePerson(t.Context(), &far))
	must(t, x.store.SaveGrant(t.Context(), &council.Grant{Body: x.village.ID, Person: far.ID, Role: council.Clerk}))
	{
		hidden, err := x.service.Try(t.Context(), viewer(x.it), "rat", "", "fern@dorf.example", read)
		must(t, err)
		nobody, err := x.service.Try(t.Context(), viewer(x.it), "rat", "", "niemand@dorf.example", read)
		must(t, err)
		if !reflect.DeepEqual(hidden, nobody) {
			t.Errorf("the IT of the city sees %+v of the village's clerk", hidden)
		}
	}
	must(t, x.store.SaveGrant(t.Context(), &council.Grant{Body: x.city.ID, Person: far.ID, Role: council.Mayor}))
	if trial, err := x.service.Try(t.Context(), viewer(x.it), "rat", "", "fern@dorf.example", read); err != nil || trial.Person == nil || len(trial.Kept) != 2 {
		t.Errorf("somebody with an office here: %+v %v", trial, err)
	}
	if trial, err := x.service.Try(t.Context(), viewer(x.it), "verwaltung", `{"email":"erika@stadt.example","groups":[]}`, "", read); err != nil || trial.Person != nil || trial.Result.Let {
		t.Errorf("an address that the provider does not vouch for: %+v %v", trial, err)
	}
	if trial, err := x.service.Try(t.Context(), viewer(x.it), "verwaltung", `{"_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph.example"}}}`, "", read); err != nil || !strings.Contains(trial.Refusal, "pointer") {
		t.Errorf("Entra's pointer: %+v %v", trial, err)
	}
	for _, bad := range []string{"[]", "x", `"text"`} {
		if _, err := x.service.Try(t.Context(), viewer(x.it), "verwaltung", bad, "", read); council.KindOf(err) != council.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
