package scim

import (
	"maps"
	"slices"
	"strings"
)

// patch applies the operations of a PATCH to a resource in place (RFC 7644, section 3.5.2). Directories are met where they are:
// Entra writes "Add" and "Replace", gives truth values as text, names parts with dots inside a value without a path, replaces
// emails[type eq "work"].value where there is none yet, and removes members by a value.
func patch(r map[string]any, body map[string]any) error {
	schemas, _ := get(body, "schemas")
	if !slices.ContainsFunc(elements(schemas), func(x any) bool { s, _ := x.(string); return strings.EqualFold(s, schemaPatch) }) {
		return wrong("invalidSyntax", "scim.error.patch")
	}
	ops, _ := get(body, "Operations")
	all, ok := ops.([]any)
	if !ok || len(all) == 0 || len(all) > 1000 {
		return wrong("invalidSyntax", "scim.error.patch")
	}
	for _, x := range all {
		o, ok := x.(map[string]any)
		if !ok {
			return wrong("invalidSyntax", "scim.error.patch")
		}
		name, _ := get(o, "op")
		op, _ := name.(string)
		op = strings.ToLower(op)
		where, _ := get(o, "path")
		path, isText := where.(string)
		if where != nil && !isText {
			return wrong("invalidPath", "scim.error.path", "path", "")
		}
		value, has := get(o, "value")
		if op != "add" && op != "replace" && op != "remove" || op != "remove" && !has {
			return wrong("invalidSyntax", "scim.error.patch")
		}
		if err := operate(r, op, strings.TrimSpace(path), value); err != nil {
			return err
		}
	}
	return nil
}

func operate(r map[string]any, op, path string, value any) error {
	if path != "" {
		return at(r, op, path, value)
	}
	if op == "remove" {
		return wrong("noTarget", "scim.error.path", "path", "")
	}
	m, ok := value.(map[string]any)
	if !ok {
		return wrong("invalidValue", "scim.error.patch")
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if strings.EqualFold(name, "schemas") || strings.HasPrefix(strings.ToLower(name), "urn:") && bare(name) == name {
			continue // of an extension that we do not keep
		}
		if err := at(r, op, name, m[name]); err != nil {
			return err
		}
	}
	return nil
}

// target is a path taken apart: name[filter].sub.
type target struct {
	name, sub string
	filter    *node
}

func parsePath(path string) (target, error) {
	bad := wrong("invalidPath", "scim.error.path", "path", path)
	if len(path) > mostFilter {
		return target{}, bad
	}
	p := &parser{rest: path}
	full := p.path()
	if full == "" {
		return target{}, bad
	}
	var t target
	t.name, t.sub, _ = strings.Cut(full, ".")
	if strings.HasPrefix(p.rest, "[") {
		p.rest = p.rest[1:]
		n, ok := p.or(0)
		if !ok || !p.sign(']') || t.sub != "" {
			return target{}, bad
		}
		t.filter = n
		if strings.HasPrefix(p.rest, ".") {
			p.rest = p.rest[1:]
			if t.sub = p.path(); t.sub == "" {
				return target{}, bad
			}
		}
	}
	if p.rest != "" {
		return target{}, bad
	}
	return t, nil
}

// fixed may not be changed (RFC 7643, section 3.1 and 4.1.2: readOnly).
var fixed = []string{"id", "meta", "groups"}

func at(r map[string]any, op, path string, value any) error {
	if strings.HasPrefix(strings.ToLower(path), "urn:") && bare(path) == path {
		return nil // of an extension that we do not keep
	}
	t, err := parsePath(path)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(fixed, func(f string) bool { return strings.EqualFold(f, t.name) }) {
		return wrong("mutability", "scim.error.fixed", "name", t.name)
	}
	switch {
	case t.filter != nil:
		return among(r, op, path, t, value)
	case t.sub != "":
		parent, _ := get(r, t.name)
		if list, isList := parent.([]any); isList { // a part of every element
			for _, x := range list {
				if m, ok := x.(map[string]any); ok {
					set(m, op, t.sub, value)
				}
			}
			return nil
		}
		m, ok := parent.(map[string]any)
		if !ok {
			if op == "remove" {
				return nil
			}
			m = map[string]any{}
			put(r, t.name, m)
		}
		set(m, op, t.sub, value)
		return nil
	}
	now, _ := get(r, t.name)
	if list, isList := now.([]any); isList || strings.EqualFold(t.name, "members") || strings.EqualFold(t.name, "emails") {
		put(r, t.name, joined(list, op, value))
		return nil
	}
	if m, isMap := now.(map[string]any); isMap && op != "remove" {
		if more, ok := value.(map[string]any); ok { // parts that are not named stay, with add and with replace
			for k, v := range more {
				set(m, op, k, v)
			}
			return nil
		}
	}
	set(r, op, t.name, value)
	return nil
}

func set(m map[string]any, op, name string, value any) {
	if op == "remove" {
		value = nil
	}
	put(m, name, value)
}

// joined is a list after the operation.
func joined(list []any, op string, value any) []any {
	given := elements(value)
	switch {
	case op == "replace":
		return given
	case op == "remove" && value == nil:
		return []any{}
	case op == "remove":
		return slices.DeleteFunc(slices.Clone(list), func(x any) bool { return slices.ContainsFunc(given, func(y any) bool { return alike(x, y) }) })
	}
	out := slices.Clone(list)
	for _, y := range given {
		if m, ok := y.(map[string]any); ok {
			if p, _ := get(m, "primary"); p == true { // there is one primary at the most (RFC 7644, section 3.5.2)
				for _, x := range out {
					if other, ok := x.(map[string]any); ok {
						drop(other, "primary")
					}
				}
			}
		}
		if !slices.ContainsFunc(out, func(x any) bool { return alike(x, y) }) {
			out = append(out, y)
		}
	}
	return out
}

// alike: elements of a list are the same when their "value" is.
func alike(x, y any) bool {
	a, okA := x.(map[string]any)
	b, okB := y.(map[string]any)
	if !okA || !okB {
		s, okS := y.(string) // a bare id instead of an object
		v, _ := get(a, "value")
		return okA && okS && v == s
	}
	v, _ := get(a, "value")
	w, _ := get(b, "value")
	return v != nil && v == w
}

// among changes the elements of a list that meet the filter.
func among(r map[string]any, op, path string, t target, value any) error {
	now, _ := get(r, t.name)
	var out []any
	met := false
	for _, x := range elements(now) {
		m, ok := x.(map[string]any)
		if !ok || !t.filter.matches(m) {
			out = append(out, x)
			continue
		}
		met = true
		switch {
		case t.sub != "":
			set(m, op, t.sub, value)
			out = append(out, m)
		case op == "remove":
		default:
			more, ok := value.(map[string]any)
			if !ok {
				return wrong("invalidValue", "scim.error.attribute", "name", t.name)
			}
			maps.Copy(m, more)
			out = append(out, m)
		}
	}
	if !met && op != "remove" {
		fresh := map[string]any{}
		if t.filter.op == "eq" {
			fresh[t.filter.path] = t.filter.value
		} else if op == "replace" {
			return wrong("noTarget", "scim.error.path", "path", path)
		}
		if t.sub != "" {
			fresh[t.sub] = value
		} else if more, ok := value.(map[string]any); ok {
			maps.Copy(fresh, more)
		}
		out = append(out, fresh)
	}
	if out == nil {
		out = []any{}
	}
	put(r, t.name, out)
	return nil
}
