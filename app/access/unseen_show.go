package access

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Contact is whom to ask in a Body.
type Contact struct {
	Body  string
	Name  string
	Email string
}

// Unseen answers "why can I not see this". It takes no object, so it says the same of what is hidden and of what never existed: the
// possible reasons, which stand in the catalogue, and whom to ask in the viewer's own bodies.
func (s *Service) Unseen(ctx context.Context, v policy.Viewer) ([]Contact, error) {
	var out []Contact
	for _, id := range v.Bodies() {
		b, err := s.Store.Body(ctx, v, id)
		if err != nil && council.KindOf(err) != council.NotFound {
			return nil, err
		}
		if err == nil {
			out = append(out, Contact{Body: b.Name, Name: b.ContactName, Email: b.ContactEmail})
		}
	}
	return out, nil
}
