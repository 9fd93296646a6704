package packets_test

import (
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/finding"
)

// An old proof of identity is shown lists and public papers as ever; what stands in non-public ones waits, by every way.
func TestAnOldSignInWaitsForTheContentOfNonPublicPapers(t *testing.T) {
	h := halltest.Open(t, "")
	v := h.As(h.Town.MainMember)
	old := v.Stale()
	m := h.Meeting()
	_, secret := h.Paper(h.Item(m.ID, "Punkt", false).ID, "Vorlage", halltest.Texts("Geheimwort", 1)...)
	_, open := h.Paper(h.Item(m.ID, "Offen", true).ID, "Bericht", halltest.Texts("Bericht", 1)...)
	h.Publish(m.ID)
	h.Searchable(secret.ID, open.ID)

	due := func(what string, err error) {
		t.Helper()
		if e, ok := err.(*council.Error); !ok || e.Key != "error.step_up" || e.Kind != council.Forbidden {
			t.Errorf("%s: %v, want error.step_up", what, err)
		}
	}
	_, err := h.Packets.OpenFile(ctx, old, secret.ID, "", false)
	due("file", err)
	_, err = h.Packets.OpenFile(ctx, old, secret.ID, "", true)
	due("file by HEAD", err)
	_, _, err = h.Packets.Version(ctx, old, secret.ID, "")
	due("pages, places, outline", err)
	_, err = h.Packets.Thumbnail(ctx, old, secret.ID, "", 1)
	due("picture", err)
	_, err = h.Packets.OpenPapers(ctx, old, m.ID, zipWords, false)
	due("archive", err)
	_, _, err = h.Packets.OpenPacket(ctx, old, m.ID, false)
	due("packet", err)
	if given, err := h.Store.Receipts(ctx, v.Person()); err != nil || len(given) != 0 {
		t.Errorf("something was given: %v %v", given, err)
	}

	read(t, h, old, open.ID)
	shown, err := h.Packets.Meeting(ctx, old, m.ID)
	if err != nil || len(shown.Agenda) != 2 {
		t.Errorf("the agenda stays: %v %v", len(shown.Agenda), err)
	}
	read(t, h, v, secret.ID) // the fresh one reads
	found, err := h.Finding.Search(ctx, old, finding.Query{Text: "Geheimwort"})
	if err != nil || len(found.Hits) != 1 || found.Hits[0].Snippet != "" {
		t.Errorf("a hit stands there without its words: %+v %v", found, err)
	}
	if found, err := h.Finding.Search(ctx, v, finding.Query{Text: "Geheimwort"}); err != nil || len(found.Hits) != 1 || found.Hits[0].Snippet == "" {
		t.Errorf("fresh: %+v %v", found, err)
	}
	// Who may not read it is told what everybody is told of nothing.
	if _, err := h.Packets.OpenFile(ctx, h.As(h.Town.OtherMember).Stale(), secret.ID, "", false); council.KindOf(err) != council.NotFound {
		t.Errorf("a stranger with an old proof: %v", err)
	}
}
