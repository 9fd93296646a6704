package api

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTheDocumentIsOpenAPI31AndNamesEveryRoute(t *testing.T) {
	raw, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		OpenAPI    string                                `json:"openapi"`
		Paths      map[string]map[string]json.RawMessage `json:"paths"`
		Components struct {
			Schemas map[string]json.RawMessage `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("version %q, want 3.1", doc.OpenAPI)
	}
	for _, want := range []string{"get /me", "get /meetings", "post /meetings", "get /meetings/{id}", "patch /meetings/{id}",
		"delete /meetings/{id}", "post /meetings/{id}/agenda-items", "put /meetings/{id}/agenda-order", "post /meetings/{id}/publish",
		"get /meetings/{id}/publish-preview", "post /meetings/{id}/withdraw", "patch /agenda-items/{id}", "delete /agenda-items/{id}",
		"post /agenda-items/{id}/papers", "delete /agenda-items/{id}/papers/{paper}", "post /papers", "get /papers/{id}",
		"patch /papers/{id}", "post /papers/{id}/files", "post /papers/{id}/withdraw", "get /files/{id}", "patch /files/{id}", "get /files/{id}/info",
		"get /files/{id}/pages", "get /files/{id}/marks", "get /files/{id}/outline", "post /files/{id}/withdraw", "post /files/{id}/again", "get /meetings/{id}/participation",
		"post /agenda-items/{id}/conflicts", "delete /agenda-items/{id}/conflicts/{conflict}", "post /meetings/{id}/substitutions",
		"delete /meetings/{id}/substitutions/{substitution}", "post /papers/{id}/restore", "post /files/{id}/restore",
		"post /meetings/{id}/restore", "get /search",
		"post /uploads", "patch /uploads/{id}", "head /uploads/{id}", "delete /uploads/{id}", "get /uploads/{id}",
		"post /annotations/sync", "get /organizations", "get /locations"} {
		method, path, _ := strings.Cut(want, " ")
		if _, ok := doc.Paths[Prefix+path][method]; !ok {
			t.Errorf("%s is not described", want)
		}
	}
	for _, schema := range []string{"Meeting", "MeetingSummary", "AgendaItem", "Paper", "File", "UploadedFile", "SearchAnswer", "SyncAnswer", "Problem"} {
		if _, ok := doc.Components.Schemas[schema]; !ok {
			t.Errorf("schema %s is missing", schema)
		}
	}
}
