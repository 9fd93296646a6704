package proof_test

import (
	"os"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"ris/app/apptest/proof"
	"ris/app/council"
	"ris/auth/policy"
)

// decisions is how many random ones are compared; RIS_DECISIONS asks for more (make test-access: ten million).
func decisions() int {
	if n, err := strconv.Atoi(os.Getenv("RIS_DECISIONS")); err == nil && n > 0 {
		return n
	}
	return 500_000
}

// The rules in memory and the sentences agree in random worlds, at the last second of each right and the first without it.
func TestTheRulesAgreeWithTheSentences(t *testing.T) {
	if raced && os.Getenv("RIS_DECISIONS") == "" {
		t.Skip("make test runs this once more without the race detector, which makes it ten times slower and finds nothing: nothing is shared")
	}
	start, want := time.Now(), decisions()
	var mu sync.Mutex
	done, yes, next := 0, 0, 0
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for {
				mu.Lock()
				number := next
				next++
				enough := done >= want || t.Failed()
				mu.Unlock()
				if enough {
					return
				}
				n, y := compare(t, proof.Draw(number, proof.Small))
				mu.Lock()
				done, yes = done+n, yes+y
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if yes*20 < done || yes*20 > done*19 {
		t.Errorf("%d of %d decisions are yes: the worlds are too one-sided to prove anything", yes, done)
	}
	t.Logf("memory: %d decisions (%d yes) in %d worlds, %.1f s", done, yes, next, time.Since(start).Seconds())
}

// compare asks everything of one world and answers how many decisions were compared, and how many of them were yes.
func compare(t *testing.T, w *proof.World) (n, yes int) {
	a := w.Audiences()
	facts := w.Facts(0)
	for _, now := range w.Moments(4) {
		for person := -1; person < len(w.People); person++ {
			v := policy.Anonymous()
			if person >= 0 {
				facts.Person = w.CouncilPerson(person)
				v = policy.ForPerson(facts, proof.At(now))
			}
			q := proof.Question{World: w, Person: person, Now: now}
			check := func(what string, k int, a council.Audience, want bool) {
				n++
				if want {
					yes++
				}
				if got := policy.CanRead(v, a); got != want {
					t.Errorf("world %d, second %d, person %d, %s %d: the rules say %v, the sentences %v\naudience %s\nlabels %v", w.Number, now, person, what, k, got, want, a, v.Labels())
				}
				if person < 0 && want != a.Public() {
					t.Errorf("world %d, %s %d: the publication gate says %v (%s)", w.Number, what, k, a.Public(), a)
				}
				if d := policy.Why(v, a); d.Reads != want || want && len(d.By) == 0 || len(d.By) > 0 && len(d.Despite) == 0 && !want {
					t.Errorf("world %d, person %d, %s %d: the reasons do not fit: %+v", w.Number, person, what, k, d)
				}
			}
			for k := range w.Meetings {
				check("meeting", k, a.Meetings[k], q.Sitzung(k))
			}
			for k := range w.Items {
				check("item", k, a.Items[k], q.Punkt(k))
			}
			for k := range w.Papers {
				check("paper", k, a.Papers[k], q.Vorlage(k))
				manage := policy.MayManage(v, w.ID("body", w.Papers[k].Body), a.Papers[k])
				wanted := council.NotFound // three answers: may, may not, has never heard of it
				if person >= 0 && !locked(w, person, now) && q.Vorlage(k) {
					wanted = council.Forbidden
				}
				if n++; (manage == nil) != q.IstSitzungsdienst(w.Papers[k].Body) || manage != nil && council.KindOf(manage) != wanted {
					t.Errorf("world %d, second %d, person %d changes paper %d: %v, the sentences say %v", w.Number, now, person, k, manage, wanted)
				}
			}
			for k := range w.Files {
				check("file", k, a.Files[k], q.Datei(k))
			}
			for k := range w.Versions {
				check("version", k, a.Versions[k], q.Fassung(k))
			}
		}
	}
	return n, yes
}

func locked(w *proof.World, person, now int) bool {
	return w.People[person].Locked >= 0 && now >= w.People[person].Locked
}
