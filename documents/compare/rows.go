package compare

// rows puts paragraphs that share words beside each other and numbers the changes.
func (m *matching) rows(d *Difference) {
	w := &writer{m: m, d: d, moveNumbers: make([]int, len(m.moves)+1)}
	old, new := m.links()
	i, j := int32(0), int32(0)
	var goneFrom, cameFrom int32 // paragraphs without a partner that wait to be written
	flush := func() {
		w.alone(span{goneFrom, i}, span{cameFrom, j})
		goneFrom, cameFrom = i, j
	}
	for i < int32(len(old)) || j < int32(len(new)) {
		if i < int32(len(old)) && old[i].none() {
			i++
			continue
		}
		if j < int32(len(new)) && new[j].none() {
			j++
			continue
		}
		flush()
		endI, endJ := i+1, j+1
		for k, l := i, j; k < endI || l < endJ; {
			for ; k < endI; k++ {
				endJ = max(endJ, old[k].to)
			}
			for ; l < endJ; l++ {
				endI = max(endI, new[l].to)
			}
		}
		w.row(span{i, endI}, span{j, endJ})
		i, j = endI, endJ
		goneFrom, cameFrom = i, j
	}
	flush()
}

// reachOf is which paragraphs of the other side share words with this one: [from, to); empty = none.
type reachOf struct{ from, to int32 }

func (r reachOf) none() bool { return r.to == 0 }

func (r *reachOf) add(p int32) {
	if r.none() {
		r.from = p
	}
	r.from, r.to = min(r.from, p), max(r.to, p+1)
}

func (m *matching) links() (old, new []reachOf) {
	old, new = make([]reachOf, len(m.a.paras)), make([]reachOf, len(m.b.paras))
	for i, j := range m.toB {
		if j >= 0 {
			p, q := m.a.words[i].para, m.b.words[j].para
			old[p].add(q)
			new[q].add(p)
		}
	}
	return old, new
}

// writer makes rows and changes.
type writer struct {
	m           *matching
	d           *Difference
	moveNumbers []int // change number of each move
	letters     int   // of all parts so far
	open        int   // number of the removed or added change that goes on in the next row
	openKind    Kind
	para        int32 // of the new (else old) word written last
}

// mostText bounds the text of a Difference in letters; changes behind it are counted and placed, their rows have no text.
const mostText = 12_000_000

// alone writes paragraphs that have no partner: as many gone as came are new wordings of each other, else the gone ones stand first.
func (w *writer) alone(gone, came span) {
	if length(gone) == length(came) && length(gone) > 0 && length(gone) <= 3 && !w.anyMoved(gone, came) {
		for n := range length(gone) {
			w.row(span{gone.from + n, gone.from + n + 1}, span{came.from + n, came.from + n + 1})
		}
		return
	}
	for i := gone.from; i < gone.to; i++ {
		w.row(span{i, i + 1}, span{came.from, came.from})
	}
	for j := came.from; j < came.to; j++ {
		w.row(span{gone.to, gone.to}, span{j, j + 1})
	}
}

func (w *writer) anyMoved(gone, came span) bool {
	for p := gone.from; p < gone.to; p++ {
		if w.m.moveA[w.m.a.paras[p].from] != 0 {
			return true
		}
	}
	for q := came.from; q < came.to; q++ {
		if w.m.moveB[w.m.b.paras[q].from] != 0 {
			return true
		}
	}
	return false
}

// wordsOf is the words of paragraphs [from, to).
func wordsOf(s *side, p span) span {
	if p.from >= p.to {
		return span{}
	}
	return span{s.paras[p.from].from, s.paras[p.to-1].to}
}

// row writes old paragraphs beside new ones.
func (w *writer) row(old, new span) {
	m := w.m
	a, b := wordsOf(m.a, old), wordsOf(m.b, new)
	r := Row{}
	if length(a) > 0 {
		r.OldPage = m.a.page(a.from)
	}
	if length(b) > 0 {
		r.NewPage = m.b.page(b.from)
	}
	whole := length(a) == 0 || length(b) == 0 // a block of paragraphs that went or came is one change
	if !whole {
		w.open = 0
	}
	i, j := a.from, b.from
	for i < a.to || j < b.to {
		switch {
		case i < a.to && m.moveA[i] != 0:
			from := i
			for i < a.to && m.moveA[i] == m.moveA[from] {
				i++
			}
			w.away(&r, span{from, i}, int(m.moveA[from]))
		case j < b.to && m.moveB[j] != 0:
			from := j
			for j < b.to && m.moveB[j] == m.moveB[from] {
				j++
			}
			w.here(&r, span{from, j}, int(m.moveB[from]))
		case i < a.to && j < b.to && m.toB[i] == j:
			from := j
			for i < a.to && j < b.to && m.toB[i] == j && m.moveA[i] == 0 && m.moveB[j] == 0 {
				i, j = i+1, j+1
			}
			w.part(&r, Part{Text: m.b.text(from, j, mostText)}, m.b, span{from, j})
		default:
			fromA, fromB := i, j
			for i < a.to && m.moveA[i] == 0 && (m.toB[i] < 0 || length(b) == 0) {
				i++
			}
			for j < b.to && m.moveB[j] == 0 && (m.toA[j] < 0 || length(a) == 0) {
				j++
			}
			if i == fromA && j == fromB { // partners that do not meet: cannot be, and must not hang
				i, j = min(i+1, a.to), min(j+1, b.to)
			}
			w.changed(&r, span{fromA, i}, span{fromB, j}, 0, whole)
		}
	}
	if len(r.Parts) > 0 {
		w.d.Rows = append(w.d.Rows, r)
	}
}

