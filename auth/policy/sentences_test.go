package policy_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"ris/app/council"
	"ris/auth/policy"
)

// The town of the sentences: one council and two committees, an old and a current term, one meeting of the committee for
// building on 1 March 2026 with a public item, a non-public item and one that was withdrawn.
const (
	body, otherBody           = council.ID("stadt"), council.ID("amt")
	building, culture         = council.ID("bau"), council.ID("kultur")
	oldTerm, newTerm, nextOne = council.ID("wp-alt"), council.ID("wp-neu"), council.ID("wp-naechste")
	meetingID                 = council.ID("sitzung")
)

func date(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return t
}

var today = date("2026-03-10").Add(9 * time.Hour)

var terms = []council.LegislativeTerm{
	{Stamp: council.Stamp{ID: oldTerm}, Body: body, Start: date("2020-11-01"), End: date("2025-10-31")},
	{Stamp: council.Stamp{ID: newTerm}, Body: body, Start: date("2025-11-01"), End: date("2030-10-31")},
	{Stamp: council.Stamp{ID: nextOne}, Body: body, Start: date("2030-11-01")},
	{Stamp: council.Stamp{ID: "amt-wp"}, Body: otherBody, Start: date("2025-11-01")},
}

func seat(p, org council.ID, from, to string) council.Membership {
	return council.Membership{Body: body, Person: p, Organization: org, Start: date(from), End: date(to)}
}

// viewer puts together who asks.
func viewer(p council.ID, change func(*policy.Facts)) policy.Viewer {
	f := policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: p}, Body: body}, Terms: terms}
	change(&f)
	return policy.ForPerson(f, today)
}

func seated(p, org council.ID, from, to string) policy.Viewer {
	return viewer(p, func(f *policy.Facts) { f.Memberships = []council.Membership{seat(p, org, from, to)} })
}

func granted(p, body council.ID, role council.Role, from, to string) policy.Viewer {
	return viewer(p, func(f *policy.Facts) {
		f.Grants = []council.Grant{{Body: body, Person: p, Role: role, Start: date(from), End: date(to)}}
	})
}

// biased has a seat in the committee for building and the conflicts of interest that are recorded.
func biased(p council.ID) policy.Viewer {
	return viewer(p, func(f *policy.Facts) {
		f.Memberships, f.Conflicts = []council.Membership{seat(p, building, "2025-11-01", "")}, conflicts
	})
}

var people = map[string]policy.Viewer{
	"Öffentlichkeit":                     policy.Anonymous(),
	"Mitglied im Bauausschuss":           seated("m", building, "2025-11-01", ""),
	"Mitglied im Kulturausschuss":        seated("k", culture, "2025-11-01", ""),
	"Mitglied seit heute":                seated("h", building, "2026-03-10", ""),
	"Mitglied ab morgen":                 seated("mo", building, "2026-03-11", ""),
	"Mitglied bis heute":                 seated("bh", building, "2025-11-01", "2026-03-10"),
	"Ausgeschieden gestern":              seated("ag", building, "2025-11-01", "2026-03-09"),
	"Mitglied nur der alten Wahlperiode": seated("alt", building, "2020-11-01", "2025-10-31"),
	"Mitglied seit der alten":            seated("lang", building, "2020-11-01", ""),
	"Vertretung in dieser Sitzung": viewer("v", func(f *policy.Facts) {
		f.Substitutions = []council.Substitution{{Meeting: meetingID, Substitute: "v", Absent: "m", Organization: building}}
	}),
	"Vertretung in anderer Sitzung": viewer("va", func(f *policy.Facts) {
		f.Substitutions = []council.Substitution{{Meeting: "andere", Substitute: "va"}}
	}),
	"wer vertreten wird, ohne Sitz": viewer("x", func(f *policy.Facts) {
		f.Substitutions = []council.Substitution{{Meeting: meetingID, Substitute: "v", Absent: "x"}}
	}),
	"Befangenes Mitglied":               biased("bef"),
	"Mitglied, Befangenheit widerrufen": biased("wid"),
	"Sitzungsdienst":                    granted("s", body, council.Clerk, "2020-01-01", ""),
	"Sitzungsdienst des Amts":           granted("sa", otherBody, council.Clerk, "2020-01-01", ""),
	"Sitzungsdienst bis gestern":        granted("sg", body, council.Clerk, "2020-01-01", "2026-03-09"),
	"Bürgermeister ohne Sitz":           granted("b", body, council.Mayor, "2020-01-01", ""),
	"IT-Betreuung":                      granted("i", body, council.IT, "2020-01-01", ""),
	"Systemarbeit":                      policy.System("Test"),
	"niemand":                           {},
}

