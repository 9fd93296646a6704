package devices

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// Report is what the app says of itself at each contact. It is the device's own word: good for the list, never for a right.
type Report struct {
	AppVersion    string // at most 40 bytes are kept
	OfflinePapers int    // how many papers lie on the device
	HomeScreen    bool   // started from the home screen
	Touch         bool   // its screen takes several fingers
}

// mostPapers bounds what is believed.
const mostPapers = 1_000_000

// Note keeps the report of the browser that asks; device is that of its session.
func (s *Service) Note(ctx context.Context, v policy.Viewer, device council.ID, r Report) error {
	if device == "" {
		return council.ErrNotFound()
	}
	d, office, err := s.manageable(ctx, v, device)
	if err != nil {
		return err
	}
	if office {
		return council.ErrNotFound()
	}
	return s.Store.NoteReport(ctx, d.ID, session.Plain(r.AppVersion, 40), min(max(r.OfflinePapers, 0), mostPapers), r.HomeScreen, r.Touch, s.Clock())
}
