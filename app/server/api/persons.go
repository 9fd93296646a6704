package api

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

type personAdd struct {
	Writing
	Body PersonWish
}

type personChange struct {
	ByID
	Writing
	Body PersonWish
}

type personEnd struct {
	ByID
	Writing
	Body PersonEnding
}

type byIDWriting struct {
	ByID
	Writing
}

type importWrite struct {
	Writing
	Body ImportFile
}

func (s *surface) personRoutes() {
	read(s, op("GET", "/persons", "listPersons", "For the clerk: persons of a Body with account, seats and roles", "persons"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[List[PersonCard]], error) {
			all, err := s.Provisioning.Persons(ctx, v, council.ID(in.In))
			out := List[PersonCard]{Data: []PersonCard{}}
			for _, c := range all {
				out.Data = append(out.Data, personCard(c))
			}
			return &Plain[List[PersonCard]]{out}, err
		})
	write(s, op("POST", "/persons", "addPerson", "Make a person with seats and roles, in one act", "persons"),
		func(ctx context.Context, v policy.Viewer, in *personAdd) (*Answer[PersonDone], error) {
			w, err := in.Body.wish()
			if err != nil {
				return nil, err
			}
			c, done, err := s.Provisioning.AddPerson(ctx, v, w)
			return personAnswer(http.StatusCreated, c, done, err)
		})
	write(s, op("PATCH", "/persons/{id}", "changePerson", "Change a person, seats and roles, in one act", "persons"),
		func(ctx context.Context, v policy.Viewer, in *personChange) (*Answer[PersonDone], error) {
			revision, err := in.asked(true)
			if err != nil {
				return nil, s.hiddenPerson(ctx, v, in.id(), err)
			}
			w, err := in.Body.wish()
			if err != nil {
				return nil, s.hiddenPerson(ctx, v, in.id(), err)
			}
			c, done, err := s.Provisioning.ChangePerson(ctx, v, in.id(), revision, w)
			return personAnswer(http.StatusOK, c, done, err)
		})
	write(s, op("POST", "/persons/{id}/end", "endPerson", "End seats, roles and access with a day, or at once", "persons"),
		func(ctx context.Context, v policy.Viewer, in *personEnd) (*Answer[PersonDone], error) {
			revision, err := in.asked(false)
			if err != nil {
				return nil, s.hiddenPerson(ctx, v, in.id(), err)
			}
			on, err := calendarDay(in.Body.On)
			if err != nil {
				return nil, s.hiddenPerson(ctx, v, in.id(), err)
			}
			c, done, err := s.Provisioning.EndPerson(ctx, v, in.id(), revision, on)
			return personAnswer(http.StatusOK, c, done, err)
		})
	s.accountRoutes()
	s.endingRoutes()
	s.importRoutes()
}

// hiddenPerson: who may not know of the person gets "not found" before any other complaint.
func (s *surface) hiddenPerson(ctx context.Context, v policy.Viewer, id council.ID, err error) error {
	if !s.Provisioning.Knows(ctx, v, id) {
		return council.ErrNotFound()
	}
	return err
}

func personAnswer(status int, c provisioning.Card, done council.Import, err error) (*Answer[PersonDone], error) {
	if err != nil {
		return nil, err
	}
	return &Answer[PersonDone]{Status: status, ETag: httpkit.ETag(c.Revision), Body: PersonDone{personCard(c), string(done.ID)}}, nil
}

func (s *surface) importRoutes() {
	write(s, op("POST", "/imports/preview", "previewImport", "What a table of persons and seats would change; nothing is kept", "persons"),
		func(ctx context.Context, v policy.Viewer, in *importWrite) (*Answer[ImportPreview], error) {
			f, err := in.Body.file()
			if err != nil {
				return nil, err
			}
			p, err := s.Provisioning.PreviewImport(ctx, v, f)
			return &Answer[ImportPreview]{Status: http.StatusOK, Body: importPreview(p, callOf(ctx).lang)}, err
		})
	write(s, op("POST", "/imports", "applyImport", "Take a table over, as a whole, as its preview showed it", "persons"),
		func(ctx context.Context, v policy.Viewer, in *importWrite) (*Answer[ImportAct], error) {
			f, err := in.Body.file()
			if err != nil {
				return nil, err
			}
			done, err := s.Provisioning.ApplyImport(ctx, v, f, in.Body.Digest)
			return &Answer[ImportAct]{Status: http.StatusCreated, ETag: httpkit.ETag(done.Revision), Body: importAct(provisioning.Act{Import: done, By: v.Name(), MayUndo: true})}, err
		})
	read(s, op("GET", "/imports", "listImports", "What was done to persons, seats and roles of a Body, latest first", "persons"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[List[ImportAct]], error) {
			all, err := s.Provisioning.Acts(ctx, v, council.ID(in.In))
			out := List[ImportAct]{Data: []ImportAct{}}
			for _, a := range all {
				out.Data = append(out.Data, importAct(a))
			}
			return &Plain[List[ImportAct]]{out}, err
		})
	write(s, op("POST", "/imports/{id}/undo", "undoImport", "Take an act back as a whole, while nothing else has changed the same", "persons"),
		func(ctx context.Context, v policy.Viewer, in *byIDWriting) (*Answer[ImportAct], error) {
			done, err := s.Provisioning.Undo(ctx, v, in.id())
			return &Answer[ImportAct]{Status: http.StatusOK, ETag: httpkit.ETag(done.Revision), Body: importAct(provisioning.Act{Import: done})}, err
		})
}

// importTemplate gives the empty table; personsExport the table as it is.
func (s *surface) importTemplate(c *fiber.Ctx) error {
	return sendTable(c, "vorlage-personen.csv", provisioning.Template())
}

func (s *surface) personsExport(c *fiber.Ctx) error {
	data, err := s.Provisioning.Export(c.UserContext(), newCall(c).viewer, council.ID(c.Query("body")))
	if err != nil {
		return err
	}
	return sendTable(c, "personen.csv", data)
}

func sendTable(c *fiber.Ctx, name string, data []byte) error {
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(data)
}

// describeTables puts the raw routes into the OpenAPI document.
func (s *surface) describeTables(failure func(string) *huma.Response) {
	csv := map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}}
	empty := op(http.MethodGet, "/imports/template", "readImportTemplate", "An empty table with an example of each kind of line", "persons")
	empty.Responses = map[string]*huma.Response{"200": {Description: "the table", Content: csv}, "401": failure("not signed in")}
	s.api.OpenAPI().AddOperation(&empty)
	all := op(http.MethodGet, "/persons/export", "exportPersons", "The persons, seats and roles of a Body as such a table; the act is written down", "persons")
	all.Parameters = []*huma.Param{{Name: "body", In: "query", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}}
	all.Responses = map[string]*huma.Response{"200": {Description: "the table", Content: csv}, "401": failure("not signed in"), "404": failure("not found")}
	s.api.OpenAPI().AddOperation(&all)
}
