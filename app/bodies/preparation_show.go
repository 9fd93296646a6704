package bodies

import (
	"context"
	"slices"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/copies"
)

// Preparation is how a Body has its papers prepared. Template is empty while the usual one is in use.
type Preparation struct {
	Body     council.Body
	Template string
	Types    []TypeMode // every type that is known: of the usual ones, of the Body's papers, of earlier choices
}

// TypeMode is the choice for one paper type; council.Standard where nothing was chosen.
type TypeMode struct {
	PaperType string
	Mode      council.PreparationMode
}

// UsualTypes are offered before there is a paper of them.
var UsualTypes = []string{"Beschlussvorlage", "Antrag", "Anfrage", "Mitteilung", "Niederschrift"}

// ShowPreparation is for the clerk of the Body: forbidden for others, not found for what is no Body.
func (s *Service) ShowPreparation(ctx context.Context, v policy.Viewer, body council.ID) (Preparation, error) {
	b, err := s.body(ctx, v, body, 0)
	if err != nil {
		return Preparation{}, err
	}
	return s.preparation(ctx, b)
}

func (s *Service) preparation(ctx context.Context, b council.Body) (Preparation, error) {
	modes, err := s.Store.PreparationModes(ctx, b.ID)
	if err != nil {
		return Preparation{}, err
	}
	types, err := s.Store.PaperTypes(ctx, b.ID)
	if err != nil {
		return Preparation{}, err
	}
	types = append(types, UsualTypes...)
	for kind := range modes {
		types = append(types, kind)
	}
	slices.Sort(types)
	out := Preparation{Body: b, Template: b.WatermarkText}
	for _, kind := range slices.Compact(types) {
		mode := modes[kind]
		if mode == "" {
			mode = council.Standard
		}
		out.Types = append(out.Types, TypeMode{kind, mode})
	}
	return out, nil
}

// DefaultTemplate is in use while a Body has none.
const DefaultTemplate = copies.DefaultTemplate
