package policy_test

import (
	"testing"

	"ris/app/council"
	"ris/auth/policy"
)

// Who may ask, who may release, who sees: every pair of the sentences in release.go.
func TestTwoPersons(t *testing.T) {
	clerk, second := granted("c1", body, council.Clerk, "2020-01-01", ""), granted("c2", body, council.Clerk, "2020-01-01", "")
	mayor := granted("m", body, council.Mayor, "2020-01-01", "")
	for name, c := range map[string]struct {
		v                    policy.Viewer
		ask, decide, see     bool // of a request of c1
		seeResult, bodyCount bool // released by m
	}{
		"who asked":                   {clerk, true, false, true, true, true},
		"another clerk":               {second, true, true, true, false, true},
		"the mayor":                   {mayor, false, true, true, true, true},
		"a former mayor":              {granted("m", body, council.Mayor, "2020-01-01", "2020-02-01"), false, false, false, false, false},
		"the mayor of another Body":   {granted("m", "elsewhere", council.Mayor, "2020-01-01", ""), false, false, false, false, true},
		"a clerk of another Body":     {granted("c3", "elsewhere", council.Clerk, "2020-01-01", ""), false, false, false, false, true},
		"who asked, no longer clerk":  {granted("c1", body, council.Clerk, "2020-01-01", "2020-02-01"), false, false, false, false, false},
		"who runs the system":         {granted("i", body, council.IT, "2020-01-01", ""), false, false, false, false, false},
		"the public":                  {policy.Anonymous(), false, false, false, false, false},
		"system work":                 {policy.System("test"), false, false, false, false, false},
		"nobody":                      {},
		"who asked, now mayor's seat": {granted("c1", body, council.Mayor, "2020-01-01", ""), false, false, true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := council.Release{Body: body, RequestedBy: "c1"}
			got := []bool{policy.MayRequestRelease(c.v, body), policy.MayDecideRelease(c.v, body, "c1"), policy.SeesReleases(c.v, body)}
			if want := []bool{c.ask, c.decide, c.see}; got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
				t.Errorf("ask, decide, see: %v, want %v", got, want)
			}
			if policy.SeesReleased(c.v, r) {
				t.Error("sees what nobody has released")
			}
			r.DecidedBy = "m"
			if policy.SeesReleased(c.v, r) != c.seeResult {
				t.Errorf("sees the result: %v", !c.seeResult)
			}
			if (len(policy.ReleaseBodies(c.v)) > 0) != c.bodyCount {
				t.Errorf("bodies %v", policy.ReleaseBodies(c.v))
			}
		})
	}
}
