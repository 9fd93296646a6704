package publicationtest

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/go-pdf/fpdf"

	"ris/app/audience"
	"ris/app/council"
	"ris/app/publication"
	"ris/app/store"
	"ris/auth/policy"
	"ris/documents/blob"
)

// Secret begins every word that no public byte may hold.
const Secret = "geheimwort"

// Town is an open store with a gate. Now can be moved; it starts at 21 November 2026, 08:30:15.25 UTC.
type Town struct {
	TB     testing.TB
	Store  *store.Store
	Blobs  *blob.File
	Gate   *publication.Publication
	Keeper *audience.Keeper
	Now    time.Time

	Body, Other        council.Body
	Council, Committee council.Organization
	Greens             council.Organization
	Village            council.Organization // of Other
	Anna, Berta, Clerk council.Person
	secrets            int
}

var (
	ctx    = context.Background()
	system = policy.System("test")
)

// Open makes the town in an empty database with tables; dsn as store.Config has it. Its master data are saved and projected.
func Open(t testing.TB, dsn string) *Town {
	t.Helper()
	w := &Town{TB: t, Now: time.Date(2026, 11, 21, 8, 30, 15, 250_000_000, time.UTC)}
	clock := func() time.Time { return w.Now }
	var err error
	w.Store, err = store.Open(ctx, store.Config{DSN: dsn, Clock: clock})
	w.must(err)
	t.Cleanup(func() { w.must(w.Store.Close()) })
	w.must(w.Store.Migrate(ctx))
	w.Blobs, err = blob.NewFile(t.TempDir())
	w.must(err)
	w.Keeper = audience.New(w.Store)
	w.Gate = publication.New(publication.Deps{Source: w.Store, Model: w.Store, Blobs: w.Blobs, Clock: clock})
	w.masterData()
	return w
}

func (w *Town) masterData() {
	w.Body = council.Body{
		Name: "Stadt Lindenbrück", ShortName: "Lindenbrück", AGS: "05999001", Classification: "Stadt", Website: "https://lindenbrueck.example",
		License: "https://www.govdata.de/dl-de/zero-2-0", ContactEmail: "rat@lindenbrueck.example", ContactName: "Sitzungsdienst",
	}
	w.Other = council.Body{Name: "Gemeinde Moorhof", ShortName: "Moorhof", AGS: "59990020", Website: "moorhof (im Aufbau)"}
	w.must(w.Store.SaveBody(ctx, &w.Body))
	w.must(w.Store.SaveBody(ctx, &w.Other))
	for _, b := range []council.ID{w.Body.ID, w.Other.ID} {
		term := council.LegislativeTerm{Body: b, Name: "2025 bis 2030", Start: Day(2025, 11, 1), End: Day(2030, 10, 31)}
		w.must(w.Store.SaveTerm(ctx, &term))
	}
	w.Council = council.Organization{Body: w.Body.ID, Name: "Rat der Stadt", ShortName: "Rat", Type: council.Committee, Classification: "Parlament"}
	w.Committee = council.Organization{Body: w.Body.ID, Name: "Bauausschuss", ShortName: "BauA", Type: council.Committee}
	w.Greens = council.Organization{Body: w.Body.ID, Name: "Fraktion Grüne & Freie <GF>", ShortName: "GF", Type: council.Faction}
	w.Village = council.Organization{Body: w.Other.ID, Name: "Gemeinderat Moorhof", ShortName: "GR", Type: council.Committee, Classification: "Parlament"}
	for _, o := range []*council.Organization{&w.Council, &w.Committee, &w.Greens, &w.Village} {
		w.must(w.Store.SaveOrganization(ctx, o))
	}
	w.Anna = council.Person{Body: w.Body.ID, Name: "Dr. Anna Acker", FamilyName: "Acker", GivenName: "Anna", Title: "Dr.", Gender: "female", Account: w.Secret() + "@demo.example"}
	w.Berta = council.Person{Body: w.Body.ID, Name: "Berta Busch", FamilyName: "Busch", GivenName: "Berta", Account: w.Secret() + "@demo.example"}
	w.Clerk = council.Person{Body: w.Body.ID, Name: w.Secret() + " Schreiber", FamilyName: "Schreiber", Account: w.Secret() + "@demo.example"}
	for _, p := range []*council.Person{&w.Anna, &w.Berta, &w.Clerk} {
		w.must(w.Store.SavePerson(ctx, p))
	}
	grant := council.Grant{Body: w.Body.ID, Person: w.Clerk.ID, Role: council.Clerk, Start: Day(2025, 1, 1)}
	w.must(w.Store.SaveGrant(ctx, &grant))
	for _, m := range []council.Membership{
		{Body: w.Body.ID, Person: w.Anna.ID, Organization: w.Council.ID, Role: "Vorsitzende", VotingRight: true, OnBehalfOf: w.Greens.ID, Start: Day(2025, 11, 1)},
		{Body: w.Body.ID, Person: w.Anna.ID, Organization: w.Greens.ID, Role: "Mitglied", Start: Day(2025, 11, 1)},
		{Body: w.Body.ID, Person: w.Berta.ID, Organization: w.Council.ID, Role: "Mitglied", VotingRight: true, Start: Day(2025, 11, 1)},
		{Body: w.Body.ID, Person: w.Berta.ID, Organization: w.Committee.ID, Role: "Mitglied", Start: Day(2025, 11, 1), End: Day(2026, 6, 30)},
		{Body: w.Other.ID, Person: w.Berta.ID, Organization: w.Village.ID, Role: "Bürgermeisterin", VotingRight: true, Start: Day(2025, 11, 1)},
	} {
		w.must(w.Store.SaveMembership(ctx, &m))
	}
	w.must(w.Gate.ProjectBody(ctx, w.Body.ID))
	w.must(w.Gate.ProjectBody(ctx, w.Other.ID))
}

// Secret gives a fresh word that must never be public.
func (w *Town) Secret() string {
	w.secrets++
	return fmt.Sprintf("%s%03d", Secret, w.secrets)
}

// Later moves the clock.
func (w *Town) Later(d time.Duration) { w.Now = w.Now.Add(d) }

// Day is midnight UTC.
func Day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// PDF makes a real PDF with one page per text.
func PDF(pages ...string) []byte {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetFont("Helvetica", "", 12)
	f.SetCompression(false) // so that a leak in the bytes is found by looking
	for _, text := range pages {
		f.AddPage()
		f.MultiCell(0, 6, text, "", "", false)
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func (w *Town) must(err error) {
	w.TB.Helper()
	if err != nil {
		w.TB.Fatal(err)
	}
}
