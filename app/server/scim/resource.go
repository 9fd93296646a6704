package scim

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/provisioning"
)

const (
	schemaUser  = "urn:ietf:params:scim:schemas:core:2.0:User"
	schemaGroup = "urn:ietf:params:scim:schemas:core:2.0:Group"
	schemaList  = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	schemaPatch = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
)

func statusText(n int) string { return strconv.Itoa(n) }

// version is the weak entity tag of a revision (RFC 7644, section 3.14).
func version(revision int64) string { return fmt.Sprintf(`W/"%d"`, revision) }

func (s *surface) meta(kind string, st council.Stamp) map[string]any {
	return map[string]any{"resourceType": kind, "created": st.Created.UTC().Format(time.RFC3339), "lastModified": st.Modified.UTC().Format(time.RFC3339),
		"location": s.location(kind+"s", string(st.ID)), "version": version(st.Revision)}
}

func (s *surface) location(kind, id string) string {
	return s.PublicURL + Prefix + "/" + kind + "/" + url.PathEscape(id)
}

// userJSON is an account as the directory sees it.
func (s *surface) userJSON(a provisioning.Account) map[string]any {
	out := map[string]any{"schemas": []any{schemaUser}, "id": string(a.ID), "userName": a.UserName, "displayName": a.Name, "active": a.Active(s.Clock()),
		"name": some(map[string]any{"familyName": a.FamilyName, "givenName": a.GivenName, "honorificPrefix": a.Title}), "meta": s.meta("User", a.Stamp)}
	if a.ExternalID != "" {
		out["externalId"] = a.ExternalID
	}
	if a.Person.Account != "" {
		out["emails"] = workEmail(a.Person.Account)
	}
	var groups []any
	for _, g := range a.Groups {
		groups = append(groups, map[string]any{"value": string(g.ID), "$ref": s.location("Groups", string(g.ID)), "display": g.DisplayName, "type": "direct"})
	}
	if len(groups) > 0 {
		out["groups"] = groups
	}
	return out
}

func workEmail(address string) []any {
	return []any{map[string]any{"value": address, "type": "work", "primary": true}}
}

func (s *surface) groupJSON(g provisioning.Group) map[string]any {
	out := map[string]any{"schemas": []any{schemaGroup}, "id": string(g.ID), "displayName": g.DisplayName, "meta": s.meta("Group", g.Stamp)}
	if g.ExternalID != "" {
		out["externalId"] = g.ExternalID
	}
	members := []any{}
	for _, a := range g.Members {
		members = append(members, map[string]any{"value": string(a.ID), "$ref": s.location("Users", string(a.ID)), "type": "User"})
	}
	out["members"] = members
	return out
}

// some leaves empty texts out: an attribute without a value is unassigned (RFC 7643, section 2.5).
func some(m map[string]any) map[string]any {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}

// accountWish reads a resource. A text where a truth value belongs is taken for one ("False", as Entra sends).
func accountWish(r map[string]any) (provisioning.AccountWish, error) {
	var w provisioning.AccountWish
	var err error
	take := func(to *string, from map[string]any, name string) {
		v, ok := get(from, name)
		if !ok || v == nil || err != nil {
			return
		}
		text, isText := v.(string)
		if !isText {
			err = wrong("invalidValue", "scim.error.attribute", "name", name)
			return
		}
		*to = text
	}
	take(&w.UserName, r, "userName")
	take(&w.ExternalID, r, "externalId")
	take(&w.Display, r, "displayName")
	if n, ok := get(r, "name"); ok && n != nil {
		name, isMap := n.(map[string]any)
		if !isMap {
			return w, wrong("invalidValue", "scim.error.attribute", "name", "name")
		}
		take(&w.GivenName, name, "givenName")
		take(&w.FamilyName, name, "familyName")
		take(&w.Title, name, "honorificPrefix")
		if w.Display == "" {
			take(&w.Display, name, "formatted")
		}
	}
	if v, ok := get(r, "active"); ok && v != nil {
		on, isBool := truth(v)
		if !isBool {
			return w, wrong("invalidValue", "scim.error.attribute", "name", "active")
		}
		w.Active = &on
	}
	if err != nil {
		return w, err
	}
	w.Email, err = email(r)
	return w, err
}

// email is the primary address, else the one for work, else the first.
func email(r map[string]any) (string, error) {
	v, ok := get(r, "emails")
	if !ok || v == nil {
		return "", nil
	}
	bad := wrong("invalidValue", "scim.error.attribute", "name", "emails")
	best, rank := "", 0
	all, isList := v.([]any)
	if !isList {
		if one, isMap := v.(map[string]any); isMap {
			all = []any{one}
		} else {
			return "", bad
		}
	}
	for _, x := range all {
		m, isMap := x.(map[string]any)
		if !isMap {
			return "", bad
		}
		value, _ := get(m, "value")
		text, _ := value.(string)
		if text == "" {
			continue
		}
		kind, _ := get(m, "type")
		primary, _ := get(m, "primary")
		n := 1
		if k, _ := kind.(string); strings.EqualFold(k, "work") {
			n = 2
		}
		if on, _ := truth(primary); on {
			n = 3
		}
		if n > rank {
			best, rank = text, n
		}
	}
	return best, nil
}

