package packets_test

import (
	"bytes"
	"image/jpeg"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/auth/policy"
)

// TestPicturesAreTheViewersOwn: two persons get two pictures of the same page, who may not read the paper gets none, and the report is
// the clerk's.
func TestPicturesAreTheViewersOwn(t *testing.T) {
	h := halltest.Open(t, "")
	m := h.Meeting()
	_, f := h.Paper(h.Item(m.ID, "Punkt", false).ID, "Vorlage", halltest.Texts("Bildwort", 2)...)
	h.Publish(m.ID)
	one, other, stranger, clerk := h.As(h.Town.MainMember), h.As(h.Town.MainMember2), h.As(h.Town.OtherMember), h.As(h.Town.Clerk)
	var mine []byte
	var err error
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if mine, err = h.Packets.Thumbnail(ctx, one, f.ID, "", 1); council.KindOf(err) != council.Conflict || err == nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := jpeg.DecodeConfig(bytes.NewReader(mine))
	if err != nil || max(c.Width, c.Height) > 440 || max(c.Width, c.Height) < 300 {
		t.Errorf("%d x %d, %v", c.Width, c.Height, err)
	}
	theirs, err := h.Packets.Thumbnail(ctx, other, f.ID, "", 1)
	if err != nil || bytes.Equal(mine, theirs) {
		t.Errorf("two persons, equal pictures: %v", err)
	}
	if again, err := h.Packets.Thumbnail(ctx, one, f.ID, "", 1); err != nil || !bytes.Equal(mine, again) {
		t.Errorf("the same person, another picture: %v", err)
	}
	for _, page := range []int{0, -1, 3, 9999} {
		if _, err := h.Packets.Thumbnail(ctx, one, f.ID, "", page); council.KindOf(err) != council.NotFound {
			t.Errorf("page %d: %v", page, err)
		}
	}
	for name, v := range map[string]policy.Viewer{"a stranger": stranger, "the public": policy.Anonymous()} {
		if _, err := h.Packets.Thumbnail(ctx, v, f.ID, "", 1); council.KindOf(err) != council.NotFound {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := h.Packets.Accessibility(ctx, v, f.ID, ""); council.KindOf(err) != council.NotFound {
			t.Errorf("%s: report: %v", name, err)
		}
	}
	if _, err := h.Packets.Accessibility(ctx, one, f.ID, ""); council.KindOf(err) != council.Forbidden {
		t.Errorf("a member's report: %v", err)
	}
	if r, err := h.Packets.Accessibility(ctx, clerk, f.ID, ""); err != nil || r == nil || !r.Text || r.Tagged {
		t.Errorf("the clerk's report: %+v, %v", r, err)
	}
	shown, err := h.Packets.File(ctx, one, f.ID)
	if err != nil || len(shown.Rendition.Pictures) != 2 {
		t.Errorf("%d pictures, %v", len(shown.Rendition.Pictures), err)
	}
}
