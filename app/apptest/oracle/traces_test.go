//go:build !race

package oracle_test

import (
	"bytes"
	"context"
	"strings"

	"ris/app/council"
	"ris/app/trace"
	"ris/auth/policy"
)

// traces: a member's copy is traced by the clerk and the mayor of its Body. Der Sitzungsdienst und der Bürgermeister der Körperschaft
// sehen, dass gesucht wurde; wen die Suche ergab, sehen die beiden Beteiligten. Alle anderen sehen nichts, auch nicht der Betroffene.
func (h *house) traces(ctx context.Context, docs []document) {
	const traced, asks, releases = "p01", "p04", "p05"
	var file council.ID
	for _, d := range docs {
		if h.rules.paper(traced, d.paper) && !h.rules.paper("", d.paper) && !h.rules.paper(foreignClerk, d.paper) {
			file = d.id
		}
	}
	found := h.send(traced, "GET", "/api/v1/files/"+string(file), nil).body
	viewer := func(who string) policy.Viewer {
		facts, err := h.app.Store.Facts(ctx, h.seeded.Persons[who])
		h.must(err)
		return policy.ForPerson(facts, h.app.Clock().In(h.app.Zone))
	}
	q, err := h.app.Tracing.Receive(ctx, viewer(asks), trace.Wanted{Body: h.seeded.Bodies["auenrode"], Reason: "Ein Exemplar lag im Rathausfoyer.", FileName: "Fundstück.pdf",
		Content: bytes.NewReader(found)})
	h.must(err)
	asked, err := h.app.Tracing.Ask(ctx, viewer(asks), q)
	h.must(err)
	path, id := "/api/v1/traces/"+string(asked.Trace.ID), string(asked.Trace.ID)
	named := h.rules.person(traced).Account
	look := func(released bool) {
		for _, who := range viewers {
			list := h.send(who, "GET", "/api/v1/traces", nil)
			if who != asks && who != releases {
				h.gone(who, "GET", path, id)
				if list.status != 200 || strings.Contains(string(list.body), id) || strings.Contains(string(list.body), "Fundst") {
					h.Errorf("%s lists a trace: %d %s", name(who), list.status, list.body)
				}
				continue
			}
			one := h.send(who, "GET", path, nil)
			if one.status != 200 || strings.Contains(string(one.body), named) != released || strings.Contains(string(list.body), named) {
				h.Errorf("%s, released %v: %d %s", name(who), released, one.status, one.body)
			}
		}
		if a := h.send("", "GET", path, nil); a.status != 401 {
			h.Errorf("the public asks for a trace: %d", a.status)
		}
	}
	look(false)
	done, err := h.app.Tracing.Decide(ctx, viewer(releases), asked.Trace.ID, 0, true, "")
	h.must(err)
	if done.Result == nil || len(done.Result.Found) != 1 || done.Result.Found[0].Person != h.seeded.Persons[traced] {
		h.Errorf("the trace leads to %+v", done.Result)
	}
	look(true)
}
