package meetings_test

import (
	"context"
	"sync/atomic"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/meetings"
)

// thief is a Publisher whose renditions are gone at the first tries, as when the cleaning up after a withdrawal comes in between.
type thief struct {
	meetings.Publisher
	tries atomic.Int32
}

func (t *thief) PrepareFile(ctx context.Context, v council.FileVersion) (string, int64, error) {
	if t.tries.Add(1) <= 2 {
		return "", 0, council.E(council.Unavailable, "publication.error.rendition_missing", "name", "x")
	}
	return t.Publisher.PrepareFile(ctx, v)
}

func TestPublishingTriesAgainWhenARenditionWasTakenAway(t *testing.T) {
	onBoth(t, func(t *testing.T, h *halltest.Hall) {
		m := h.Meeting()
		item := h.Item(m.ID, "Bericht", true)
		_, report := h.Paper(item.ID, "Bericht", halltest.Texts("Feuerwehrhaus", 1)...)
		h.Searchable(report.ID)
		h.Meetings.Publisher = &thief{Publisher: h.Meetings.Publisher}
		h.Publish(m.ID)
		sight{t, h}.public("published at the third try", report.ID, "Feuerwehrhaus", true)
	})
}
