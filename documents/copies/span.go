package copies

const (
	widestSpan = 0.82
	// sheet is the proportion up to which a page gives the mark all its room: that of the A series (ISO 216), rounded up.
	sheet = 1.42
	// farthest is how far from the diagonal the longest mark reaches, in units of the form.
	farthest = 228.0
)

// Span is how much of the diagonal of a page, w x h as the reader sees it (any unit), the form's square takes. The longer a page is for
// its width, the sooner a corner cuts lines beside the diagonal: a line whose outer edge is d off the diagonal may be the diagonal less
// 2 d w/h wide (w the longer side). So slides and strips get a smaller mark instead of letters that touch the edge.
func Span(w, h float64) float64 {
	if !(w > 0 && h > 0) {
		return widestSpan
	}
	proportion := max(w/h, h/w)
	if proportion <= sheet {
		return widestSpan
	}
	return FormSize / (FormSize/widestSpan + 2*farthest*(proportion-sheet))
}
