package provisioning

import (
	"context"
	"slices"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// File is what somebody wants to take over.
type File struct {
	Name string
	Data []byte
	// Body is meant where a line names none; empty = the only one there is.
	Body council.ID
	// Complete: seats of the committees that the file names, which are not in the file, end on EndsOn (zero = yesterday).
	Complete bool
	EndsOn   time.Time
}

// Preview is what a file would do. Problems keep it out as a whole; hints do not.
type Preview struct {
	Lines    []Line
	Problems []Note
	Hints    []Note
	Same     int    // lines of the file that change nothing
	Digest   string // names exactly these changes; ApplyImport wants it
}

// PreviewImport reads the file and says what it would change; nothing is kept. Errors: not found for who keeps no Body; Invalid when
// it is no table (import.error.*). Everything that is wrong in lines comes as Problems, all at once.
func (s *Service) PreviewImport(ctx context.Context, v policy.Viewer, f File) (Preview, error) {
	p, _, _, err := s.plan(ctx, v, f)
	return p, err
}

// ApplyImport does what PreviewImport showed, as a whole or not at all; digest is the Preview's. Errors: Conflict with key
// import.error.moved when the state has changed so that something else would be done; Invalid while there are problems.
func (s *Service) ApplyImport(ctx context.Context, v policy.Viewer, f File, digest string) (council.Import, error) {
	var done council.Import
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		p, changes, body, err := s.plan(ctx, v, f)
		switch {
		case err != nil:
			return err
		case len(p.Problems) > 0:
			return council.E(council.Invalid, "import.error.problems")
		case p.Digest != digest:
			return council.E(council.Conflict, "import.error.moved")
		case len(changes) == 0:
			return council.E(council.Conflict, "import.error.nothing")
		}
		name, _ := tidy(f.Name)
		done, err = s.apply(ctx, v, body, clip(name, 200), changes)
		return err
	})
	return done, err
}

// plan computes the changes of a file; body is whose the act is, empty when it touches several.
func (s *Service) plan(ctx context.Context, v policy.Viewer, f File) (p Preview, changes []change, body council.ID, err error) {
	bodies, err := s.scope(ctx, v)
	if err != nil {
		return p, nil, "", err
	}
	if len(bodies) == 0 && !v.Unfiltered() || f.Body != "" && !slices.ContainsFunc(bodies, func(b council.Body) bool { return b.ID == f.Body }) {
		return p, nil, "", council.ErrNotFound()
	}
	if f.Body != "" && !v.Unfiltered() { // at the desk a file is for the chosen Body alone
		bodies = slices.DeleteFunc(bodies, func(b council.Body) bool { return b.ID != f.Body })
	}
	rows, problems, hints, err := read(f.Data)
	if err != nil {
		return p, nil, "", err
	}
	st, err := s.load(ctx, bodies)
	if err != nil {
		return p, nil, "", err
	}
	w := &writer{state: st, viewer: v, file: f, today: s.today(), problems: problems, hints: hints, inFile: map[council.ID]bool{}, listed: map[council.ID]bool{}}
	w.write(rows)
	if f.Complete {
		w.endOthers()
	}
	if err := s.foreign(ctx, w); err != nil {
		return p, nil, "", err
	}
	changes = st.planned()
	for _, c := range changes {
		if touchesOwnRights(v, c) {
			w.problem(c.line, "", "import.error.own_rights")
		}
		if !policy.MayProvision(v, c.After.body()) { // somebody at home elsewhere who sits here
			w.problem(c.line, "", "import.error.foreign", "name", c.After.label(st.label))
		}
		p.Lines = append(p.Lines, c.render(st.label))
	}
	slices.SortStableFunc(w.problems, func(a, b Note) int { return a.Line - b.Line })
	p.Problems, p.Hints, p.Same = w.problems, w.hints, w.unchanged(rows)
	p.Digest = digest(p.Lines)
	return p, changes, one(changes), nil
}

// foreign refuses an address that is held by somebody whom the file cannot mean: the address of one person at home in a Body that is
// not in view. The answer says no more than that the address cannot be used.
func (s *Service) foreign(ctx context.Context, w *writer) error {
	var asked []change
	var accounts []string
	for _, c := range w.state.planned() {
		p := c.After.Person
		if p == nil || p.Account == "" || c.Before != nil && fold(c.Before.Person.Account) == fold(p.Account) {
			continue
		}
		asked, accounts = append(asked, c), append(accounts, p.Account)
	}
	holders, err := s.Store.PersonsByAccount(ctx, accounts)
	if err != nil {
		return err
	}
	held := map[string]council.ID{}
	for _, h := range holders {
		held[fold(h.Account)] = h.ID
	}
	for _, c := range asked {
		holder, taken := held[fold(c.After.Person.Account)]
		if _, inView := w.state.records[holder]; taken && !inView {
			w.problem(c.line, colAccount, "import.error.account_taken", "account", c.After.Person.Account)
		}
	}
	return nil
}

// one is the Body of all changes, or nothing when there are several.
func one(changes []change) council.ID {
	var body council.ID
	for i, c := range changes {
		if i > 0 && c.After.body() != body {
			return ""
		}
		body = c.After.body()
	}
	return body
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
