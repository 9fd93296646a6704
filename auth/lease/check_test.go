package lease

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"
	"time"
)

// story is one device: when the lease came by its own clock, how it was used since, and what a use must answer. The same stories are
// told to the TypeScript check (web/test/unit/lease.test.ts).
type story struct {
	Name  string `json:"name"`
	Clock string `json:"clock"` // the device's own clock when the lease arrives, RFC 3339
	Days  int    `json:"days"`  // non-public time
	Open  int    `json:"open"`  // public days; 0 = no limit
	Uses  []use  `json:"uses"`
}

type use struct {
	Clock     string `json:"clock"` // the device's own clock
	Public    bool   `json:"public"`
	NonPublic bool   `json:"nonPublic"`
	Reason    Reason `json:"reason"`
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestStories(t *testing.T) {
	raw, err := os.ReadFile("testdata/lease_stories.json")
	if err != nil {
		t.Fatal(err)
	}
	var stories []story
	if err := json.Unmarshal(raw, &stories); err != nil || len(stories) < 8 {
		t.Fatalf("%d stories: %v", len(stories), err)
	}
	for _, s := range stories {
		l := aLease()
		l.Issued, l.NonPublicUntil = issued, issued.AddDate(0, 0, s.Days)
		if s.Open > 0 {
			until := issued.AddDate(0, 0, s.Open)
			l.PublicUntil = &until
		}
		state := State{Lease: l, Received: moment(t, s.Clock)}
		for i, u := range s.Uses {
			at := moment(t, u.Clock)
			got := state.At(at, string(l.Device), string(l.Person))
			if want := (Verdict{u.Public, u.NonPublic, u.Reason}); got != want {
				t.Errorf("%s, use %d at %s: %+v, want %+v", s.Name, i+1, u.Clock, got, want)
			}
			state = state.Reach(at)
		}
	}
	state := State{Lease: aLease(), Received: issued}
	for _, other := range [][2]string{{"x", string(aLease().Person)}, {string(aLease().Device), "x"}, {"", ""}} {
		if got := state.At(issued, other[0], other[1]); got != (Verdict{Reason: OtherDevice}) {
			t.Errorf("copied to %v: %+v", other, got)
		}
	}
}

// Ten thousand devices whose clocks are wrong by up to a year and are turned while they are in use: nothing non-public opens later than
// the tolerance after the end, as long as the app has seen the time go by; and a clock that is only wrong locks nobody out.
func TestTurnedClocks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	uses, opened, late, gained, locked := 0, 0, time.Duration(0), time.Duration(0), 0
	for range 10_000 {
		l := aLease()
		l.Issued, l.NonPublicUntil = issued, issued.AddDate(0, 0, 1+r.IntN(30))
		wrong := time.Duration(r.Int64N(int64(2*365*24*time.Hour))) - 365*24*time.Hour
		state := State{Lease: l, Received: issued.Add(wrong)}
		turned := time.Duration(0)
		lastSeen := issued // true time of the last use
		honest := true
		for now := issued; now.Before(issued.AddDate(0, 0, 40)); {
			now = now.Add(time.Duration(r.Int64N(int64(24 * time.Hour))))
			if r.IntN(10) == 0 { // somebody turns the clock back, at most to where it was when the app was last used
				back := time.Duration(r.Int64N(int64(now.Sub(lastSeen)) + 1))
				if r.IntN(2) == 0 {
					back += time.Duration(r.Int64N(int64(20 * 24 * time.Hour)))
				}
				turned -= back
				honest = false
			}
			local := now.Add(wrong + turned)
			v := state.At(local, string(l.Device), string(l.Person))
			uses++
			if v.NonPublic {
				opened++
				// What a turned clock can gain is only the time in which nobody looked, counted once for each turn.
				if reckoned := state.Now(local); !reckoned.Before(l.NonPublicUntil) {
					t.Fatalf("opened at %s, over at %s", reckoned, l.NonPublicUntil)
				}
				if after := now.Sub(l.NonPublicUntil); honest {
					late = max(late, after)
				} else {
					gained = max(gained, after)
				}
			} else if honest && now.Before(l.NonPublicUntil) {
				locked++
			}
			state, lastSeen = state.Reach(local), now
		}
	}
	t.Logf("%d uses on 10,000 devices with wrong and turned clocks: %d opened, late with an honest clock %s, locked out wrongly %d; gained by turning back to the last use: up to %s (known limit)",
		uses, opened, late, locked, gained.Round(time.Hour))
	if late > 0 || locked > 0 {
		t.Errorf("an honest device: late %s, locked out %d times", late, locked)
	}
}

// A clock that is turned back behind what was reached locks at once, by any amount beyond the tolerance.
func TestAnyTurnBehindTheMarkLocks(t *testing.T) {
	l := aLease()
	l.Issued = issued
	worst := time.Duration(0)
	for used := time.Hour; used < 6*24*time.Hour; used += 7 * time.Hour {
		state := State{Lease: l, Received: issued}.Reach(issued.Add(used))
		for back := time.Minute; back < used; back += 2 * time.Minute {
			open := state.At(issued.Add(used-back), string(l.Device), string(l.Person)).NonPublic
			if open {
				worst = max(worst, back)
			}
			if open != (back <= Tolerance) {
				t.Fatalf("used %s, turned back %s: open %v", used, back, open)
			}
		}
	}
	t.Logf("largest turn back that still opens: %s (tolerance %s)", worst, Tolerance)
}
