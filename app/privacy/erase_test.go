package privacy_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/pgtest"
	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/council"
	"ris/app/jobs"
	"ris/app/privacy"
	"ris/app/release"
	"ris/app/store"
	"ris/auth/policy"
	"ris/auth/session"
)

var ctx = context.Background()

const why = "Antrag der Person vom heutigen Tag, Aktenzeichen 10-4711."

// office is a town with two clerks, a former member who has left traces everywhere, and a member.
type office struct {
	*privacy.Service
	t                                 *testing.T
	store                             *store.Store
	file                              string // of SQLite
	now                               time.Time
	clerk, second, former, member, it policy.Viewer
	body                              council.ID
}

// Words that stand in the former member's own data alone.
var canaries = []string{"kanarienmarke", "kanariennotiz", "kanarienkonto", "kanariengeraet", "kanarienagent", "kanarienkennung", "kanarienpasskey", "kanarienantwort", "kanarienkanzlei"}

func onBoth(t *testing.T, do func(o *office)) {
	t.Helper()
	for name, dsn := range map[string]func(t *testing.T) (string, string){
		"sqlite": func(t *testing.T) (string, string) {
			file := filepath.Join(t.TempDir(), "ris.db")
			return "sqlite:" + file, file
		},
		"postgres": func(t *testing.T) (string, string) { return pgtest.DSN(t), "" },
	} {
		t.Run(name, func(t *testing.T) {
			address, file := dsn(t)
			do(open(t, address, file))
		})
	}
}