var conflicts = []council.ConflictOfInterest{
	{AgendaItem: "n1", Person: "bef"}, {AgendaItem: "ö1", Person: "bef"},
	{AgendaItem: "n1", Person: "wid", Revoked: date("2026-02-01")},
}

func meeting(state council.State, day string) council.Meeting {
	return council.Meeting{Stamp: council.Stamp{ID: meetingID}, Body: body, Organizations: []council.ID{building}, Start: date(day).Add(17 * time.Hour), State: state}
}

func item(id council.ID, public bool, state council.State) council.AgendaItem {
	return council.AgendaItem{Stamp: council.Stamp{ID: id}, Body: body, Meeting: meetingID, Public: public, State: state}
}

func on(m council.Meeting, items ...council.AgendaItem) []policy.ItemFacts {
	var out []policy.ItemFacts
	for _, it := range items {
		out = append(out, policy.ItemFacts{Item: it, Meeting: m, Terms: terms, Conflicts: conflicts})
	}
	return out
}

var (
	held      = meeting(council.Published, "2026-03-01")
	published = council.Published
	ö1        = item("ö1", true, published)
	n1        = item("n1", false, published)
	n2        = item("n2", false, published)
	gone      = item("w1", true, council.Withdrawn)
	draft     = item("e1", true, council.Draft)
	paper     = council.Paper{Body: body, State: published}
)

func paperOn(m council.Meeting, items ...council.AgendaItem) council.Audience {
	return policy.ForPaper(paper, on(m, items...))
}

func version(state council.State, current bool, of council.Audience) council.Audience {
	f := council.File{Body: body, State: published, Current: "v2"}
	v := council.FileVersion{Stamp: council.Stamp{ID: "v1"}, Body: body, State: state}
	if current {
		v.ID = "v2"
	}
	return policy.ForFileVersion(v, f, policy.ForFile(f, of))
}

