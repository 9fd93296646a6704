package pdf

import (
	"maps"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Notes name what was taken out or mended; "file.note." + note is the message key.
const (
	noteRepaired    = "repaired"
	noteChanged     = "changed"
	noteJavaScript  = "javascript" // also other actions than following a link
	noteAttachments = "attachments"
	noteSignatures  = "signatures"
	noteEncryption  = "encryption"
	noteForms       = "forms"
	noteMedia       = "media"
	noteRaster      = "raster" // the pages are pictures
)

// stripper takes out of all objects what could act, what would go out unmarked, and who made the file. What stays is named:
// a new kind of action or of name tree is taken out because nobody allowed it.
type stripper struct {
	ctx   *model.Context
	notes map[string]bool
	gone  map[int]bool // object numbers of annotations that leave their pages
}

// strip changes the objects in place and returns the notes in order.
func strip(ctx *model.Context) []string {
	s := &stripper{ctx: ctx, notes: map[string]bool{}, gone: map[int]bool{}}
	if ctx.Encrypt != nil {
		s.notes[noteEncryption] = true
	}
	s.signatures() // before the actions: it looks at fields by their type
	for _, number := range slices.Sorted(maps.Keys(ctx.Table)) {
		entry := ctx.Table[number]
		if entry == nil || entry.Free {
			continue
		}
		s.object(entry.Object, 0)
	}
	if root, err := ctx.Catalog(); err == nil {
		s.catalog(root)
	}
	s.information()
	return slices.Sorted(maps.Keys(s.notes))
}

const deepest = 200 // direct objects nested deeper are no document

func (s *stripper) object(o types.Object, depth int) {
	if depth > deepest {
		return
	}
	switch v := o.(type) {
	case types.Dict:
		s.dict(v, depth)
	case types.StreamDict:
		s.dict(v.Dict, depth)
	case types.ObjectStreamDict:
		s.dict(v.Dict, depth)
	case types.Array:
		for _, e := range v {
			s.object(e, depth+1)
		}
	}
}

func (s *stripper) drop(d types.Dict, key, note string) {
	if _, ok := d[key]; !ok {
		return
	}
	delete(d, key)
	if note != "" {
		s.notes[note] = true
	}
}

func (s *stripper) dict(d types.Dict, depth int) {
	s.drop(d, "AA", noteJavaScript)
	s.drop(d, "PieceInfo", "") // may hold the whole drawing of another program
	s.drop(d, "Metadata", "")  // XMP: authors, places, and claims such as PDF/A that a copy does not keep
	s.drop(d, "AF", noteAttachments)
	s.drop(d, "XFA", noteForms)
	if t := name(s.ctx, d["Type"]); t == "Page" {
		s.drop(d, "Thumb", "")
	}
	if _, ok := d["EF"]; ok {
		s.drop(d, "EF", noteAttachments)
		s.drop(d, "RF", "")
	}
	for _, key := range []string{"A", "PA", "OpenAction"} {
		if a := dict(s.ctx, d[key]); a != nil && isAction(s.ctx, a) && !s.allowed(a) {
			s.drop(d, key, noteJavaScript)
		}
	}
	if isAction(s.ctx, d) {
		delete(d, "Next")
		if !s.allowed(d) {
			for _, k := range []string{"JS", "F", "Win", "Mac", "Unix", "D"} { // unreachable, and empty all the same
				delete(d, k)
			}
		}
	}
	if annots := array(s.ctx, d["Annots"]); annots != nil {
		s.annotations(d, annots)
	}
	for _, k := range slices.Sorted(maps.Keys(d)) {
		s.object(d[k], depth+1)
	}
}

// actions are the action types of ISO 32000-1 (table 198) and 32000-2; the true ones stay.
var actions = map[string]bool{"GoTo": true, "URI": true, "Named": true,
	"GoToR": false, "GoToE": false, "GoToDp": false, "Launch": false, "Thread": false, "Sound": false, "Movie": false, "Hide": false,
	"SubmitForm": false, "ResetForm": false, "ImportData": false, "JavaScript": false, "SetOCGState": false, "Rendition": false,
	"Trans": false, "GoTo3DView": false, "RichMediaExecute": false}

func isAction(ctx *model.Context, d types.Dict) bool {
	if name(ctx, d["Type"]) == "Action" {
		return true
	}
	kind := name(ctx, d["S"])
	if _, known := actions[kind]; !known {
		return false
	}
	_, structure := d["K"] // a structure element has S too, with the element's name
	return !structure || d["JS"] != nil
}

func (s *stripper) allowed(d types.Dict) bool {
	kind := name(s.ctx, d["S"])
	if kind != "URI" {
		return actions[kind]
	}
	text, err := s.ctx.DereferenceText(d["URI"])
	if err != nil {
		return false
	}
	text = strings.ToLower(strings.TrimSpace(text))
	scheme, _, found := strings.Cut(text, ":")
	return !found || scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel"
}

// annotations takes out those that carry files or play something.
func (s *stripper) annotations(page types.Dict, annots types.Array) {
	kept := make(types.Array, 0, len(annots))
	for _, a := range annots {
		d := dict(s.ctx, a)
		switch name(s.ctx, d["Subtype"]) {
		case "FileAttachment":
			s.notes[noteAttachments] = true
			continue
		case "RichMedia", "Movie", "Sound", "Screen", "3D":
			s.notes[noteMedia] = true
			continue
		case "TrapNet":
			continue
		}
		if d == nil || s.left(a) {
			continue
		}
		if name(s.ctx, d["Subtype"]) != "Widget" { // there it is the field's name
			delete(d, "T") // who wrote the note or drew the line: nobody's business, as with the file's author
		}
		kept = append(kept, a)
	}
	page["Annots"] = kept
}

func (s *stripper) catalog(root types.Dict) {
	if names := dict(s.ctx, root["Names"]); names != nil {
		if names["JavaScript"] != nil {
			s.notes[noteJavaScript] = true
		}
		if names["EmbeddedFiles"] != nil {
			s.notes[noteAttachments] = true
		}
		root["Names"] = types.Dict{}
		if d := names["Dests"]; d != nil {
			root["Names"] = types.Dict{"Dests": d}
		} else {
			delete(root, "Names")
		}
	}
	// The library keeps the name trees that it has read, and writes them back into the catalog.
	maps.DeleteFunc(s.ctx.Names, func(tree string, _ *model.Node) bool { return tree != "Dests" })
	// An OpenAction that only turns to a page stays out too: the reader decides where it opens.
	for _, k := range []string{"OpenAction", "Collection", "Perms", "DSS", "Legal", "SpiderInfo", "Requirements", "NeedsRendering", "Threads", "Extensions", "URI"} {
		delete(root, k)
	}
}

// information keeps the title; author, program and self-made entries are nobody's business.
func (s *stripper) information() {
	if s.ctx.Info == nil {
		return
	}
	d := dict(s.ctx, *s.ctx.Info)
	for k := range d {
		if k != "Title" {
			delete(d, k)
		}
	}
}
