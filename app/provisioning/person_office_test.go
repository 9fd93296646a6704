package provisioning_test

import (
	"strings"
	"testing"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/provisioning"
	"ris/auth/policy"
)

// The office of a Fraktion is granted at the desk or by a table, read back, and ended: the right comes and goes with it, and the log says which.
func TestOfficesOfGroups(t *testing.T) {
	o := open(t)
	o.take(system, town)
	clerk := o.who("dienst@stadt.example")
	body := clerk.Bodies()[0]
	organizations, err := o.store.Organizations(ctx, body)
	must(t, err)
	byName := map[string]council.ID{}
	for _, x := range organizations {
		byName[x.Name] = x.ID
	}
	group := byName["Grüne Liste"]
	amt := council.Body{Name: "Amt"}
	must(t, o.store.SaveBody(ctx, &amt))
	foreign := council.Organization{Body: amt.ID, Name: "Fremde Fraktion", Type: council.Faction}
	must(t, o.store.SaveOrganization(ctx, &foreign))
	for _, c := range []struct {
		name string
		w    provisioning.GrantWish
		want string
	}{
		{"no Fraktion", provisioning.GrantWish{Role: council.GroupOffice}, "import.error.group_office"},
		{"a committee", provisioning.GrantWish{Role: council.GroupOffice, Organization: byName["Rat"]}, "import.error.group_office"},
		{"of another Body", provisioning.GrantWish{Role: council.GroupOffice, Organization: foreign.ID}, "error.not_found"},
		{"of nobody", provisioning.GrantWish{Role: council.GroupOffice, Organization: council.NewID(clock())}, "error.not_found"},
		{"another role with one", provisioning.GrantWish{Role: council.Clerk, Organization: group}, "error.invalid"},
	} {
		if _, _, err := o.AddPerson(ctx, clerk, provisioning.Wish{Body: body, FamilyName: text("X"), Grants: []provisioning.GrantWish{c.w}}); key(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	// Also for who keeps both bodies.
	if _, _, err := o.AddPerson(ctx, system, provisioning.Wish{Body: body, FamilyName: text("X"), Grants: []provisioning.GrantWish{{Role: council.GroupOffice, Organization: foreign.ID}}}); key(err) != "error.not_found" {
		t.Errorf("another Body's Fraktion by who keeps both: %v", err)
	}
	reads := func(account string) bool {
		return strings.Contains(strings.Join(labels(o.who(account)), " "), "org:"+string(group)+"@")
	}
	card, _, err := o.AddPerson(ctx, clerk, provisioning.Wish{Body: body, FamilyName: text("Büro"), Account: text("buero@stadt.example"),
		Grants: []provisioning.GrantWish{{Role: council.GroupOffice, Organization: group, End: time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)}}})
	must(t, err)
	if len(card.Grants) != 1 || card.Grants[0].Group.Name != "Grüne Liste" || !reads("buero@stadt.example") {
		t.Fatalf("granted: %+v", card.Grants)
	}
	lines, err := o.store.AuditEntries(ctx, system, council.AuditFilter{Act: audit.GrantAdd, Object: card.Grants[0].ID})
	if err != nil || len(lines) != 1 || lines[0].Details["role"] != "group_office" || lines[0].Details["organization"] != string(group) {
		t.Errorf("the log: %+v %v", lines, err)
	}
	// The table that is given out is read back without a change, and makes the same in a line of its own.
	csv := o.export(clerk)
	if p := o.file(clerk, csv); len(p.Lines) != 0 || len(p.Problems) != 0 || !strings.Contains(csv, "Fraktionsgeschäftsstelle") {
		t.Errorf("read back: %+v %+v", p.Lines, p.Problems)
	}
	o.take(clerk, "Nachname;E-Mail;Rolle;Fraktion\nZweites;zwei@stadt.example;Fraktionsgeschäftsstelle;Grüne Liste\n")
	if !reads("zwei@stadt.example") {
		t.Error("by a table: no right")
	}
	if p := o.file(clerk, "Nachname;Rolle;Fraktion\nDrittes;Fraktionsgeschäftsstelle;Rat\n"); len(p.Problems) != 1 || p.Problems[0].Key != "import.error.faction" {
		t.Errorf("a committee by a table: %+v", p.Problems)
	}
	g := card.Grants[0]
	card, _, err = o.ChangePerson(ctx, clerk, card.ID, 0, provisioning.Wish{Grants: []provisioning.GrantWish{{ID: g.ID, Role: council.GroupOffice, Start: g.Start, End: g.Start.AddDate(0, 0, -1)}}})
	must(t, err)
	if reads("buero@stadt.example") || card.Grants[0].End.IsZero() {
		t.Error("ended, and goes on")
	}
	if lines, err := o.store.AuditEntries(ctx, system, council.AuditFilter{Act: audit.GrantChange, Object: g.ID}); err != nil || len(lines) != 1 {
		t.Errorf("the log of the end: %+v %v", lines, err)
	}
	if _, err := o.ChooseKind(ctx, system, o.group(body), council.GroupOffice); council.KindOf(err) != council.Invalid {
		t.Errorf("a group of the directory gives the office of a Fraktion: %v", err)
	}
}

// group is a group of the directory.
func (o *office) group(body council.ID) council.ID {
	o.Helper()
	g := council.ScimGroup{Body: body, DisplayName: "Gruppe"}
	must(o.T, o.store.SaveScimGroup(ctx, &g))
	return g.ID
}

func labels(v policy.Viewer) (out []string) {
	for _, l := range v.Labels() {
		out = append(out, string(l))
	}
	return out
}

// A new link needs a reason, a known identity and somebody else; then the old account is nobody's, and the log keeps the reason.
func TestANewLinkToTheProvider(t *testing.T) {
	o := open(t)
	o.take(system, town)
	clerk, erika := o.who("dienst@stadt.example"), o.person("erika@stadt.example")
	must(t, o.store.SaveIdentity(ctx, "https://idp.example", "old", erika.ID))
	must(t, o.store.SaveIdentity(ctx, "https://idp.example", "clerk", clerk.Person()))
	const why = "Neues Konto nach Namensänderung"
	for _, c := range []struct {
		name, reason string
		v            policy.Viewer
		id           council.ID
		want         string
	}{
		{"no reason", " . ", clerk, erika.ID, "import.error.reason"},
		{"a long reason", strings.Repeat("x", 301), clerk, erika.ID, "import.error.reason"},
		{"oneself", why, clerk, clerk.Person(), "import.error.own_rights"},
		{"never signed in", why, clerk, o.person("joerg@stadt.example").ID, "import.error.not_linked"},
		{"a member", why, o.who("joerg@stadt.example"), erika.ID, "error.not_found"},
		{"nobody", why, clerk, council.NewID(clock()), "error.not_found"},
	} {
		if err := o.RelinkPerson(ctx, c.v, c.id, c.reason); key(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if id, err := o.store.IdentityPerson(ctx, "https://idp.example", "old"); err != nil || id != erika.ID {
		t.Fatalf("a refused act unlinked: %v", err)
	}
	must(t, o.RelinkPerson(ctx, clerk, erika.ID, " "+why+" "))
	if _, err := o.store.IdentityPerson(ctx, "https://idp.example", "old"); council.KindOf(err) != council.NotFound {
		t.Errorf("still linked: %v", err)
	}
	lines, err := o.store.AuditEntries(ctx, system, council.AuditFilter{Act: audit.IdentityUnlink, Object: erika.ID})
	if err != nil || len(lines) != 1 || lines[0].Details["reason"] != why || lines[0].Actor != clerk.Person() {
		t.Errorf("the log: %+v %v", lines, err)
	}
}