// The rules as the office would sign them. Who is not named may not.
var sentences = []struct {
	rule string
	of   council.Audience
	may  []string
}{
	{"Einen Entwurf einer Sitzung sieht nur der Sitzungsdienst der Körperschaft.",
		policy.ForMeeting(meeting(council.Draft, "2026-03-01"), []council.AgendaItem{ö1}, terms), clerks()},
	{"Eine zurückgezogene Sitzung sieht nur der Sitzungsdienst.",
		policy.ForMeeting(meeting(council.Withdrawn, "2026-03-01"), []council.AgendaItem{ö1}, terms), clerks()},
	{"Eine Sitzung mit öffentlichem Punkt sehen alle.",
		policy.ForMeeting(held, []council.AgendaItem{n1, ö1}, terms), everybody()},
	{"Eine Sitzung ohne öffentlichen Punkt sehen nur ihr Gremium, ihre Vertretungen und der Sitzungsdienst.",
		policy.ForMeeting(held, []council.AgendaItem{n1}, terms), inside("Befangenes Mitglied")},
	{"Ein zurückgezogener öffentlicher Punkt macht die Sitzung nicht öffentlich, ein Entwurf auch nicht.",
		policy.ForMeeting(held, []council.AgendaItem{n1, gone, draft}, terms), inside("Befangenes Mitglied")},
	{"Einen öffentlichen Punkt sehen alle, auch Befangene.", policy.ForAgendaItem(on(held, ö1)[0]), everybody()},
	{"Einen nichtöffentlichen Punkt sehen Gremium, Vertretung, Sitzungsdienst; auch Befangene wissen, dass es ihn gibt.",
		policy.ForAgendaItem(on(held, n1)[0]), inside("Befangenes Mitglied")},
	{"Ein zurückgezogener Punkt ist nur für den Sitzungsdienst.", policy.ForAgendaItem(on(held, gone)[0]), clerks()},
	{"Ein öffentlicher Punkt einer Sitzung im Entwurf ist nicht öffentlich.",
		policy.ForAgendaItem(on(meeting(council.Draft, "2026-03-01"), ö1)[0]), clerks()},
	{"Eine Vorlage zum öffentlichen Punkt lesen alle, auch Befangene.", paperOn(held, ö1), everybody()},
	{"Eine nichtöffentliche Vorlage lesen Gremium, Vertretung, Sitzungsdienst, aber keine Befangenen; wessen Befangenheit widerrufen ist, liest.",
		paperOn(held, n1), inside()},
	{"Befangenheit gilt nur für die Punkte, zu denen sie erklärt ist.", paperOn(held, n2), inside("Befangenes Mitglied")},
	{"Steht eine nichtöffentliche Vorlage auf zwei Punkten, genügt Befangenheit bei einem.", paperOn(held, n2, n1), inside()},
	{"Steht eine Vorlage auch auf einem öffentlichen Punkt, ist sie öffentlich.", paperOn(held, n1, ö1), everybody()},
	{"Ein zurückgezogener öffentlicher Punkt macht die Vorlage nicht öffentlich.", paperOn(held, n2, gone), inside("Befangenes Mitglied")},
	{"Eine Vorlage ohne Punkt ist nur für den Sitzungsdienst.", paperOn(held), clerks()},
	{"Eine Vorlage im Entwurf ist nur für den Sitzungsdienst.",
		policy.ForPaper(council.Paper{Body: body, State: council.Draft}, on(held, ö1)), clerks()},
	{"Eine Vorlage ohne Zustand gilt als Entwurf.", policy.ForPaper(council.Paper{Body: body}, on(held, ö1)), clerks()},
	{"Nichtöffentliches der alten Wahlperiode lesen nur Mitglieder, deren Sitz damals schon bestand und noch besteht.",
		policy.ForPaper(paper, on(meeting(published, "2025-06-01"), n2)), []string{"Mitglied seit der alten", "Vertretung in dieser Sitzung", "Sitzungsdienst"}},
	{"Auch eine Fassung im Entwurf ist nur für den Sitzungsdienst, selbst bei öffentlicher Vorlage.",
		version(council.Draft, true, paperOn(held, ö1)), clerks()},
	{"Die geltende Fassung lesen die Leser der Vorlage.", version(published, true, paperOn(held, ö1)), everybody()},
	{"Eine ersetzte Fassung ist nicht mehr öffentlich, aber ihre Leser im Gremium behalten sie.",
		version(published, false, paperOn(held, ö1)), inside("Befangenes Mitglied")},
	{"Von einer ersetzten nichtöffentlichen Fassung bleiben Befangene ausgeschlossen.", version(published, false, paperOn(held, n1)), inside()},
	{"Eine zurückgezogene Fassung ist nur für den Sitzungsdienst.", version(council.Withdrawn, false, paperOn(held, ö1)), clerks()},
	{"Eine zurückgezogene Datei ist nur für den Sitzungsdienst.",
		policy.ForFile(council.File{Body: body, State: council.Withdrawn}, paperOn(held, ö1)), clerks()},
	{"Eine eigene Anmerkung liest nur, wer sie gemacht hat; weder Sitzungsdienst noch IT.",
		policy.ForAnnotation(council.Annotation{Owner: "k"}), []string{"Mitglied im Kulturausschuss"}},
	{"Was keine Leser nennt, liest niemand.", council.Audience{}, nil},
	{"Eine unbekannte Lesergruppe ist niemand.", council.Audience{Allowed: []council.Label{"alle", "org:bau", "org:bau@", "public2", ""}}, nil},
}

func clerks() []string { return []string{"Sitzungsdienst"} }

func inside(more ...string) []string {
	return append(more, "Mitglied im Bauausschuss", "Mitglied seit heute", "Mitglied bis heute", "Mitglied seit der alten",
		"Mitglied, Befangenheit widerrufen", "Vertretung in dieser Sitzung", "Sitzungsdienst")
}

