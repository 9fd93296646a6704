package bodies

import (
	"context"
	"errors"
	"unicode/utf8"

	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/copies"
)

// Sample is the mark of one person with a template that is not kept yet.
type Sample struct {
	Name    string
	Lines   []string
	Picture string // data of an SVG path, see copies.Picture; empty when Problem is set
	Problem *council.Error
}

// PreviewPreparation shows the viewer's own mark and that of the person with the longest text. Nothing is changed. A template that
// cannot be kept says why in the sample, or, when its wording is wrong, in the error.
func (s *Service) PreviewPreparation(ctx context.Context, v policy.Viewer, body council.ID, template string) ([]Sample, error) {
	b, err := s.body(ctx, v, body, 0)
	if err != nil {
		return nil, err
	}
	if err := wording(template); err != nil {
		return nil, err
	}
	holders, err := s.holders(ctx, body)
	if err != nil {
		return nil, err
	}
	longest := sample
	for _, p := range holders {
		if length(p) > length(longest) {
			longest = p
		}
	}
	day := s.Clock().In(s.Day).Format("02.01.2006")
	var out []Sample
	for _, p := range []council.Person{{Name: v.Name(), Account: v.Account()}, longest} {
		m := mark(b, template, p, day)
		x := Sample{Name: p.Name}
		lines, err := copies.Lines(m)
		if err == nil {
			err = copies.Check(m)
		}
		var e *council.Error
		switch {
		case errors.As(err, &e):
			x.Problem = e
		case err != nil:
			return nil, err
		default:
			x.Lines, x.Picture = lines, copies.Picture(lines)
		}
		out = append(out, x)
	}
	return out, nil
}

func length(p council.Person) int {
	return utf8.RuneCountInString(p.Name) + utf8.RuneCountInString(p.Account)
}
