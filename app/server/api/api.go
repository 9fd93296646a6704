package api

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"ris/app/access"
	"ris/app/annotations"
	"ris/app/audit/review"
	"ris/app/bodies"
	"ris/app/council"
	"ris/app/devices"
	"ris/app/directory"
	"ris/app/finding"
	"ris/app/meetings"
	"ris/app/packets"
	"ris/app/papers"
	"ris/app/people"
	"ris/app/privacy"
	"ris/app/provisioning"
	"ris/app/server/httpkit"
	"ris/app/trace"
	"ris/app/versions"
	"ris/app/work"
	"ris/documents/upload"
)

// Store keeps the answers that were given under an Idempotency-Key, in the transaction of the write; app/store has it.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Idempotent(ctx context.Context, person council.ID, key string) (*council.Answered, error)
	SaveIdempotent(ctx context.Context, a council.Answered) error
}

// Deps are the use-cases behind the surface. Describing it (OpenAPI) needs none of them.
type Deps struct {
	Store        Store
	Access       *access.Service
	Clock        council.Clock
	People       *people.Service
	Bodies       *bodies.Service
	Meetings     *meetings.Service
	Papers       *papers.Service
	Packets      *packets.Service
	Annotations  *annotations.Service
	Work         *work.Service
	Finding      *finding.Service
	Tracing      *trace.Service
	Provisioning *provisioning.Service
	Review       *review.Service
	Privacy      *privacy.Service
	Devices      *devices.Service
	Directory    *directory.Service
	Versions     *versions.Service
	PublicURL    string        // scheme://host[:port] for browsers
	Parts        *upload.Parts // bytes of unfinished uploads
}

// Prefix is where the surface lives; everything below it is for signed-in people.
const Prefix = "/api/v1"

// DocumentPath is the public description of the surface.
const DocumentPath = "/api/openapi.json"

type surface struct {
	Deps
	api huma.API
}

// Mount puts all routes on the app, which already asks for a session below Prefix and answers 401 to everything alike without
// one (server.New does both). Behind it, what does not exist is the same 404 as an id that may not be seen.
// The app must be made with Immutable, StreamRequestBody and DisablePreParseMultipartForm: uploads are streamed.
func Mount(router fiber.Router, d Deps) error {
	app, ok := router.(*fiber.App)
	if !ok {
		return errors.New("api: the surface needs the app itself")
	}
	app.Get(DocumentPath, func(c *fiber.Ctx) error {
		doc, err := OpenAPI()
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, "application/vnd.oai.openapi+json;version=3.1")
		return c.Send(doc)
	})
	app.Use(Prefix, finish)
	s := &surface{Deps: d}
	s.register(app)
	s.streams(app)
	return nil
}

// withHead answers HEAD wherever GET is answered, as RFC 9110 (section 9.3.2) wants it.
type withHead struct{ fiber.Router }

// Add registers HEAD with each GET; the server sends no body then.
func (r withHead) Add(method, path string, handlers ...fiber.Handler) fiber.Router {
	if method == fiber.MethodGet {
		r.Router.Add(fiber.MethodHead, path, handlers...)
	}
	return r.Router.Add(method, path, handlers...)
}

// OpenAPI is the description of the surface as JSON (OpenAPI 3.1), made from the types; no server is needed.
var OpenAPI = sync.OnceValues(func() ([]byte, error) {
	s := &surface{}
	s.register(fiber.New())
	s.describeStreams()
	return json.MarshalIndent(s.api.OpenAPI(), "", "  ")
})

func (s *surface) register(app *fiber.App) {
	problems.Do(speakOurProblems)
	c := huma.DefaultConfig("ris", "1")
	c.Info.Description = "Council information for signed-in people. Problems are RFC 9457 documents in the language of Accept-Language."
	c.CreateHooks = nil // no $schema fields, no Link headers
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "__Host-ris", Description: "made by /auth/login"},
	}
	c.Security = []map[string][]string{{"session": {}}}
	s.api = humafiber.NewWithGroup(app, withHead{app}, c)
	s.api.UseMiddleware(begin)
	s.peopleRoutes()
	s.bodyRoutes()
	s.meetingRoutes()
	s.agendaRoutes()
	s.publishRoutes()
	s.participationRoutes()
	s.guestRoutes()
	s.accessRoutes()
	s.paperRoutes()
	s.fileRoutes()
	s.differenceRoutes()
	s.packetRoutes()
	s.renditionRoutes()
	s.outlineRoutes()
	s.searchRoutes()
	s.annotationRoutes()
	s.traceRoutes()
	s.personRoutes()
	s.directoryRoutes()
	s.auditRoutes()
	s.privacyRoutes()
	s.deviceRoutes()
	s.workRoutes()
	s.signInRoutes()
}

// problems makes huma speak our problem documents, once per process: its error hooks are global.
var problems sync.Once

func speakOurProblems() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problem(&call{}, status, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		c := callOf(ctx.Context())
		p := problem(c, status, errs)
		c.failed(p)
		return p
	}
}

var _ huma.StatusError = (*httpkit.Problem)(nil)
