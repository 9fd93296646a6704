package scim

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

const (
	schemaConfig       = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
	schemaResourceType = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
	schemaSchema       = "urn:ietf:params:scim:schemas:core:2.0:Schema"
)

// config says what this service can do (RFC 7643, section 5).
func (s *surface) config(c *fiber.Ctx) error {
	on, off := map[string]any{"supported": true}, map[string]any{"supported": false}
	return send(c, fiber.StatusOK, shaped(c, map[string]any{
		"schemas": []string{schemaConfig}, "patch": on, "etag": on, "sort": off, "changePassword": off,
		"bulk":   map[string]any{"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
		"filter": map[string]any{"supported": true, "maxResults": mostResults},
		"authenticationSchemes": []any{map[string]any{"type": "oauthbearertoken", "name": "Bearer token", "description": "A token that the council system has made for this directory",
			"specUri": "https://www.rfc-editor.org/info/rfc6750", "primary": true}},
		"meta": map[string]any{"resourceType": "ServiceProviderConfig", "location": s.PublicURL + Prefix + "/ServiceProviderConfig"},
	}))
}

func (s *surface) types() []map[string]any {
	one := func(name, schema, what string) map[string]any {
		return map[string]any{"schemas": []string{schemaResourceType}, "id": name, "name": name, "endpoint": "/" + name + "s", "description": what, "schema": schema,
			"schemaExtensions": []any{}, "meta": map[string]any{"resourceType": "ResourceType", "location": s.location("ResourceTypes", name)}}
	}
	return []map[string]any{one("User", schemaUser, "Account of a person of the Body"), one("Group", schemaGroup, "Group of the directory; the clerk chooses which role it gives")}
}

func (s *surface) resourceTypes(c *fiber.Ctx) error { return known(c, s.types()) }

func (s *surface) resourceType(c *fiber.Ctx) error { return knownOne(c, s.types()) }

func (s *surface) schemas(c *fiber.Ctx) error { return known(c, s.definitions()) }

func (s *surface) schema(c *fiber.Ctx) error { return knownOne(c, s.definitions()) }

// known lists what the service says of itself; a filter is forbidden there (RFC 7644, section 4).
func known(c *fiber.Ctx, all []map[string]any) error {
	if c.Query("filter") != "" {
		return council.E(council.Forbidden, "scim.error.no_filter")
	}
	return list(c, all)
}

func knownOne(c *fiber.Ctx, all []map[string]any) error {
	for _, r := range all {
		if strings.EqualFold(r["id"].(string), c.Params("id")) {
			return send(c, fiber.StatusOK, r)
		}
	}
	return council.ErrNotFound()
}

// definitions are the schemas that we keep (RFC 7643, section 7): the parts of User and Group that the council system has a use for.
func (s *surface) definitions() []map[string]any {
	one := func(id, name string, attributes ...any) map[string]any {
		return map[string]any{"schemas": []string{schemaSchema}, "id": id, "name": name, "description": name, "attributes": attributes,
			"meta": map[string]any{"resourceType": "Schema", "location": s.location("Schemas", id)}}
	}
	return []map[string]any{
		one(schemaUser, "User",
			attribute("userName", "string", "Name by which the directory knows the account; an e-mail address or a name of its own", required, unique),
			attribute("name", "complex", "Parts of the person's name; without them the user name stands for it", required, parts(
				attribute("familyName", "string", "Family name"), attribute("givenName", "string", "Given name"),
				attribute("honorificPrefix", "string", "Academic title"))),
			attribute("displayName", "string", "Name as it is shown; made of the name when it is left out", required),
			attribute("active", "boolean", "false ends every session at once; true when it is left out", required),
			attribute("emails", "complex", "The primary address is the account by which the first sign-in finds the person; one is kept", many, parts(
				attribute("value", "string", "Address"), attribute("type", "string", "Always work", fixedAttribute, canonical("work")),
				attribute("primary", "boolean", "Always true", fixedAttribute))),
			attribute("groups", "complex", "Groups of the account", many, fixedAttribute, parts(
				attribute("value", "string", "Id of the group", fixedAttribute), attribute("$ref", "reference", "Address of the group", fixedAttribute, refers("Group")),
				attribute("display", "string", "Name of the group", fixedAttribute), attribute("type", "string", "Always direct", fixedAttribute, canonical("direct", "indirect"))))),
		one(schemaGroup, "Group",
			attribute("displayName", "string", "Name of the group", required, unique),
			attribute("members", "complex", "Accounts in the group", many, parts(
				attribute("value", "string", "Id of the account", immutable), attribute("$ref", "reference", "Address of the account", immutable, refers("User")),
				attribute("type", "string", "Always User", immutable, canonical("User"))))),
	}
}

// attribute describes one (RFC 7643, section 7), with the usual characteristics unless said otherwise.
func attribute(name, kind, what string, more ...func(map[string]any)) map[string]any {
	a := map[string]any{"name": name, "type": kind, "description": what, "multiValued": false, "required": false, "mutability": "readWrite", "returned": "default"}
	if kind == "string" || kind == "reference" {
		a["caseExact"], a["uniqueness"] = kind == "reference", "none"
	}
	for _, f := range more {
		f(a)
	}
	return a
}

func required(a map[string]any)       { a["required"] = true }
func unique(a map[string]any)         { a["uniqueness"] = "server" }
func many(a map[string]any)           { a["multiValued"] = true }
func fixedAttribute(a map[string]any) { a["mutability"] = "readOnly" }
func immutable(a map[string]any)      { a["mutability"] = "immutable" }

func parts(all ...any) func(map[string]any) {
	return func(a map[string]any) { a["subAttributes"] = all }
}

func canonical(values ...string) func(map[string]any) {
	return func(a map[string]any) { a["canonicalValues"] = values }
}

func refers(kinds ...string) func(map[string]any) {
	return func(a map[string]any) { a["referenceTypes"] = kinds }
}
