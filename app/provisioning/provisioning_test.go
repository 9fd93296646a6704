package provisioning_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/app/publication"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/session"
)

var (
	ctx    = context.Background()
	system = policy.System("test")
	ticks  atomic.Int64 // each look at the clock is a millisecond later
	clock  = func() time.Time {
		return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC).Add(time.Duration(ticks.Add(1)) * time.Millisecond)
	}
)

// office is a fresh installation.
type office struct {
	*testing.T
	*provisioning.Service
	store *store.Store
}

type sessions struct{ *session.Manager }

func (s sessions) EndPerson(ctx context.Context, p council.ID) error {
	_, err := s.Manager.EndPerson(ctx, p, session.AccountOff)
	return err
}

func open(t *testing.T) *office {
	t.Helper()
	s, err := store.Open(ctx, store.Config{DSN: "sqlite:" + filepath.Join(t.TempDir(), "ris.db"), Clock: clock})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	must(t, s.Migrate(ctx))
	public := publication.New(publication.Deps{Source: s, Model: s, Clock: clock})
	return &office{t, &provisioning.Service{Store: s, Public: public, Sessions: sessions{session.NewManager(s, clock)}, Clock: clock}, s}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func key(err error) string {
	var e *council.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return fmt.Sprint(err)
}

func (o *office) file(v policy.Viewer, text string) provisioning.Preview {
	o.Helper()
	p, err := o.PreviewImport(ctx, v, provisioning.File{Name: "liste.csv", Data: []byte(text)})
	must(o.T, err)
	return p
}

// take applies a file that must have no problem.
func (o *office) take(v policy.Viewer, text string) council.Import {
	o.Helper()
	p := o.file(v, text)
	if len(p.Problems) > 0 {
		o.Fatalf("problems %+v", p.Problems)
	}
	done, err := o.ApplyImport(ctx, v, provisioning.File{Name: "liste.csv", Data: []byte(text)}, p.Digest)
	must(o.T, err)
	return done
}

func ops(p provisioning.Preview) string {
	var out []string
	for _, l := range p.Lines {
		out = append(out, fmt.Sprintf("%s %s %s", l.Op, l.Kind, l.Label))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

const town = "Art;Name;Kurzname;Gremiumart;Titel;Vorname;Nachname;E-Mail;Gremium;Funktion;Fraktion;Rolle;Von;Bis\r\n" +
	"Person;;;;Dr.;Erika;Muster;erika@stadt.example;Rat;Mitglied;Grüne Liste;;01.11.2026;\r\n" +
	"Person;;;;;Erika;Muster;erika@stadt.example;Bauausschuss;Vorsitz;Grüne Liste;;1.11.26;\r\n" +
	"Person;;;;;Jörg;Groß;joerg@stadt.example;Rat;Mitglied;;;2026-11-01;\r\n" +
	";;;;;Karla;Dienst;dienst@stadt.example;;;;Sitzungsdienst;;\r\n" +
	"Körperschaft;Stadt Probe;Probe;;;;;;;;;;;\r\n" +
	"Wahlperiode;2026–2031;;;;;;;;;;;01.11.2026;31.10.2031\r\n" +
	"Gremium;Rat;;Gremium;;;;;;;;;;\r\n" +
	"Gremium;Bauausschuss;BauA;Gremium;;;;;;;;;;\r\n" +
	"Fraktion;Grüne Liste;;;;;;;;;;;;\r\n"

// body is the one Body, clerk the person with the role, as viewer of this moment.
func (o *office) who(account string) policy.Viewer {
	o.Helper()
	p, err := o.store.PersonByAccount(ctx, account)
	must(o.T, err)
	f, err := o.store.Facts(ctx, p.ID)
	must(o.T, err)
	return policy.ForPerson(f, clock())
}

// An empty installation gets its town from one file, whatever the order of its lines; the first member then holds the right of the
// seat, the clerk the right of the office, and the public sees who sits.
func TestAnEmptyInstallationGetsItsTown(t *testing.T) {
	o := open(t)
	p := o.file(system, town)
	want := "added body Stadt Probe\nadded grant Karla Dienst\nadded legislative_term 2026–2031\nadded membership Dr. Erika Muster – Bauausschuss\n" +
		"added membership Dr. Erika Muster – Rat\nadded membership Jörg Groß – Rat\nadded organization Bauausschuss\nadded organization Grüne Liste\nadded organization Rat\n" +
		"added person Dr. Erika Muster\nadded person Jörg Groß\nadded person Karla Dienst"
	if got := ops(p); got != want || len(p.Problems) != 0 {
		t.Fatalf("difference\n%s\nwant\n%s\nproblems %+v", got, want, p.Problems)
	}
	if bodies, _ := o.store.Bodies(ctx, system); len(bodies) != 0 {
		t.Fatal("a preview has written")
	}
	o.take(system, town)
	clerk := o.who("DIENST@stadt.example")
	bodies, err := o.store.Bodies(ctx, clerk)
	must(t, err)
	if len(bodies) != 1 || !policy.IsClerk(clerk, bodies[0].ID) {
		t.Fatalf("bodies %+v, clerk %v", bodies, clerk.Labels())
	}
	if labels := fmt.Sprint(o.who("erika@stadt.example").Labels()); strings.Count(labels, "org:") != 2 {
		t.Errorf("the member holds %s", labels)
	}
	if p := o.file(system, town); len(p.Lines) != 0 || p.Same != 9 {
		t.Errorf("the same file again: %s, same %d", ops(p), p.Same)
	}
}

// Every way in which offices save their tables gives the same difference.
func TestTheSameFileInEveryForm(t *testing.T) {
	o := open(t)
	want := ops(o.file(system, town))
	latin := strings.NewReplacer("ö", "\xf6", "ü", "\xfc", "ß", "\xdf", "–", "\x96").Replace(town)
	wide := []byte{0xff, 0xfe}
	for _, r := range strings.ReplaceAll(town, ";", "\t") {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, text := range map[string]string{
		"bom": "\ufeff" + town, "windows-1252": latin, "commas": strings.ReplaceAll(town, ";", ","), "utf-16 with tabs": string(wide),
		"sep line": "sep=;\r\n" + town, "unix lines": strings.ReplaceAll(town, "\r\n", "\n"), "old mac": strings.ReplaceAll(town, "\r\n", "\r"),
		"blank lines and spaces": "\r\n;;;\r\n" + strings.ReplaceAll(town, ";Rat;", "; Rat\u00a0;") + ";;;;;;;;\r\n",
		"other headings":         strings.Replace(strings.Replace(town, "E-Mail", "EMAIL-Adresse", 1), "Funktion", " funktion ", 1),
		"quoted":                 strings.ReplaceAll(town, ";Rat;", `;"Rat";`), "decomposed": strings.ReplaceAll(town, "ö", "o\u0308"),
	} {
		if got := ops(o.file(system, text)); got != want {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}

// What is wrong is said all at once, with line and what to do, and nothing is done.
func TestWrongLinesAreNamedAndNothingIsDone(t *testing.T) {
	o := open(t)
	o.take(system, town)
	file := "Art;Nachname;Vorname;E-Mail;Gremium;Fraktion;Rolle;Von;Bis;Stimmrecht\n" +
		"Person;Neu;Nora;nora@stadt.example;Rat;;;;;\n" + // good, and not done all the same
		"Person;Neu;Nils;nils@;Rat;;;;;\n" +
		"Person;Alt;Anna;;Rat;;;31.11.2026;;\n" +
		"Person;Alt;Anna;;Verkehrsausschuss;;;;;\n" +
		"Person;Alt;Anna;;Rat;Blaue Liste;;;;\n" +
		"Person;;Anna;;Rat;;;;;\n" +
		"Person;Alt;Arno;;;;Hausmeister;;;\n" +
		"Person;Alt;Arno;;Rat;;;1.12.2026;1.11.2026;\n" +
		"Beschluss;Alt;Arno;;;;;;;\n" +
		"Person;Alt;A\x07rno;;;;;;;\n" +
		"Person;Alt;Arno;;Rat;;;;;vielleicht\n" +
		"Person;Alt;Arno;;Rat;;;;;ja;zu;viel\n"
	p := o.file(system, file)
	got := map[int]string{}
	for _, n := range p.Problems {
		got[n.Line] = n.Key
	}
	for line, want := range map[int]string{3: "import.error.account", 4: "import.error.date", 5: "import.error.organization", 6: "import.error.faction",
		7: "import.error.missing", 8: "import.error.grant", 9: "import.error.period", 10: "import.error.art", 11: "import.error.letters",
		12: "import.error.yes_no", 13: "import.error.many_cells"} {
		if got[line] != want {
			t.Errorf("line %d: %q, want %q", line, got[line], want)
		}
	}
	if len(got) != 11 {
		t.Errorf("problems %v", got)
	}
	if _, err := o.ApplyImport(ctx, system, provisioning.File{Data: []byte(file)}, p.Digest); key(err) != "import.error.problems" {
		t.Errorf("applied all the same: %v", err)
	}
	if _, err := o.store.PersonByAccount(ctx, "nora@stadt.example"); council.KindOf(err) != council.NotFound {
		t.Error("the good line of a bad file was done")
	}
	for text, want := range map[string]string{
		"": "import.error.no_columns", "PK\x03\x04...": "import.error.workbook", "%PDF-1.7": "import.error.no_columns", "a;b\n1;2\n": "import.error.no_columns",
		"Nachname;Vorname\n": "import.error.empty", "Nachname;Vorname\n\"Muster;Erika\n": "import.error.quotes", "Nachname;\x00;Vorname": "import.error.no_columns",
		"\xff\xfex": "import.error.encoding", strings.Repeat("x", provisioning.MostBytes+1): "error.too_large",
	} {
		if _, err := o.PreviewImport(ctx, system, provisioning.File{Data: []byte(text)}); key(err) != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}

// An act is taken back as a whole: to the letter as it was while nothing else has changed the same rows, else not at all.
func TestTakingBack(t *testing.T) {
	o := open(t)
	o.take(system, town)
	clerk := o.who("dienst@stadt.example")
	before := o.export(clerk)
	change := "Nachname;Vorname;E-Mail;Gremium;Funktion;Bis;Zugang\nMuster;Erika;erika@stadt.example;Rat;Fraktionsvorsitz;;\nGroß;Jörg;joerg@stadt.example;Rat;;20.11.2026;gesperrt\nNeu;Nora;nora@stadt.example;Rat;;;\n"
	done := o.take(clerk, change)
	if done.Added != 2 || done.Changed != 1 || done.Ended != 2 || o.export(clerk) == before {
		t.Fatalf("done %+v", done)
	}
	if _, err := o.Undo(ctx, o.who("erika@stadt.example"), done.ID); council.KindOf(err) != council.NotFound {
		t.Errorf("a member takes back: %v", err)
	}
	if _, err := o.Undo(ctx, clerk, done.ID); err != nil {
		t.Fatal(err)
	}
	if after := o.export(clerk); after != before {
		t.Errorf("after taking back\n%s\nbefore\n%s", after, before)
	}
	if _, err := o.Undo(ctx, clerk, done.ID); key(err) != "import.error.undone" {
		t.Errorf("twice: %v", err)
	}

	done = o.take(clerk, change)
	p, err := o.store.PersonByAccount(ctx, "joerg@stadt.example")
	must(t, err)
	p.Title = "Prof."
	must(t, o.store.SavePerson(ctx, &p))
	held := o.export(clerk)
	if _, err := o.Undo(ctx, clerk, done.ID); key(err) != "import.error.undo_changed" || !strings.Contains(fmt.Sprint(err.(*council.Error).Args), "Groß") {
		t.Errorf("changed since: %v", err)
	}
	done = o.take(clerk, "Nachname;Vorname;E-Mail\nSpät;Sina;sina@stadt.example\n")
	p, err = o.store.PersonByAccount(ctx, "sina@stadt.example")
	must(t, err)
	must(t, o.store.SaveIdentity(ctx, "https://idp", "s", p.ID))
	if _, err := o.Undo(ctx, clerk, done.ID); key(err) != "import.error.undo_used" {
		t.Errorf("somebody has signed in: %v", err)
	}
	if o.export(clerk) == held || !strings.Contains(o.export(clerk), "sina@") {
		t.Error("a refused undo changed something")
	}
}

func (o *office) export(v policy.Viewer) string {
	o.Helper()
	bodies, err := o.store.Bodies(ctx, system)
	must(o.T, err)
	data, err := o.Export(ctx, v, bodies[0].ID)
	must(o.T, err)
	return string(data)
}

// What is exported is read back without a change, also names that a spreadsheet would run.
func TestTheExportIsReadBackAndRunsNothing(t *testing.T) {
	o := open(t)
	o.take(system, town+"Person;;;;;\"=HYPERLINK(\"\"http://x\"\")\";+Plus;;Rat;@Rolle;;;;\r\n")
	text := o.export(o.who("dienst@stadt.example"))
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		for cell := range strings.SplitSeq(strings.TrimRight(line, "\r\n"), ";") {
			if cell = strings.TrimPrefix(cell, `"`); cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
	if p := o.file(system, text); len(p.Lines) != 0 || len(p.Problems) != 0 {
		t.Errorf("read back: %s %+v", ops(p), p.Problems)
	}
	if p := open(t).file(system, string(provisioning.Template())); len(p.Problems) != 0 {
		t.Errorf("the template: %+v", p.Problems)
	}
}

// A complete file ends the seats that it does not name, on the day that was chosen, in the committees that it names.
func TestACompleteFileEndsTheOthers(t *testing.T) {
	o := open(t)
	o.take(system, town)
	f := provisioning.File{Name: "neu.csv", Data: []byte("Nachname;Vorname;E-Mail;Gremium\nMuster;Erika;erika@stadt.example;Rat\n"), Complete: true,
		EndsOn: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)}
	p, err := o.PreviewImport(ctx, system, f)
	must(t, err)
	if got := ops(p); got != "ended membership Jörg Groß – Rat" || p.Lines[0].Fields[0].After != "30.11.2026" {
		t.Errorf("%s %+v", got, p.Lines)
	}
}

// A clerk keeps the own Body and nothing else, and not the own rights.
func TestWhatAClerkMayTakeOver(t *testing.T) {
	o := open(t)
	o.take(system, town)
	other := strings.NewReplacer("Stadt Probe", "Gemeinde Andere", ";Probe;", ";Andere;", "@stadt.", "@andere.").Replace(town)
	o.take(system, other)
	clerk := o.who("dienst@stadt.example")
	for text, want := range map[string]string{
		"Art;Name\nKörperschaft;Dorf Neu\n":                                            "import.error.body_new",
		"Körperschaft;Nachname;E-Mail\nGemeinde Andere;Neu;neu@andere.example\n":       "import.error.body",
		"Nachname;Vorname;E-Mail\nMuster;Emil;erika@andere.example\n":                  "import.error.account_taken",
		"Nachname;Vorname;E-Mail;Rolle\nDienst;Karla;dienst@stadt.example;IT\n":        "import.error.own_rights",
		"Nachname;Vorname;E-Mail;Zugang\nDienst;Karla;dienst@stadt.example;gesperrt\n": "import.error.own_rights",
	} {
		p := o.file(clerk, text)
		if len(p.Problems) != 1 || p.Problems[0].Key != want {
			t.Errorf("%q: %+v, want %s", text, p.Problems, want)
		}
	}
	member := o.who("erika@stadt.example")
	if _, err := o.PreviewImport(ctx, member, provisioning.File{Data: []byte(town)}); council.KindOf(err) != council.NotFound {
		t.Errorf("a member: %v", err)
	}
	if _, err := o.ApplyImport(ctx, clerk, provisioning.File{Data: []byte("Nachname;E-Mail\nNeu;neu@stadt.example\n")}, "what was shown before"); key(err) != "import.error.moved" {
		t.Errorf("another state than was shown: %v", err)
	}
}

func text(s string) *string { return &s }
