package scim

import (
	"strings"
	"time"
)

// exact are the attributes whose letters count (RFC 7643, sections 3.1 and 4: caseExact).
var exact = map[string]bool{"id": true, "externalid": true, "meta.location": true, "meta.version": true, "$ref": true}

// matches reports whether the resource, or the element of a list, meets the filter.
func (n *node) matches(r map[string]any) bool {
	switch n.op {
	case "and":
		return n.left.matches(r) && n.right.matches(r)
	case "or":
		return n.left.matches(r) || n.right.matches(r)
	case "not":
		return !n.left.matches(r)
	case "[]":
		v, _ := get(r, n.path)
		for _, x := range elements(v) {
			if m, ok := x.(map[string]any); ok && n.left.matches(m) {
				return true
			}
		}
		return false
	}
	found := reach(r, n.path)
	switch n.op {
	case "pr":
		return len(found) > 0
	case "ne": // true of what has no such value (an attribute without a value differs from every value)
		for _, x := range found {
			if compare("eq", x, n.value, exact[strings.ToLower(n.path)]) {
				return false
			}
		}
		return true
	case "eq":
		if n.value == nil {
			return len(found) == 0
		}
	}
	for _, x := range found {
		if compare(n.op, x, n.value, exact[strings.ToLower(n.path)]) {
			return true
		}
	}
	return false
}

// reach are the values at a path; of a list of objects without a named part, their "value" (RFC 7643, section 2.4).
func reach(r map[string]any, path string) []any {
	name, sub, nested := strings.Cut(path, ".")
	v, ok := get(r, name)
	if !ok || v == nil {
		return nil
	}
	var out []any
	for _, x := range elements(v) {
		m, isMap := x.(map[string]any)
		switch {
		case !isMap:
			if !nested && x != "" {
				out = append(out, x)
			}
		case nested:
			out = append(out, reach(m, sub)...)
		default:
			if value, ok := get(m, "value"); ok {
				out = append(out, value)
			} else if len(m) > 0 {
				out = append(out, m)
			}
		}
	}
	return out
}

func elements(v any) []any {
	switch x := v.(type) {
	case nil:
		return nil
	case []any:
		return x
	}
	return []any{v}
}

func compare(op string, have, want any, letters bool) bool {
	switch h := have.(type) {
	case bool:
		w, ok := truth(want)
		return ok && op == "eq" && h == w
	case float64:
		w, ok := want.(float64)
		return ok && order(op, cmp(h < w, h > w))
	case string:
		w, ok := want.(string)
		if !ok {
			return false
		}
		if op == "gt" || op == "ge" || op == "lt" || op == "le" || op == "eq" {
			a, errA := time.Parse(time.RFC3339, h)
			b, errB := time.Parse(time.RFC3339, w)
			if errA == nil && errB == nil {
				return order(op, a.Compare(b))
			}
		}
		if !letters {
			h, w = strings.ToLower(h), strings.ToLower(w)
		}
		switch op {
		case "co":
			return strings.Contains(h, w)
		case "sw":
			return strings.HasPrefix(h, w)
		case "ew":
			return strings.HasSuffix(h, w)
		}
		return order(op, strings.Compare(h, w))
	}
	return false
}

func cmp(less, more bool) int {
	switch {
	case less:
		return -1
	case more:
		return 1
	}
	return 0
}

func order(op string, c int) bool {
	switch op {
	case "eq":
		return c == 0
	case "gt":
		return c > 0
	case "ge":
		return c >= 0
	case "lt":
		return c < 0
	case "le":
		return c <= 0
	}
	return false
}