func groupWish(r map[string]any) (provisioning.GroupWish, error) {
	var w provisioning.GroupWish
	name, _ := get(r, "displayName")
	text, ok := name.(string)
	if name != nil && !ok {
		return w, wrong("invalidValue", "scim.error.attribute", "name", "displayName")
	}
	w.DisplayName = text
	external, _ := get(r, "externalId")
	w.ExternalID, _ = external.(string)
	members, _ := get(r, "members")
	list, ok := members.([]any)
	if members != nil && !ok {
		return w, wrong("invalidValue", "scim.error.attribute", "name", "members")
	}
	for _, x := range list {
		m, _ := x.(map[string]any)
		v, _ := get(m, "value")
		id, ok := v.(string)
		if !ok {
			return w, wrong("invalidValue", "scim.error.attribute", "name", "members.value")
		}
		w.Members = append(w.Members, council.ID(id))
	}
	return w, nil
}

// get finds an attribute by name in any case (RFC 7643, section 2.1).
func get(m map[string]any, name string) (any, bool) {
	if v, ok := m[name]; ok {
		return v, true
	}
	for k, v := range m {
		if strings.EqualFold(k, name) {
			return v, true
		}
	}
	return nil, false
}

// put sets an attribute under the name that it has, in any case.
func put(m map[string]any, name string, v any) {
	drop(m, name)
	if v != nil {
		m[name] = v
	}
}

func drop(m map[string]any, name string) {
	for k := range m {
		if strings.EqualFold(k, name) {
			delete(m, k)
		}
	}
}

func truth(v any) (on, ok bool) {
	switch x := v.(type) {
	case bool:
		return x, true
	case string:
		return strings.EqualFold(x, "true"), strings.EqualFold(x, "true") || strings.EqualFold(x, "false")
	}
	return false, false
}

// sent answers one resource with its tag; 304 when the client has it.
func sent(c *fiber.Ctx, status int, r map[string]any) error {
	meta := r["meta"].(map[string]any)
	c.Set(fiber.HeaderETag, meta["version"].(string))
	if status == fiber.StatusCreated {
		c.Set(fiber.HeaderLocation, meta["location"].(string))
	}
	if c.Method() == fiber.MethodGet && tagged(c.Get(fiber.HeaderIfNoneMatch), meta["version"].(string)) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return send(c, status, shaped(c, r))
}

func tagged(header, tag string) bool {
	return header != "" && (strings.TrimSpace(header) == "*" || slices.ContainsFunc(strings.Split(header, ","), func(t string) bool {
		return strings.TrimPrefix(strings.TrimSpace(t), "W/") == strings.TrimPrefix(tag, "W/")
	}))
}

// revision is what If-Match names; 0 when it is not sent or is "*".
func revision(c *fiber.Ctx) (int64, error) {
	h := strings.TrimSpace(c.Get(fiber.HeaderIfMatch))
	if h == "" || h == "*" {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(h, "W/"), `"`), 10, 64)
	if err != nil || n <= 0 {
		return 0, council.E(council.Stale, "error.stale")
	}
	return n, nil
}

// shaped keeps the attributes that were asked for (RFC 7644, section 3.9); id and schemas are always there.
func shaped(c *fiber.Ctx, r map[string]any) map[string]any {
	if names := c.Query("attributes"); names != "" {
		out := map[string]any{"schemas": r["schemas"], "id": r["id"]}
		for name := range strings.SplitSeq(names, ",") {
			a, sub, nested := strings.Cut(bare(strings.TrimSpace(name)), ".")
			v, ok := get(r, a)
			if !ok {
				continue
			}
			if nested {
				v = picked(v, sub, out, a)
			}
			put(out, a, v)
		}
		return out
	}
	for name := range strings.SplitSeq(c.Query("excludedAttributes"), ",") {
		a, sub, nested := strings.Cut(bare(strings.TrimSpace(name)), ".")
		if strings.EqualFold(a, "id") || strings.EqualFold(a, "schemas") {
			continue
		}
		if !nested {
			drop(r, a)
		} else if v, _ := get(r, a); v != nil {
			if m, ok := v.(map[string]any); ok {
				drop(m, sub)
			}
		}
	}
	return r
}

// picked is the sub-attribute of v, joined to what is picked of the same attribute already.
func picked(v any, sub string, out map[string]any, name string) any {
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	one, ok := out[name].(map[string]any)
	if !ok {
		one = map[string]any{}
	}
	if x, ok := get(m, sub); ok {
		one[sub] = x
	}
	return one
}

// bare is an attribute name without the URN of its schema (RFC 7644, section 3.10).
func bare(name string) string {
	for _, urn := range []string{schemaUser, schemaGroup} {
		if len(name) > len(urn) && strings.EqualFold(name[:len(urn)], urn) && name[len(urn)] == ':' {
			return name[len(urn)+1:]
		}
	}
	return name
}