// changed writes words that went and words that came in their place. in is the move inside of which they stand.
func (w *writer) changed(r *Row, a, b span, in int, whole bool) {
	m := w.m
	if m.alike(a, b) {
		for i := a.from; i < a.to; i++ {
			m.softA[i] = true
		}
		for j := b.from; j < b.to; j++ {
			m.softB[j] = true
		}
		w.part(r, Part{Text: m.b.text(b.from, b.to, mostText)}, m.b, b)
		return
	}
	if m.oneByOne(a, b) {
		for n := range length(a) {
			w.changed(r, span{a.from + n, a.from + n + 1}, span{b.from + n, b.from + n + 1}, in, false)
		}
		return
	}
	kind := Changed
	switch {
	case length(b) == 0:
		kind = Removed
	case length(a) == 0:
		kind = Added
	}
	n := 0
	if whole && w.open != 0 && w.openKind == kind && in == 0 {
		n = w.open
	} else {
		n = w.change(kind)
	}
	if whole {
		w.open, w.openKind = n, kind
	}
	c := &w.d.Changes[n-1]
	if length(a) > 0 {
		c.oldWords = append(c.oldWords, a)
		w.part(r, Part{Text: m.a.text(a.from, a.to, mostText), Kind: Old, Change: n, In: in}, m.a, a)
	}
	if length(b) > 0 {
		c.newWords = append(c.newWords, b)
		w.part(r, Part{Text: m.b.text(b.from, b.to, mostText), Kind: New, Change: n, In: in}, m.b, b)
	}
}

func (w *writer) change(k Kind) int {
	w.d.Changes = append(w.d.Changes, Change{Kind: k})
	return len(w.d.Changes)
}

func (w *writer) moveChange(move int) int {
	if w.moveNumbers[move] == 0 {
		w.moveNumbers[move] = w.change(Moved)
	}
	w.open = 0
	return w.moveNumbers[move]
}

func (w *writer) away(r *Row, at span, move int) {
	n := w.moveChange(move)
	c := &w.d.Changes[n-1]
	c.oldWords = append(c.oldWords, at)
	w.part(r, Part{Text: w.m.a.text(at.from, at.to, mostText), Kind: Away, Change: n}, w.m.a, at)
}

// here writes a moved block, or the part of it that stands in this row, with what changed inside.
func (w *writer) here(r *Row, at span, move int) {
	n := w.moveChange(move)
	w.d.Changes[n-1].newWords = append(w.d.Changes[n-1].newWords, at)
	mv := w.m.moves[move-1]
	i, j := mv.a.from, mv.b.from
	for _, x := range append(mv.inside[:len(mv.inside):len(mv.inside)], run{mv.a.to, mv.b.to, 0}) {
		var gone span // words that went stand in the row where they would have begun
		if j >= at.from && j < at.to || j == mv.b.to && at.to == mv.b.to {
			gone = span{i, x.a}
		}
		came := span{max(j, at.from), min(x.b, at.to)}
		if length(gone) > 0 || length(came) > 0 {
			w.changed(r, gone, span{came.from, max(came.from, came.to)}, n, false)
		}
		if from, to := max(x.b, at.from), min(x.b+x.n, at.to); from < to {
			w.part(r, Part{Text: w.m.b.text(from, to, mostText), Kind: Here, Change: n}, w.m.b, span{from, to})
		}
		i, j = x.a+x.n, x.b+x.n
	}
}

// part appends a part; the blank between two parts belongs to the later one.
func (w *writer) part(r *Row, p Part, s *side, at span) {
	w.letters += len(p.Text)
	if w.letters > mostText {
		w.d.Note = CutOff
		return
	}
	first := s.words[at.from]
	begins := s.paras[first.para].from == at.from
	if len(r.Parts) > 0 && !first.glue {
		if begins && p.Kind != Old && p.Kind != Away {
			p.Text = "\n" + p.Text
		} else {
			p.Text = " " + p.Text
		}
	}
	if n := len(r.Parts); n > 0 && r.Parts[n-1].Kind == p.Kind && r.Parts[n-1].Change == p.Change && p.Kind == Both {
		r.Parts[n-1].Text += p.Text
		return
	}
	r.Parts = append(r.Parts, p)
}
