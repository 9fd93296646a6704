package privacy

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"

	"ris/app/council"
	"ris/auth/policy"
)

//go:embed record.gohtml
var recordText string

// Record is the record of processing activities (Art. 30 (1) DSGVO) as a page to print, filled in as far as this installation knows:
// what only the town can say is marked. It is a German authority's document: it is in German. Only clerks, those who run the system and
// named system work (the command line) get it; not found for everybody else.
func (s *Service) Record(ctx context.Context, v policy.Viewer) ([]byte, error) {
	if !v.Unfiltered() && !policy.SeesLogHead(v) {
		return nil, council.ErrNotFound()
	}
	bodies, err := s.Store.Bodies(ctx, policy.System("record of processing"))
	if err != nil {
		return nil, err
	}
	t, err := template.New("record").Funcs(s.words()).Parse(recordText)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{"S": s.Settings, "Bodies": bodies, "Made": s.Clock()})
	return b.Bytes(), err
}
