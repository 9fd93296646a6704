package pdf

import (
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

const (
	mostOwn     = 2000 // bookmarks of one part; a longer outline is cut
	deepestOwn  = 8
	longestMark = 300 // letters of a bookmark's title
)

// ownBookmark is a bookmark of a part, its goal written in the new file's numbers.
type ownBookmark struct {
	level int
	title string
	goal  types.Array
}

// bookmarks reads the part's outline; what leads nowhere keeps its place when something below it leads somewhere.
func (s *source) bookmarks(root types.Dict) (out []ownBookmark) {
	seen := map[int]bool{}
	var walk func(o types.Object, level int)
	walk = func(o types.Object, level int) {
		for o != nil && level <= deepestOwn && len(out) < mostOwn {
			ref, ok := o.(types.IndirectRef)
			d := dict(s.ctx, o)
			if !ok || d == nil || seen[ref.ObjectNumber.Value()] {
				return
			}
			seen[ref.ObjectNumber.Value()] = true
			title, _ := s.ctx.DereferenceText(d["Title"])
			goal := s.destination(d["Dest"])
			if a := dict(s.ctx, d["A"]); goal == nil && name(s.ctx, a["S"]) == "GoTo" {
				goal = s.destination(a["D"])
			}
			if goal != nil {
				goal, _ = s.copied(goal, 0).(types.Array)
			}
			if title = clean(title); title != "" {
				out = append(out, ownBookmark{level, title, goal})
			}
			walk(d["First"], level+1)
			o = d["Next"]
		}
	}
	walk(dict(s.ctx, root["Outlines"])["First"], 1)
	return out
}

func clean(title string) string {
	title = strings.Join(strings.Fields(title), " ")
	if r := []rune(title); len(r) > longestMark {
		title = string(r[:longestMark]) + "…"
	}
	return title
}

// outline writes the bookmarks of the packet as a tree (ISO 32000-1, 12.3.3): the first two levels open, papers' own bookmarks shut.
func (m *merger) outline() (*types.IndirectRef, error) {
	var flat []ownBookmark
	for _, b := range m.packet.Bookmarks {
		if b.Part < 0 || b.Part >= len(m.firsts) {
			continue
		}
		page := m.firsts[b.Part] + max(0, min(b.Page, m.counts[b.Part])-1)
		flat = append(flat, ownBookmark{b.Level, clean(b.Title), types.Array{m.pages[page], types.Name("Fit")}})
		if !b.Outline {
			continue
		}
		for _, o := range m.own[b.Part] {
			flat = append(flat, ownBookmark{b.Level + o.level, o.title, o.goal})
		}
	}
	if len(flat) == 0 {
		return nil, nil
	}
	top := &node{number: m.to.reserve()}
	path := []*node{top}
	for _, b := range flat {
		depth := min(max(1, b.level), len(path)) // a level that was left out is closed up
		n := &node{number: m.to.reserve(), bookmark: b}
		parent := path[depth-1]
		parent.kids = append(parent.kids, n)
		path = append(path[:depth], n)
	}
	return types.NewIndirectRef(top.number, 0), m.node(top, nil, nil, nil, 0)
}

type node struct {
	number   int
	bookmark ownBookmark
	kids     []*node
}

const openLevels = 1 // below the top: items stand open and show their papers

func (m *merger) node(n, parent, before, after *node, level int) error {
	d := types.Dict{}
	link := func(key string, to *node) {
		if to != nil {
			d[key] = *types.NewIndirectRef(to.number, 0)
		}
	}
	link("Parent", parent)
	link("Prev", before)
	link("Next", after)
	if parent == nil {
		d["Type"] = types.Name("Outlines")
	} else {
		d["Title"] = textString(n.bookmark.title)
		if n.bookmark.goal != nil {
			d["Dest"] = n.bookmark.goal
		}
	}
	if len(n.kids) > 0 {
		link("First", n.kids[0])
		link("Last", n.kids[len(n.kids)-1])
		d["Count"] = types.Integer(n.visible(level))
	}
	for i, k := range n.kids {
		var prev, next *node
		if i > 0 {
			prev = n.kids[i-1]
		}
		if i+1 < len(n.kids) {
			next = n.kids[i+1]
		}
		if err := m.node(k, n, prev, next, level+1); err != nil {
			return err
		}
	}
	return m.to.object(n.number, d)
}

// visible is /Count: the entries that show below an open one, or the negative number of those that would below a shut one.
func (n *node) visible(level int) int {
	if level > openLevels {
		return -len(n.kids)
	}
	all := len(n.kids)
	for _, k := range n.kids {
		if len(k.kids) > 0 && level+1 <= openLevels {
			all += k.visible(level + 1)
		}
	}
	return all
}
