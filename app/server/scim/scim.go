package scim

import (
	"encoding/json"
	"errors"
	"mime"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/app/server/httpkit"
	"ris/web/locales"
)

// Prefix is where the directory finds us.
const Prefix = "/scim/v2"

// MediaType is of every answer (RFC 7644, section 3.1).
const MediaType = "application/scim+json"

// Deps are what the surface needs. Limit bounds requests by asker; PublicURL makes the addresses of resources.
type Deps struct {
	Accounts  *provisioning.Service
	PublicURL string
	Limit     fiber.Handler
	Clock     council.Clock
}

// Route is a line of the list of routes.
type Route struct{ Method, Path string }

// Routes are all, for the one list of the product (app/server/routes.go).
func Routes() []Route {
	out := []Route{{"GET", Prefix + "/ServiceProviderConfig"}, {"GET", Prefix + "/ResourceTypes"}, {"GET", Prefix + "/ResourceTypes/:id"},
		{"POST", Prefix + "/.search"}, {"GET", Prefix + "/Schemas"}, {"GET", Prefix + "/Schemas/:id"}}
	for _, kind := range []string{"/Users", "/Groups"} {
		out = append(out, Route{"GET", Prefix + kind}, Route{"POST", Prefix + kind}, Route{"POST", Prefix + kind + "/.search"}, Route{"GET", Prefix + kind + "/:id"}, Route{"PUT", Prefix + kind + "/:id"},
			Route{"PATCH", Prefix + kind + "/:id"}, Route{"DELETE", Prefix + kind + "/:id"})
	}
	return out
}

type surface struct{ Deps }

// Mount puts the routes on the app. Whatever stands below the prefix asks for the token first: without one, every address is 401 alike.
func Mount(app fiber.Router, d Deps) {
	s := &surface{d}
	limit := d.Limit
	if limit == nil {
		limit = func(c *fiber.Ctx) error { return c.Next() }
	}
	app.Use(Prefix, limit, s.door)
	app.Get(Prefix+"/ServiceProviderConfig", s.config)
	app.Get(Prefix+"/ResourceTypes", s.resourceTypes)
	app.Get(Prefix+"/ResourceTypes/:id", s.resourceType)
	app.Get(Prefix+"/Schemas", s.schemas)
	app.Get(Prefix+"/Schemas/:id", s.schema)
	app.Post(Prefix+"/.search", search(s.everything))
	app.Get(Prefix+"/Users", s.users)
	app.Post(Prefix+"/Users", s.userAdd)
	app.Post(Prefix+"/Users/.search", search(s.users))
	app.Get(Prefix+"/Users/:id", s.user)
	app.Put(Prefix+"/Users/:id", s.userPut)
	app.Patch(Prefix+"/Users/:id", s.userPatch)
	app.Delete(Prefix+"/Users/:id", s.userDelete)
	app.Get(Prefix+"/Groups", s.groups)
	app.Post(Prefix+"/Groups", s.groupAdd)
	app.Post(Prefix+"/Groups/.search", search(s.groups))
	app.Get(Prefix+"/Groups/:id", s.group)
	app.Put(Prefix+"/Groups/:id", s.groupPut)
	app.Patch(Prefix+"/Groups/:id", s.groupPatch)
	app.Delete(Prefix+"/Groups/:id", s.groupDelete)
}

const clientKey = "ris.scim"

func client(c *fiber.Ctx) provisioning.Client {
	k, _ := c.Locals(clientKey).(provisioning.Client)
	return k
}

// door lets a client with its token in, and answers every error below the prefix as the RFC wants it.
func (s *surface) door(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	kind, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	if !strings.EqualFold(kind, "bearer") {
		token = ""
	}
	k, err := s.Accounts.Connect(c.UserContext(), strings.TrimSpace(token))
	if err == nil {
		c.Locals(clientKey, k)
		err = c.Next()
	}
	if err != nil {
		return fail(c, err)
	}
	return nil
}

// schemaError is of every error (RFC 7644, section 3.12).
const schemaError = "urn:ietf:params:scim:api:messages:2.0:Error"

// wrong is an error of the protocol with its scimType (RFC 7644, table 9).
func wrong(scimType, key string, args ...string) error {
	return &typed{scimType, council.E(council.Invalid, key, args...)}
}

type typed struct {
	scimType string
	because  *council.Error
}

func (t *typed) Error() string { return t.because.Error() }

func (t *typed) Unwrap() error { return t.because }

// fail writes the error. Texts come from the catalogue; what nobody wrote for people is only a number for the log.
func fail(c *fiber.Ctx, err error) error {
	lang := httpkit.Lang(c)
	p := httpkit.Describe(err, lang, httpkit.RequestID(c))
	status := p.Status
	body := map[string]any{"schemas": []string{schemaError}, "detail": p.Detail}
	var t *typed
	switch {
	case errors.As(err, &t):
		status, body["scimType"] = fiber.StatusBadRequest, t.scimType
		body["detail"] = locales.T(lang, t.because.Key, t.because.Args...)
	case status == fiber.StatusConflict:
		body["scimType"] = "uniqueness"
	case status == fiber.StatusUnprocessableEntity:
		status, body["scimType"] = fiber.StatusBadRequest, "invalidValue"
	case status == fiber.StatusUnauthorized:
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="scim"`)
	}
	if status >= 500 && status != fiber.StatusServiceUnavailable {
		return errors.Join(err, send(c, status, body)) // the server's log has the cause
	}
	body["status"] = statusText(status)
	return send(c, status, body)
}

func send(c *fiber.Ctx, status int, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, MediaType)
	return c.Status(status).Send(data)
}

// bodyOf reads the request's JSON object.
func bodyOf(c *fiber.Ctx) (map[string]any, error) {
	kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != MediaType && kind != fiber.MIMEApplicationJSON {
		return nil, wrong("invalidSyntax", "scim.error.media_type")
	}
	body := c.Body()
	if len(body) > 1<<20 {
		return nil, council.E(council.TooLarge, "error.too_large", "limit", "1 MB")
	}
	var out map[string]any
	if err := json.Unmarshal(body, &out); err != nil || out == nil {
		return nil, wrong("invalidSyntax", "scim.error.json")
	}
	return out, nil
}