func open(t *testing.T, dsn, file string) *office {
	t.Helper()
	o := &office{t: t, file: file, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { o.now = o.now.Add(time.Second); return o.now }
	var err error
	o.store, err = store.Open(ctx, store.Config{DSN: dsn, Clock: clock})
	o.must(err)
	t.Cleanup(func() { _ = o.store.Close() })
	o.must(o.store.Migrate(ctx))
	b := council.Body{Name: "Stadt Lindenbrück"}
	o.must(o.store.SaveBody(ctx, &b))
	o.body = b.ID
	person := func(name, account string, role council.Role) policy.Viewer {
		p := council.Person{Body: b.ID, Name: name, FamilyName: name, Account: account}
		o.must(o.store.SavePerson(ctx, &p))
		if role != "" {
			o.must(o.store.SaveGrant(ctx, &council.Grant{Body: b.ID, Person: p.ID, Role: role, Start: o.now.AddDate(-1, 0, 0)}))
		}
		return o.as(p.ID)
	}
	o.clerk, o.second, o.it = person("Klara Amt", "klara@test.example", council.Clerk), person("Kurt Amt", "kurt@test.example", council.Clerk), person("Ida Technik", "ida@test.example", council.IT)
	o.former, o.member = person("Frida Früher", "kanarienkonto@test.example", ""), person("Max Mandat", "max@test.example", "")
	j := &journal.Journal{Store: o.store, Clock: clock, Log: slog.New(slog.DiscardHandler)}
	o.Service = &privacy.Service{Store: o.store, Releases: &release.Service{Store: o.store, Clock: clock}, Journal: j, Clock: clock,
		Settings: privacy.Settings{Database: "PostgreSQL, db.example", ReadDays: 365, SignInDays: 180, ActDays: 3650, ReleaseDays: 14}}
	o.traces()
	return o
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) as(id council.ID) policy.Viewer {
	f, err := o.store.Facts(ctx, id)
	o.must(err)
	return policy.ForPerson(f, o.now)
}

// traces are what a member leaves behind in years.
func (o *office) traces() {
	s, id := o.store, o.former.Person()
	org := council.Organization{Body: o.body, Name: "Bauausschuss", Type: council.Committee}
	o.must(s.SaveOrganization(ctx, &org))
	for p, end := range map[council.ID]time.Time{id: o.now.AddDate(0, -1, 0), o.member.Person(): {}} {
		o.must(s.SaveMembership(ctx, &council.Membership{Body: o.body, Person: p, Organization: org.ID, Role: "Mitglied", Start: o.now.AddDate(-3, 0, 0), End: end}))
	}
	public := council.Audience{Allowed: []council.Label{policy.LabelPublic}}
	paper := council.Paper{Body: o.body, Name: "Vorlage", Reference: "V/1", State: council.Published, Audience: public}
	o.must(s.SavePaper(ctx, &paper))
	file := council.File{Body: o.body, Paper: paper.ID, Role: council.MainFile, State: council.Published, Audience: public}
	o.must(s.SaveFile(ctx, &file))
	fv := council.FileVersion{Body: o.body, File: file.ID, Paper: paper.ID, Number: 1, State: council.Published, Processing: council.Received, Audience: public}
	o.must(s.SaveFileVersion(ctx, &fv))
	for i := range 40 { // enough for more than one page of the table
		o.must(s.SaveAnnotation(ctx, &council.Annotation{ID: council.NewID(o.now), Owner: id, Paper: paper.ID, File: file.ID, Version: fv.ID, Kind: "note", Page: 1,
			Quote: fmt.Sprint("kanarienmarke ", i), Body: strings.Repeat("kanariennotiz ", 30)}))
	}
	o.must(s.SaveAnnotation(ctx, &council.Annotation{ID: council.NewID(o.now), Owner: o.member.Person(), Paper: paper.ID, File: file.ID, Version: fv.ID, Kind: "note", Page: 1, Body: "bleibt stehen"}))
	_, err := s.Receipt(ctx, o.former, id, fv.ID, o.now, func(n int) string { return fmt.Sprint("CODE", n) })
	o.must(err)
	o.must(s.SaveDevice(ctx, &council.Device{Person: id, SecretHash: hex.EncodeToString([]byte("kanariengeraet")), Name: "kanariengeraet", UserAgent: "kanarienagent", LastSeen: o.now}))
	o.must(s.SaveSession(ctx, session.Session{TokenHash: "hash", Person: id, Issuer: "https://idp.example", Subject: "kanarienkennung", UserAgent: "kanarienagent",
		Created: o.now, LastSeen: o.now, Expires: o.now.AddDate(0, 0, 30)}))
	o.must(s.SaveIdentity(ctx, "https://idp.example", "kanarienkennung", id))
	o.must(s.SavePasskey(ctx, &council.Passkey{Person: id, CredentialID: "c1", RP: "ris.example", Name: "kanarienpasskey", Credential: []byte(`{"k":"kanarienpasskey"}`)}))
	o.must(s.SaveVisit(ctx, council.Visit{Person: id, LastSeen: o.now}))
	o.must(s.SaveIdempotent(ctx, council.Answered{Person: id, Key: "k", Route: "POST /x", RequestHash: "h", Status: 200, Body: []byte("kanarienantwort")}))
	o.must(s.SaveIdempotent(ctx, council.Answered{Person: o.clerk.Person(), Key: "k", Route: "PATCH /persons", RequestHash: "h", Status: 200,
		Body: []byte(`{"person":{"id":"` + string(id) + `","account":"kanarienkanzlei"}}`)}))
	for _, e := range []council.AuditEntry{
		audit.Entry(o.former, o.now, audit.SessionStart, "person", o.body, id, "issuer", "https://idp.example"),
		audit.Entry(o.former, o.now, audit.IdentityLink, "person", o.body, id, "subject", "kanarienkennung"),
		audit.Entry(o.former, o.now, audit.FileRead, "file", o.body, file.ID, "version", string(fv.ID)),
		audit.Entry(o.clerk, o.now, audit.ConflictRecord, "agendaItem", o.body, council.NewID(o.now), "person", string(id)),
	} {
		o.must(s.Audit(ctx, e))
	}
}

// The whole way: the own copy holds everything; the office's, under a release, all but the notes; after the erasure nothing of it is
// in any table, nor in the bytes of the file, and the log is still provable.
func TestFromTheOwnCopyToTheErasure(t *testing.T) {
	onBoth(t, func(o *office) {
		head, err := o.Journal.Checkpoint(ctx)
		o.must(err)
		if _, err := o.Own(ctx, o.former.Stale()); council.KindOf(err) != council.Forbidden {
			o.t.Errorf("with an old proof of identity: %v", err)
		}
		own, err := o.Own(ctx, o.former)
		o.must(err)
		page, machine := unpack(o.t, own)
		for _, word := range canaries[:7] {
			if word == "kanarienantwort" {
				continue
			}
			if !strings.Contains(machine, word) {
				o.t.Errorf("daten.json lacks %q", word)
			}
			if !strings.Contains(page, word) {
				o.t.Errorf("auskunft.html lacks %q", word)
			}
		}
		if !strings.Contains(page, "V/1 Vorlage") || !strings.Contains(page, "365 Tage") || !strings.Contains(page, "10 Jahre") || strings.Contains(page, "bleibt stehen") {
			o.t.Errorf("auskunft.html: %s", page)
		}

		// The office's copy.
		asked, err := o.Ask(ctx, o.clerk, privacy.Wanted{Person: o.former.Person(), Reason: why})
		o.must(err)
		o.refused("before the release", func() error { _, err := o.Released(ctx, o.clerk, asked.ID); return err }, council.Conflict)
		o.refused("the same person", func() error { _, err := o.Decide(ctx, o.clerk, asked.ID, 0, true, ""); return err }, council.Forbidden)
		for name, who := range map[string]policy.Viewer{"a member": o.member, "IT": o.it, "the person": o.former, "nobody": policy.Anonymous()} {
			o.refused(name+" asks", func() error {
				_, err := o.Ask(ctx, who, privacy.Wanted{Person: o.former.Person(), Reason: why})
				return err
			}, council.NotFound)
			o.refused(name+" decides", func() error { _, err := o.Decide(ctx, who, asked.ID, 0, true, ""); return err }, council.NotFound)
			o.refused(name+" takes", func() error { _, err := o.Released(ctx, who, asked.ID); return err }, council.NotFound)
			o.refused(name+" looks", func() error { _, err := o.Preview(ctx, who, o.former.Person()); return err }, council.NotFound)
		}
		_, err = o.Decide(ctx, o.second, asked.ID, 0, true, "")
		o.must(err)
		o.refused("the second person takes", func() error { _, err := o.Released(ctx, o.second, asked.ID); return err }, council.Forbidden)
		given, err := o.Released(ctx, o.clerk, asked.ID)
		o.must(err)
		page, machine = unpack(o.t, given)
		if strings.Contains(page+machine, "kanariennotiz") || strings.Contains(page+machine, "kanarienmarke") || !strings.Contains(page, "kanarienkonto") || !strings.Contains(machine, `"file.read"`) {
			o.t.Error("the office's copy holds notes, or lacks the account or the log")
		}
		o.refused("twice", func() error { _, err := o.Released(ctx, o.clerk, asked.ID); return err }, council.Conflict)
		o.refused("as an erasure", func() error { _, err := o.Erase(ctx, o.clerk, asked.ID); return err }, council.NotFound)

		// The erasure.
		o.refused("of a member", func() error {
			_, err := o.Ask(ctx, o.clerk, privacy.Wanted{Person: o.member.Person(), Erase: true, Reason: why})
			return err
		}, council.Conflict)
		wish, err := o.Ask(ctx, o.clerk, privacy.Wanted{Person: o.former.Person(), Erase: true, Reason: why})
		o.must(err)
		_, err = o.Decide(ctx, o.second, wish.ID, 0, true, "")
		o.must(err)
		before := o.words()
		for _, word := range canaries {
			if len(before[word]) == 0 {
				o.t.Errorf("%q stands nowhere: the test proves nothing", word)
			}
		}
		done, err := o.Erase(ctx, o.clerk, wish.ID)
		o.must(err)
		if done.Erased["annotations"] != 40 || done.Kept["memberships"] != 1 || done.Erased["sessions"] != 1 || done.Erased["receipts"] != 1 {
			o.t.Errorf("%+v", done)
		}
		for word, where := range o.words() {
			o.t.Errorf("%q is still in %v", word, where)
		}
		p, err := o.store.Person(ctx, o.former.Person())
		if err != nil || p.Name != "Frida Früher" || p.Account != "" || o.as(p.ID).SignedIn() {
			o.t.Errorf("the person: %+v %v", p, err)
		}
		marks, err := o.store.AnnotationsSince(ctx, o.member, 0, 0)
		if err != nil || len(marks) != 1 {
			o.t.Errorf("the other's notes: %d %v", len(marks), err)
		}
		lines, err := o.store.AuditLinesNaming(ctx, p.ID)
		if err != nil || len(lines) != 0 {
			o.t.Errorf("%d lines of the log still name the person: %+v", len(lines), lines)
		}
		_, err = o.Journal.Sequence(ctx)
		o.must(err)
		r, err := o.Journal.Verify(ctx, []journal.Checkpoint{head}, nil)
		o.must(err)
		if !r.Sound() || r.Veiled < 4 {
			o.t.Errorf("the log: %+v", r)
		}
		o.refused("twice", func() error { _, err := o.Erase(ctx, o.clerk, wish.ID); return err }, council.Conflict)
	})
}

func (o *office) refused(what string, do func() error, kind council.Kind) {
	o.t.Helper()
	if err := do(); err == nil || council.KindOf(err) != kind {
		o.t.Errorf("%s: %v", what, err)
	}
}

// words finds the canaries in every column of every table, the queue's too, and in the bytes of SQLite's files.
func (o *office) words() map[string][]string {
	o.t.Helper()
	found := map[string][]string{}
	query, text := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", "SELECT * FROM "
	if o.store.Dialect() == jobs.Postgres {
		query, text = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'", "SELECT x::text FROM "
	}
	rows, err := o.store.DB().Query(query)
	o.must(err)
	var tables []string
	for rows.Next() {
		var name string
		o.must(rows.Scan(&name))
		tables = append(tables, name)
	}
	o.must(rows.Close())
	for _, table := range tables {
		rows, err := o.store.DB().Query(text + table + " x")
		o.must(err)
		columns, err := rows.Columns()
		o.must(err)
		for rows.Next() {
			cells := make([]any, len(columns))
			for i := range cells {
				cells[i] = new([]byte)
			}
			o.must(rows.Scan(cells...))
			for _, c := range cells {
				o.note(found, *c.(*[]byte), "table "+table)
			}
		}
		o.must(rows.Close())
	}
	if o.file != "" {
		for _, name := range []string{o.file, o.file + "-wal"} {
			if data, err := os.ReadFile(name); err == nil {
				o.note(found, data, filepath.Base(name))
			}
		}
	}
	return found
}

func (o *office) note(found map[string][]string, data []byte, where string) {
	for _, word := range canaries {
		if bytes.Contains(data, []byte(word)) || bytes.Contains(data, []byte(hex.EncodeToString([]byte(word)))) {
			found[word] = append(found[word], where)
		}
	}
}

func unpack(t *testing.T, c privacy.Copy) (page, machine string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(c.Data), int64(len(c.Data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(data)
	}
	return all["auskunft.html"], all["daten.json"]
}

// The record names what is set, marks what only the town knows, and is for clerk and IT.
func TestTheRecordOfProcessing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ris.db")
	o := open(t, "sqlite:"+file, file)
	for name, who := range map[string]policy.Viewer{"clerk": o.clerk, "IT": o.it, "the command line": policy.System("command line")} {
		page, err := o.Record(ctx, who)
		if err != nil || !strings.Contains(string(page), "Stadt Lindenbrück") || !strings.Contains(string(page), "PostgreSQL, db.example") ||
			!strings.Contains(string(page), "<mark>[") || !strings.Contains(string(page), "180 Tage") || !strings.Contains(string(page), "nicht eingerichtet (RIS_CLAMD)") {
			t.Errorf("%s: %v %s", name, err, page)
		}
	}
	for _, who := range []policy.Viewer{o.member, o.former, policy.Anonymous(), {}} {
		o.refused("a stranger", func() error { _, err := o.Record(ctx, who); return err }, council.NotFound)
	}
}
