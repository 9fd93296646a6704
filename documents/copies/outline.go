package copies

// Outline is a letter as it stands in marks: its path in units of 1/1000 em as path operators with whole numbers, and its advance.
type Outline struct {
	Path    []byte
	Advance float64
}

// Outlines are the forms that a letter can have in a mark, one for each face that has it. documents/trace reads marks back by them.
func Outlines(r rune) (out []Outline) {
	for _, f := range faces() {
		if g := f.glyph(r); g.known && len(g.path) > 0 {
			out = append(out, Outline{g.path, g.advance})
		}
	}
	return out
}