func everybody() []string {
	var out []string
	for name := range people {
		if name != "niemand" {
			out = append(out, name)
		}
	}
	return out
}

func TestTheSentencesHoldForEveryViewer(t *testing.T) {
	for _, s := range sentences {
		may := map[string]bool{"Systemarbeit": true} // system work reads everything, under its name
		for _, name := range s.may {
			if _, ok := people[name]; !ok {
				t.Fatalf("nobody is called %q", name)
			}
			may[name] = true
		}
		for name, v := range people {
			if got := policy.CanRead(v, s.of); got != may[name] {
				t.Errorf("%s\n\t%s: liest %v, soll %v (%s)", s.rule, name, got, may[name], s.of)
			}
		}
	}
}

func TestWhoMayManage(t *testing.T) {
	secret, open := paperOn(held, n1), paperOn(held, ö1)
	for name, want := range map[string][2]council.Kind{ // for the secret and for the public paper
		"Öffentlichkeit": {council.NotFound, council.NotFound}, "niemand": {council.NotFound, council.NotFound},
		"Mitglied im Bauausschuss":    {council.Forbidden, council.Forbidden},
		"Mitglied im Kulturausschuss": {council.NotFound, council.Forbidden},
		"Befangenes Mitglied":         {council.NotFound, council.Forbidden},
		"Sitzungsdienst des Amts":     {council.NotFound, council.Forbidden},
		"Sitzungsdienst bis gestern":  {council.NotFound, council.Forbidden},
		"IT-Betreuung":                {council.NotFound, council.Forbidden},
		"Bürgermeister ohne Sitz":     {council.NotFound, council.Forbidden},
	} {
		for i, a := range []council.Audience{secret, open} {
			if err := policy.MayManage(people[name], body, a); err == nil || council.KindOf(err) != want[i] {
				t.Errorf("%s: %v, want kind %d", name, err, want[i])
			}
		}
	}
	for _, name := range []string{"Sitzungsdienst", "Systemarbeit"} {
		if err := policy.MayManage(people[name], body, secret); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if policy.IsAnyClerk(people["Sitzungsdienst bis gestern"]) || policy.IsClerk(people["Sitzungsdienst"], otherBody) ||
		!policy.IsIT(people["IT-Betreuung"]) || policy.IsAnyClerk(policy.System("Test")) {
		t.Error("roles")
	}
}

// A seat's last day ends at midnight in the town, which is 23 or 22 o'clock in Greenwich.
func TestTheDayIsTheTowns(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err) // the zones are in the binary: a server without tzdata must count days alike
	}
	f := policy.Facts{Person: council.Person{Stamp: council.Stamp{ID: "m"}}, Terms: terms,
		Memberships: []council.Membership{seat("m", building, "2025-11-01", "2026-06-30")}}
	last := time.Date(2026, 6, 30, 21, 59, 0, 0, time.UTC)
	for now, want := range map[time.Time]bool{last: true, last.Add(2 * time.Minute): false} {
		if got := policy.CanRead(policy.ForPerson(f, now.In(berlin)), paperOn(held, n1)); got != want {
			t.Errorf("%s: liest %v, soll %v", now.In(berlin), got, want)
		}
	}
}

func TestViewersSayWhoTheyAre(t *testing.T) {
	if policy.Anonymous().SignedIn() || policy.System("x").SignedIn() || !people["IT-Betreuung"].SignedIn() {
		t.Error("SignedIn")
	}
	if policy.System("").SystemReason() == "" || policy.Anonymous().Unfiltered() || !policy.System("x").Unfiltered() {
		t.Error("system work must have a name")
	}
	if b := people["Mitglied bis heute"].Bodies(); len(b) != 1 || b[0] != body {
		t.Errorf("bodies: %v", b)
	}
	if b := people["Ausgeschieden gestern"].Bodies(); len(b) != 0 {
		t.Errorf("bodies of somebody who has left: %v", b)
	}
	if term := policy.TermOf(terms, body, date("2025-10-31").Add(23*time.Hour)); term == nil || term.ID != oldTerm {
		t.Errorf("term: %v", term)
	}
	if policy.TermOf(terms, body, date("2019-01-01")) != nil {
		t.Error("a term before all terms")
	}
}
