package scim

import (
	"encoding/json"
	"strings"
)

// node is a parsed filter (RFC 7644, section 3.4.2.2, figure 1).
type node struct {
	op    string // and, or, not, pr, eq, ne, co, sw, ew, gt, ge, lt, le, and [] for attr[filter]
	left  *node
	right *node
	path  string
	value any // string, float64, bool or nil
}

// A filter is bounded: it comes from outside, and each level is a call.
const (
	mostFilter = 4000 // bytes
	mostDepth  = 30
)

// parseFilter reads a filter; every error is invalidFilter.
func parseFilter(text string) (*node, error) {
	bad := wrong("invalidFilter", "scim.error.filter")
	if len(text) > mostFilter {
		return nil, bad
	}
	p := &parser{rest: text}
	n, ok := p.or(0)
	if p.space(); !ok || p.rest != "" {
		return nil, bad
	}
	return n, nil
}

type parser struct{ rest string }

func (p *parser) space() { p.rest = strings.TrimLeft(p.rest, " \t") }

// word takes the keyword when it stands next, in any case, ended by a space or a bracket.
func (p *parser) word(w string) bool {
	p.space()
	if len(p.rest) < len(w) || !strings.EqualFold(p.rest[:len(w)], w) {
		return false
	}
	if after := p.rest[len(w):]; after != "" && !strings.ContainsRune(" \t()", rune(after[0])) {
		return false
	}
	p.rest = p.rest[len(w):]
	return true
}

func (p *parser) sign(c byte) bool {
	p.space()
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *parser) or(depth int) (*node, bool) {
	left, ok := p.and(depth)
	for ok && p.word("or") {
		var right *node
		if right, ok = p.and(depth); ok {
			left = &node{op: "or", left: left, right: right}
		}
	}
	return left, ok
}

func (p *parser) and(depth int) (*node, bool) {
	left, ok := p.term(depth)
	for ok && p.word("and") {
		var right *node
		if right, ok = p.term(depth); ok {
			left = &node{op: "and", left: left, right: right}
		}
	}
	return left, ok
}

func (p *parser) term(depth int) (*node, bool) {
	if depth > mostDepth {
		return nil, false
	}
	if p.word("not") {
		if !p.sign('(') {
			return nil, false
		}
		n, ok := p.or(depth + 1)
		return &node{op: "not", left: n}, ok && p.sign(')')
	}
	if p.sign('(') {
		n, ok := p.or(depth + 1)
		return n, ok && p.sign(')')
	}
	path := p.path()
	if path == "" {
		return nil, false
	}
	if p.rest != "" && p.rest[0] == '[' {
		p.rest = p.rest[1:]
		n, ok := p.or(depth + 1)
		return &node{op: "[]", path: path, left: n}, ok && p.sign(']')
	}
	for _, op := range []string{"pr", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"} {
		if !p.word(op) {
			continue
		}
		if op == "pr" {
			return &node{op: op, path: path}, true
		}
		v, ok := p.value()
		return &node{op: op, path: path, value: v}, ok
	}
	return nil, false
}

// path is an attribute with its sub-attribute, with or without the URN of its schema.
func (p *parser) path() string {
	p.space()
	n := 0
	for n < len(p.rest) && (letter(p.rest[n]) || n > 0 && (p.rest[n] >= '0' && p.rest[n] <= '9' || strings.IndexByte("-_.:$", p.rest[n]) >= 0)) {
		n++
	}
	path := p.rest[:n]
	p.rest = p.rest[n:]
	return bare(path)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '$' }

// value is a JSON scalar.
func (p *parser) value() (any, bool) {
	p.space()
	n := 0
	if strings.HasPrefix(p.rest, `"`) {
		for n = 1; n < len(p.rest) && p.rest[n] != '"'; n++ {
			if p.rest[n] == '\\' {
				n++
			}
		}
		n++
	} else {
		for n < len(p.rest) && !strings.ContainsRune(" \t()]", rune(p.rest[n])) {
			n++
		}
	}
	if n > len(p.rest) {
		return nil, false
	}
	var v any
	text := p.rest[:n]
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		if v, err = strings.ToLower(text), nil; text != "" && (v == "true" || v == "false") { // Entra writes True
			v = v == "true"
		} else {
			return nil, false
		}
	}
	switch v.(type) {
	case map[string]any, []any:
		return nil, false
	}
	p.rest = p.rest[n:]
	return v, true
}
