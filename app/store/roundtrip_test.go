package store_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/session"
)

// A forgotten column, a wrong unit or a lost microsecond fails here: every field of every type is filled, stored, loaded,
// compared; then all of them are changed, saved again and compared again.
func TestEveryFieldComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		place := council.Location{Body: w.body.ID, Description: "Rathaus"}
		must(t, s.SaveLocation(ctx, &place))
		m := w.meeting(t, s, readers("public"), epoch)
		item := council.AgendaItem{Body: w.body.ID, Meeting: m.ID, State: council.Draft}
		must(t, s.SaveAgendaItem(ctx, &item))
		p := w.paper(t, s, readers("public"))
		f, v := w.version(t, s, p)
		// known gives references a target that exists.
		known := map[string]council.ID{"Body": w.body.ID, "Person": w.person.ID, "Owner": w.person.ID, "Absent": w.other.ID,
			"Substitute": w.person.ID, "Organization": w.org.ID, "OnBehalfOf": w.org.ID, "Organizations": w.org.ID, "Location": place.ID,
			"Meeting": m.ID, "AgendaItem": item.ID, "Paper": p.ID, "File": f.ID, "Version": v.ID, "UploadedBy": w.other.ID}
		fill := func(x any, seed int) { (&filler{known: known, n: seed}).fill(reflect.ValueOf(x).Elem(), "") }

		trip(t, fill, s.SaveBody, func(x council.Body) (council.Body, error) { return s.Body(ctx, system, x.ID) })
		trip(t, fill, s.SaveTerm, func(x council.LegislativeTerm) (council.LegislativeTerm, error) {
			all, err := s.Terms(ctx, w.body.ID)
			return pick(all, func(y council.LegislativeTerm) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveOrganization, func(x council.Organization) (council.Organization, error) { return s.Organization(ctx, x.ID) })
		trip(t, fill, s.SavePerson, func(x council.Person) (council.Person, error) { return s.Person(ctx, x.ID) })
		trip(t, fill, s.SaveMembership, func(x council.Membership) (council.Membership, error) {
			all, err := s.Memberships(ctx, council.MembershipFilter{Person: x.Person})
			return pick(all, func(y council.Membership) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveGrant, func(x council.Grant) (council.Grant, error) {
			all, err := s.Grants(ctx, x.Person)
			return pick(all, func(y council.Grant) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveLocation, func(x council.Location) (council.Location, error) { return s.Location(ctx, x.ID) })
		trip(t, fill, s.SaveSubstitution, func(x council.Substitution) (council.Substitution, error) {
			all, err := s.Substitutions(ctx, council.SubstitutionFilter{Meeting: x.Meeting})
			return pick(all, func(y council.Substitution) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveConflict, func(x council.ConflictOfInterest) (council.ConflictOfInterest, error) {
			all, err := s.Conflicts(ctx, x.AgendaItem)
			return pick(all, func(y council.ConflictOfInterest) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveDeputy, func(x council.Deputy) (council.Deputy, error) {
			all, err := s.Deputies(ctx, council.DeputyFilter{Person: x.Person})
			return pick(all, func(y council.Deputy) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveGuest, func(x council.Guest) (council.Guest, error) {
			all, err := s.Guests(ctx, council.GuestFilter{AgendaItem: x.AgendaItem})
			return pick(all, func(y council.Guest) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveMeeting, func(x council.Meeting) (council.Meeting, error) { return s.Meeting(ctx, system, x.ID) })
		trip(t, fill, s.SaveAgendaItem, func(x council.AgendaItem) (council.AgendaItem, error) { return s.AgendaItem(ctx, system, x.ID) })
		trip(t, fill, s.SavePaper, func(x council.Paper) (council.Paper, error) { return s.Paper(ctx, system, x.ID) })
		trip(t, fill, s.SaveConsultation, func(x council.Consultation) (council.Consultation, error) {
			all, err := s.Consultations(ctx, council.ConsultationFilter{Paper: x.Paper})
			return pick(all, func(y council.Consultation) bool { return y.ID == x.ID }), err
		})
		trip(t, fill, s.SaveFile, func(x council.File) (council.File, error) { return s.File(ctx, system, x.ID) })
		trip(t, fill, s.SaveFileVersion, func(x council.FileVersion) (council.FileVersion, error) { return s.FileVersion(ctx, system, x.ID) })
		trip(t, fill, s.SaveAnnotation, func(x council.Annotation) (council.Annotation, error) { return s.Annotation(ctx, system, x.ID) })
	})
}

// What is not an object with a revision comes back as well.
func TestEveryFieldOfTheOthersComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		fill := func(x any) {
			(&filler{known: map[string]council.ID{"Person": w.person.ID}}).fill(reflect.ValueOf(x).Elem(), "")
		}
		var visit council.Visit
		fill(&visit)
		must(t, s.SaveVisit(ctx, visit))
		loadedVisit, err := s.Visit(ctx, w.person.ID)
		same(t, visit, loadedVisit, err)
		visit.LastSeen = visit.LastSeen.Add(time.Hour)
		must(t, s.SaveVisit(ctx, visit))
		loadedVisit, err = s.Visit(ctx, w.person.ID)
		same(t, visit, loadedVisit, err)

		var answered council.Answered
		fill(&answered)
		must(t, s.SaveIdempotent(ctx, answered))
		loadedAnswer, err := s.Idempotent(ctx, w.person.ID, answered.Key)
		same(t, &answered, loadedAnswer, err)

		var result council.SyncResult
		fill(&result)
		must(t, s.SaveOpResult(ctx, result))
		loadedResult, err := s.OpResult(ctx, w.person.ID, result.OpID)
		same(t, &result, loadedResult, err)

		var entry council.AuditEntry
		fill(&entry)
		must(t, s.Audit(ctx, entry))
		entries, err := s.AuditEntries(ctx, system, council.AuditFilter{Object: entry.Object})
		same(t, []council.AuditEntry{entry}, entries, err)

		device := council.Device{Person: w.person.ID, SecretHash: "of a session", LastSeen: epoch}
		must(t, s.SaveDevice(ctx, &device))
		var x session.Session
		fill(&x)
		x.Device = device.ID
		must(t, s.SaveSession(ctx, x))
		loadedSession, err := s.Session(ctx, x.TokenHash)
		same(t, x, loadedSession, err)
		must(t, s.TouchSession(ctx, x.TokenHash, epoch.Add(time.Minute)))
		x.LastSeen = epoch.Add(time.Minute)
		loadedSession, err = s.Session(ctx, x.TokenHash)
		same(t, x, loadedSession, err)
		must(t, s.DeleteSessions(ctx, x.Person))
		_, err = s.Session(ctx, x.TokenHash)
		wantKind(t, "a deleted session", err, council.NotFound)
	})
}

// trip fills, saves, loads and compares, twice: the second save is an update of every field.
func trip[T any](t *testing.T, fill func(any, int), save func(context.Context, *T) error, load func(T) (T, error)) {
	t.Helper()
	var x T
	name := reflect.TypeOf(x).Name()
	fill(&x, 100)
	stampOf(&x).Field("Revision").SetInt(0)
	for round := range 2 {
		if err := save(ctx, &x); err != nil {
			t.Fatalf("%s, round %d: %v", name, round, err)
		}
		if got := stampOf(&x).Field("Revision").Int(); got != int64(round)+1 {
			t.Errorf("%s: revision %d after save %d", name, got, round+1)
		}
		loaded, err := load(x)
		if err != nil || !reflect.DeepEqual(x, loaded) {
			t.Errorf("%s, round %d: %v\nsaved  %+v\nloaded %+v", name, round, err, x, loaded)
		}
		stamp := stampOf(&x)
		id, created, revision := stamp.Field("ID").String(), stamp.Field("Created").Interface(), stamp.Field("Revision").Int()
		fill(&x, 1000)
		stamp.Field("ID").SetString(id)
		stamp.Field("Created").Set(reflect.ValueOf(created))
		stamp.Field("Revision").SetInt(revision)
	}
}

func same[T any](t *testing.T, want, got T, err error) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(want, got) {
		t.Errorf("%v\nsaved  %+v\nloaded %+v", err, want, got)
	}
}

func pick[T any](all []T, is func(T) bool) T {
	for _, x := range all {
		if is(x) {
			return x
		}
	}
	var none T
	return none
}

type stampFields struct{ v reflect.Value }

func stampOf(x any) stampFields                       { return stampFields{reflect.ValueOf(x).Elem()} }
func (s stampFields) Field(name string) reflect.Value { return s.v.FieldByName(name) }

// filler gives each field a value of its own, never the zero one.
type filler struct {
	known map[string]council.ID
	n     int
}

func (f *filler) fill(v reflect.Value, name string) {
	f.n++
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = epoch.Add(time.Duration(f.n) * (time.Hour + time.Microsecond))
		return
	case *council.ID:
		if *x = f.known[name]; *x == "" {
			*x = council.NewID(epoch)
		}
		return
	case *council.Audience:
		*x = council.Audience{Allowed: []council.Label{council.Label(fmt.Sprint("a", f.n)), "b"}, Withheld: []council.Label{"c"}}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), v.Type().Field(i).Name)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(v.Index(i), name)
		}
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i), name)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"schlüssel": fmt.Sprint("wert ", f.n)}))
	case reflect.String:
		v.SetString(fmt.Sprintf("Größe '%d' \"\\ 🌳", f.n))
	case reflect.Bool:
		v.SetBool(f.n < 1000) // true first, false in the update: zero values are written too
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Uint8, reflect.Uint32:
		v.SetUint(uint64(f.n % 256))
	case reflect.Float64:
		v.SetFloat(float64(f.n) + 0.1)
	default:
		panic("the test does not know how to fill " + v.Type().String())
	}
}
