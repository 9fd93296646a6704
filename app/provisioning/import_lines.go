package provisioning

import (
	"strings"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// writer puts lines onto a state. Bodies first, then terms and committees, then persons: the order of lines does not matter.
type writer struct {
	state    *state
	viewer   policy.Viewer
	file     File
	today    time.Time
	problems []Note
	hints    []Note
	inFile   map[council.ID]bool // seats that the file names
	listed   map[council.ID]bool // organizations whose seats it names
	own      []council.ID        // bodies that have a line in the file
}

func (w *writer) problem(line int, c Column, key string, args ...string) {
	w.problems = append(w.problems, Note{line, c, key, args})
}

func (w *writer) hint(line int, c Column, key string, args ...string) {
	w.hints = append(w.hints, Note{line, c, key, args})
}

var artOf = map[string]Kind{"koerperschaft": KindBody, "gemeinde": KindBody, "wahlperiode": KindTerm, "gremium": KindOrganization, "ausschuss": KindOrganization,
	"fraktion": KindOrganization, "organisation": KindOrganization, "person": KindPerson, "mitglied": KindPerson, "sitz": KindPerson, "rolle": KindPerson, "": KindPerson}

func (w *writer) write(rows []row) {
	byKind := map[Kind][]row{}
	for _, r := range rows {
		k, ok := artOf[letters(r.get(colArt))]
		if !ok {
			w.problem(r.line, colArt, "import.error.art", "value", r.get(colArt))
			continue
		}
		byKind[k] = append(byKind[k], r)
	}
	for _, r := range byKind[KindBody] {
		w.body(r)
	}
	for _, r := range byKind[KindTerm] {
		w.term(r)
	}
	for _, r := range byKind[KindOrganization] {
		w.organization(r)
	}
	for _, r := range byKind[KindPerson] {
		w.person(r)
	}
}

// unchanged counts the lines that no change comes from.
func (w *writer) unchanged(rows []row) int {
	from := map[int]bool{}
	for _, c := range w.state.planned() {
		from[c.line] = true
	}
	for _, n := range w.problems {
		from[n.Line] = true
	}
	n := 0
	for _, r := range rows {
		if !from[r.line] {
			n++
		}
	}
	return n
}

// put takes a cell over into a value: an empty cell leaves it, "-" empties it.
func put(to *string, r row, c Column) {
	if r.has(c) {
		*to = r.get(c)
	}
}

// day takes a date over.
func (w *writer) day(to *time.Time, r row, c Column) bool {
	if !r.has(c) {
		return true
	}
	if r.get(c) == "" {
		*to = time.Time{}
		return true
	}
	t, ok := day(r.get(c))
	if !ok {
		w.problem(r.line, c, "import.error.date", "column", string(c), "value", r.get(c))
		return false
	}
	*to = t
	return true
}

func (w *writer) period(start, end *time.Time, r row) bool {
	a, b := w.day(start, r, colStart), w.day(end, r, colEnd)
	if a && b && !end.IsZero() && end.Before(*start) {
		w.problem(r.line, colEnd, "import.error.period", "start", dayText(*start), "end", dayText(*end))
		return false
	}
	return a && b
}

func (w *writer) body(r row) {
	name := r.get(colName)
	if name == "" {
		name = r.get(colBody)
	}
	if name == "" {
		w.problem(r.line, colName, "import.error.missing", "column", string(colName))
		return
	}
	b := council.Body{Name: name}
	if known, ok := w.state.find(KindBody, "", name); ok {
		b = *known.Body
	} else if known, ok := w.state.find(KindBody, "", r.get(colAGS)); ok && r.get(colAGS) != "" {
		b = *known.Body
		b.Name = name
	} else if !w.viewer.Unfiltered() { // a new Body is the server's affair: whoever keeps one must not make another
		w.problem(r.line, colName, "import.error.body_new", "name", name)
		return
	}
	put(&b.ShortName, r, colShort)
	put(&b.AGS, r, colAGS)
	put(&b.Classification, r, colClassification)
	put(&b.ContactEmail, r, colAccount)
	if b.AGS != "" && (len(b.AGS) != 8 || strings.Trim(b.AGS, "0123456789") != "") {
		w.problem(r.line, colAGS, "import.error.ags", "value", b.AGS)
		return
	}
	if b.ShortName == "" {
		b.ShortName = b.Name
	}
	w.own = append(w.own, w.state.set(of(b), r.line))
}

// bodyOf is the Body that the line means: the one it names, the only one that has a line in the file, the chosen one, the only one there is.
func (w *writer) bodyOf(r row) (council.ID, bool) {
	if name := r.get(colBody); name != "" {
		b, ok := w.state.find(KindBody, "", name)
		if !ok {
			w.problem(r.line, colBody, "import.error.body", "name", name)
			return "", false
		}
		return b.Body.ID, true
	}
	if len(w.own) == 1 {
		return w.own[0], true
	}
	if w.file.Body != "" {
		return w.file.Body, true
	}
	switch len(w.state.bodies) {
	case 0:
		w.problem(r.line, colBody, "import.error.body_none")
		return "", false
	case 1:
		return w.state.bodies[0], true
	default:
		w.problem(r.line, colBody, "import.error.body_which")
		return "", false
	}
}

func (w *writer) term(r row) {
	body, ok := w.bodyOf(r)
	if !ok {
		return
	}
	name := r.get(colName)
	if name == "" {
		w.problem(r.line, colName, "import.error.missing", "column", string(colName))
		return
	}
	t := council.LegislativeTerm{Body: body, Name: name}
	if known, ok := w.state.find(KindTerm, body, name); ok {
		t = *known.Term
	}
	if !w.period(&t.Start, &t.End, r) {
		return
	}
	if t.Start.IsZero() {
		w.problem(r.line, colStart, "import.error.missing", "column", string(colStart))
		return
	}
	w.state.set(of(t), r.line)
}

var organizationTypes = map[string]council.OrganizationType{"gremium": council.Committee, "ausschuss": council.Committee, "rat": council.Committee, "beirat": council.Committee,
	"fraktion": council.Faction, "verwaltungsbereich": council.Office, "verwaltung": council.Office, "amt": council.Office}

func (w *writer) organization(r row) {
	body, ok := w.bodyOf(r)
	if !ok {
		return
	}
	name := r.get(colName)
	if name == "" {
		name = r.get(colOrganization)
	}
	if name == "" {
		w.problem(r.line, colName, "import.error.missing", "column", string(colName))
		return
	}
	o := council.Organization{Body: body, Name: name, Type: council.Committee}
	if letters(r.get(colArt)) == "fraktion" {
		o.Type = council.Faction
	}
	if known, ok := w.state.find(KindOrganization, body, name); ok {
		o = *known.Organization
	}
	if r.has(colOrgType) {
		t, ok := organizationTypes[letters(r.get(colOrgType))]
		if !ok {
			w.problem(r.line, colOrgType, "import.error.org_type", "value", r.get(colOrgType))
			return
		}
		o.Type = t
	}
	put(&o.ShortName, r, colShort)
	put(&o.Classification, r, colClassification)
	if o.ShortName == "" {
		o.ShortName = o.Name
	}
	if w.period(&o.Start, &o.End, r) {
		w.state.set(of(o), r.line)
	}
}
