package bodies

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/copies"
)

// ChangePreparation is what the clerk may change; nil stays. Types that are not in Types stay as they are.
type ChangePreparation struct {
	Template *string // empty = the usual one
	Types    []TypeMode
}

const (
	mostTemplate = 500 // letters
	mostTypes    = 200
	longestType  = 100
)

// ChangePreparation keeps a template that fits everybody, and the modes by paper type. They hold for versions uploaded from then on;
// the template for every copy at once.
// Errors: forbidden, stale; Invalid with key preparation.error.too_long {person} when somebody's mark does not fit, and
// preparation.error.placeholder {name} for a word in braces that stands for nothing.
func (s *Service) ChangePreparation(ctx context.Context, v policy.Viewer, body council.ID, revision int64, c ChangePreparation) (Preparation, error) {
	var out Preparation
	err := s.Store.InTx(ctx, func(ctx context.Context) error {
		b, err := s.body(ctx, v, body, revision)
		if err != nil {
			return err
		}
		modes, err := s.Store.PreparationModes(ctx, body)
		if err != nil {
			return err
		}
		before := maps.Clone(modes)
		if err := choose(modes, c.Types); err != nil {
			return err
		}
		details := changed(before, modes)
		if c.Template != nil && *c.Template != b.WatermarkText {
			if err := s.check(ctx, b, *c.Template); err != nil {
				return err
			}
			b.WatermarkText = strings.TrimSpace(*c.Template)
			details = append(details, "template", b.WatermarkText)
		}
		if len(details) > 0 {
			if err := s.Store.SavePreparationModes(ctx, body, modes); err != nil {
				return err
			}
			if err := s.Store.SaveBody(ctx, &b); err != nil { // a new revision for changed modes too
				return err
			}
			if err := s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PreparationChange, "body", body, body, details...)); err != nil {
				return err
			}
		}
		out, err = s.preparation(ctx, b)
		return err
	})
	return out, err
}

func choose(modes map[string]council.PreparationMode, types []TypeMode) error {
	if len(types) > mostTypes {
		return council.E(council.Invalid, "error.invalid")
	}
	for _, t := range types {
		kind := strings.TrimSpace(t.PaperType)
		switch {
		case kind == "" || len(kind) > longestType || t.Mode == "" || !t.Mode.Known():
			return council.E(council.Invalid, "error.invalid")
		case t.Mode == council.Standard:
			delete(modes, kind)
		default:
			modes[kind] = t.Mode
		}
	}
	return nil
}

// changed lists the types whose mode is another one, for the log.
func changed(before, after map[string]council.PreparationMode) (details []string) {
	for _, kind := range slices.Sorted(maps.Keys(after)) {
		if before[kind] != after[kind] {
			details = append(details, kind, string(after[kind]))
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(before)) {
		if after[kind] == "" {
			details = append(details, kind, string(council.Standard))
		}
	}
	return details
}

// check holds the template against everybody of the Body.
func (s *Service) check(ctx context.Context, b council.Body, template string) error {
	if err := wording(template); err != nil {
		return err
	}
	holders, err := s.holders(ctx, b.ID)
	if err != nil {
		return err
	}
	for _, p := range append(holders, sample) {
		if copies.Check(mark(b, template, p, longestDay)) != nil {
			return council.E(council.Invalid, "preparation.error.too_long", "person", p.Name)
		}
	}
	return nil
}

var braces = regexp.MustCompile(`\{([^{}\n]*)\}`)

func wording(template string) error {
	if len([]rune(template)) > mostTemplate {
		return council.E(council.Invalid, "preparation.error.template")
	}
	for _, m := range braces.FindAllStringSubmatch(template, -1) {
		if !slices.Contains(copies.Placeholders, m[1]) {
			return council.E(council.Invalid, "preparation.error.placeholder", "name", m[1])
		}
	}
	return nil
}

// sample stands for the person who is not there yet.
var sample = council.Person{Name: "Prof. Dr. Friederike-Wilhelmine Musterfrau-Beispielmann", Account: "friederike.musterfrau-beispielmann@stadtverwaltung.example"}

const (
	longestDay = "28.08.2028"
	sampleCode = "7K3M-Q9XA"
)

// mark is the longest that the person's mark can become with the template.
func mark(b council.Body, template string, p council.Person, day string) documents.Mark {
	return documents.Mark{Name: p.Name, Account: p.Account, Date: day, NonPublic: true, Template: template, Body: b.Name, Code: sampleCode}
}
