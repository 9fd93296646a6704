package api

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// describeStreams puts the raw routes into the OpenAPI document.
func (s *surface) describeStreams() {
	doc := s.api.OpenAPI()
	schemas := doc.Components.Schemas
	uploaded := schemas.Schema(reflect.TypeFor[UploadedFile](), true, "UploadedFile")
	problem := &huma.Schema{Type: huma.TypeObject}
	if ref := doc.Paths[Prefix+"/me"].Get.Responses["401"]; ref != nil {
		problem = ref.Content["application/problem+json"].Schema
	}
	failure := func(text string) *huma.Response {
		return &huma.Response{Description: text, Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}}}
	}
	s.describeOriginal(failure)
	s.describeTables(failure)
	id := &huma.Param{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}
	text := &huma.Schema{Type: huma.TypeString}
	pdf := map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}

	get := op(http.MethodGet, "/files/{id}", "readFile", "The viewer's personal copy", "files")
	get.Parameters = []*huma.Param{id, {Name: "version", In: "query", Schema: text},
		{Name: "reading", In: "query", Schema: text, Description: "1 = the reduced copy of a heavy scan, when there is one"}, {Name: "Range", In: "header", Schema: text},
		{Name: "If-Range", In: "header", Schema: text}, {Name: "If-None-Match", In: "header", Schema: text}}
	get.Responses = map[string]*huma.Response{"200": {Description: "the whole copy", Content: pdf}, "206": {Description: "a range", Content: pdf},
		"304": {Description: "as the device has it"}, "401": failure("not signed in"), "404": failure("not found"),
		"409": failure("still being prepared"), "416": {Description: "no such range"}}
	doc.AddOperation(&get)
	s.describePapersZip(id, failure)
	s.describeProfile(id, failure)
	s.describePacket(id, pdf, failure)
	s.describeThumbnail(id, failure)

	add := op(http.MethodPost, "/papers/{id}/files", "addFile", "Upload a PDF: a new file, or a new version of one", "papers")
	add.Parameters = []*huma.Param{id, {Name: "Idempotency-Key", In: "header", Schema: text}}
	add.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
		Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{
			"file":     {Type: huma.TypeString, Format: "binary"},
			"role":     {Type: huma.TypeString, Enum: []any{"main", "auxiliary"}},
			"name":     {Type: huma.TypeString, Description: "shown to people; left out = the file name"},
			"replaces": {Type: huma.TypeString, Description: "id of the file of which this is a new version"},
			"reason":   {Type: huma.TypeString, Description: "why a new version"},
		}}}}}
	add.Responses = map[string]*huma.Response{
		"201": {Description: "received", Content: map[string]*huma.MediaType{"application/json": {Schema: uploaded}}},
		"401": failure("not signed in"), "403": failure("not allowed"), "404": failure("not found"), "409": failure("already there"),
		"413": failure("too large"), "422": failure("refused")}
	doc.AddOperation(&add)

	s.describeUploads(failure)
	s.describeTraces(schemas.Schema(reflect.TypeFor[Trace](), true, "Trace"), failure)
}
