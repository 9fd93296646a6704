package api

import (
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// describeUploads puts the routes of resumable uploads into the OpenAPI document; failure makes the description of a problem.
func (s *surface) describeUploads(failure func(text string) *huma.Response) {
	doc := s.api.OpenAPI()
	text := &huma.Schema{Type: huma.TypeString}
	header := func(names ...string) (out []*huma.Param) {
		for _, n := range names {
			name, required := strings.CutSuffix(n, "!")
			out = append(out, &huma.Param{Name: name, In: "header", Required: required, Schema: text})
		}
		return out
	}
	id := &huma.Param{Name: "id", In: "path", Required: true, Schema: text}
	bytes := &huma.RequestBody{Content: map[string]*huma.MediaType{"application/offset+octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	state := doc.Components.Schemas.Schema(reflect.TypeFor[UploadState](), true, "UploadState")
	list := doc.Components.Schemas.Schema(reflect.TypeFor[List[UploadState]](), true, "ListUploadState")
	add := func(method, path, name, summary string, params []*huma.Param, body *huma.RequestBody, responses map[string]*huma.Response) {
		o := op(method, "/uploads"+path, name, summary, "uploads")
		if path != "" {
			params = append([]*huma.Param{id}, params...)
		}
		o.Parameters, o.RequestBody, o.Responses = params, body, responses
		o.Responses["401"] = failure("not signed in")
		doc.AddOperation(&o)
	}
	json := func(schema *huma.Schema) *huma.Response {
		return &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
	}
	add(http.MethodOptions, "", "describeUploads", "What the server can do (tus 1.0)", nil, nil, map[string]*huma.Response{"204": {Description: "in headers"}})
	add(http.MethodPost, "", "beginUpload", "Begin an upload that can be resumed (tus 1.0); Upload-Metadata: paper, role, name, filename, replaces, reason",
		header("Tus-Resumable!", "Upload-Length!", "Upload-Metadata!", "Upload-Checksum"), bytes,
		map[string]*huma.Response{"201": {Description: "begun; Location names it"}, "400": failure("malformed"), "404": failure("no such paper"),
			"412": failure("another version of the protocol"), "413": failure("too large")})
	add(http.MethodGet, "", "listUploads", "The viewer's own unfinished uploads",
		[]*huma.Param{{Name: "paper", In: "query", Schema: text}}, nil, map[string]*huma.Response{"200": json(list)})
	add(http.MethodGet, "/{id}", "showUpload", "An upload of the viewer, as people see it", nil, nil,
		map[string]*huma.Response{"200": json(state), "404": failure("not found")})
	add(http.MethodHead, "/{id}", "findUpload", "How far an upload is (tus 1.0)", header("Tus-Resumable!"), nil,
		map[string]*huma.Response{"200": {Description: "Upload-Offset, Upload-Length; Upload-Result when it is done"}, "404": failure("not found")})
	add(http.MethodPatch, "/{id}", "continueUpload", "Bytes of an upload (tus 1.0); the last of them makes the file, Upload-Result names it",
		header("Tus-Resumable!", "Upload-Offset!", "Upload-Checksum"), bytes,
		map[string]*huma.Response{"204": {Description: "Upload-Offset says how far it is"}, "404": failure("not found"), "409": failure("another offset, or already there"),
			"413": failure("more than declared"), "415": failure("another type"), "422": failure("refused"), "423": failure("somebody is writing"), "460": failure("checksum")})
	add(http.MethodPost, "/{id}", "overrideUpload", "PATCH, HEAD or DELETE named in X-HTTP-Method-Override, for proxies that let only POST through",
		header("X-HTTP-Method-Override!", "Tus-Resumable!"), bytes, map[string]*huma.Response{"204": {Description: "as the method named"}, "404": failure("not found")})
	add(http.MethodDelete, "/{id}", "removeUpload", "Forget an upload (tus 1.0); a file that it has become stays", header("Tus-Resumable!"), nil,
		map[string]*huma.Response{"204": {Description: "gone"}, "404": failure("not found"), "423": failure("somebody is writing")})
}
