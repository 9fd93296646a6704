package api

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/mdm"
	"ris/app/server/httpkit"
	"ris/auth/policy"
)

// ScimClient is a directory's access. Token is there in the answer to its making, and never again.
type ScimClient struct {
	ID       council.ID `json:"id"`
	Name     string     `json:"name"`
	Created  time.Time  `json:"created"`
	LastUsed *time.Time `json:"lastUsed"`
	Revoked  *time.Time `json:"revoked"`
	Token    string     `json:"token,omitempty"`
}

// ScimGroup is a group of the directory with the role that it gives.
type ScimGroup struct {
	ID      council.ID `json:"id"`
	Name    string     `json:"name"`
	Members int        `json:"members"`
	Kind    string     `json:"kind" enum:",clerk,mayor,it" doc:"empty = gives no role"`
}

type clientAdd struct {
	Body struct {
		In   council.ID `json:"body" maxLength:"36"`
		Name string     `json:"name" minLength:"1" maxLength:"100"`
	}
}

type kindChoose struct {
	ByID
	Writing
	Body struct {
		Kind string `json:"kind" enum:",clerk,mayor,it"`
	}
}

func (s *surface) directoryRoutes() {
	read(s, op("GET", "/scim-clients", "listScimClients", "For clerk and IT: which directories may keep the accounts of a Body", "directory"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[List[ScimClient]], error) {
			all, err := s.Provisioning.Clients(ctx, v, council.ID(in.In))
			out := List[ScimClient]{Data: []ScimClient{}}
			for _, c := range all {
				out.Data = append(out.Data, scimClient(c))
			}
			return &Plain[List[ScimClient]]{out}, err
		})
	// No Idempotency-Key: a kept answer would keep the token.
	write(s, op("POST", "/scim-clients", "addScimClient", "Make an access for a directory; its token is in this answer alone", "directory"),
		func(ctx context.Context, v policy.Viewer, in *clientAdd) (*Answer[ScimClient], error) {
			c, token, err := s.Provisioning.AddClient(ctx, v, in.Body.In, in.Body.Name)
			out := scimClient(c)
			out.Token = token
			return &Answer[ScimClient]{Status: http.StatusCreated, ETag: httpkit.ETag(c.Revision), Body: out}, err
		})
	write(s, op("POST", "/scim-clients/{id}/revoke", "revokeScimClient", "End the access of a directory at once", "directory"),
		func(ctx context.Context, v policy.Viewer, in *byIDWriting) (*Answer[ScimClient], error) {
			c, err := s.Provisioning.RevokeClient(ctx, v, in.id())
			return &Answer[ScimClient]{Status: http.StatusOK, ETag: httpkit.ETag(c.Revision), Body: scimClient(c)}, err
		})
	read(s, op("GET", "/scim-groups", "listScimGroups", "Groups of the directory with the role that each gives", "directory"),
		func(ctx context.Context, v policy.Viewer, in *inBody) (*Plain[List[ScimGroup]], error) {
			all, err := s.Provisioning.DirectoryGroups(ctx, v, council.ID(in.In))
			out := List[ScimGroup]{Data: []ScimGroup{}}
			for _, g := range all {
				out.Data = append(out.Data, ScimGroup{g.ID, g.DisplayName, g.Members, string(g.Kind)})
			}
			return &Plain[List[ScimGroup]]{out}, err
		})
	write(s, op("POST", "/scim-groups/{id}/kind", "chooseScimGroupKind", "For the clerk: which role the members of a group get, at once", "directory"),
		func(ctx context.Context, v policy.Viewer, in *kindChoose) (*Answer[ScimGroup], error) {
			g, err := s.Provisioning.ChooseKind(ctx, v, in.id(), council.Role(in.Body.Kind))
			return &Answer[ScimGroup]{Status: http.StatusOK, ETag: httpkit.ETag(g.Revision), Body: ScimGroup{ID: g.ID, Name: g.DisplayName, Kind: string(g.Kind)}}, err
		})
}

func scimClient(c council.ScimClient) ScimClient {
	return ScimClient{ID: c.ID, Name: c.Name, Created: c.Created.UTC(), LastUsed: moment(c.LastUsed), Revoked: moment(c.RevokedAt)}
}

// mdmProfile gives the profile that puts the reader on a device, for clerk and IT of the Body.
func (s *surface) mdmProfile(c *fiber.Ctx) error {
	b, err := s.Provisioning.Connectable(c.UserContext(), newCall(c).viewer, council.ID(c.Params("id")))
	if err != nil {
		return err
	}
	p := mdm.Profile{PublicURL: s.PublicURL, Body: string(b.ID), BodyName: b.Name, Name: c.Query("name")}
	data, err := p.Make()
	switch err {
	case nil:
	case mdm.ErrURL:
		return council.E(council.Conflict, "mdm.error.url", "url", s.PublicURL)
	default:
		return council.E(council.Invalid, "mdm.error.name")
	}
	c.Set(fiber.HeaderContentType, "application/x-apple-aspen-config")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": p.FileName()}))
	return c.Send(data)
}

// describeProfile puts the raw route into the OpenAPI document.
func (s *surface) describeProfile(id *huma.Param, failure func(string) *huma.Response) {
	o := op(http.MethodGet, "/bodies/{id}/mdm-profile", "readMDMProfile", "For clerk and IT: an Apple configuration profile with a managed web clip", "directory")
	o.Parameters = []*huma.Param{id, {Name: "name", In: "query", Schema: &huma.Schema{Type: huma.TypeString}, Description: "below the icon; left out = Ratsinfo"}}
	o.Responses = map[string]*huma.Response{"200": {Description: "the profile", Content: map[string]*huma.MediaType{"application/x-apple-aspen-config": {Schema: &huma.Schema{Type: huma.TypeString}}}},
		"401": failure("not signed in"), "404": failure("not found"), "409": failure("the installation has no https address"), "422": failure("the name cannot be")}
	s.api.OpenAPI().AddOperation(&o)
}
