package api_test

import (
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/meetings"
)

// TestTheNameOfAnUnpublishedUploadStaysInside: neither members nor the public learn what the new version's file is called.
func TestTheNameOfAnUnpublishedUploadStaysInside(t *testing.T) {
	h := halltest.Open(t, "")
	member, public := as(h, h.Town.MainMember), client{t: t, hall: h}
	m := h.Meeting()
	p, f := h.Paper(h.Item(m.ID, "Bericht", true).ID, "Bericht", halltest.Texts("Erstes", 1)...)
	h.Searchable(f.ID)
	h.Publish(m.ID)
	h.File(p.ID, f.ID, "Kuendigung Zeisigwort.pdf", halltest.Texts("Zweites", 1)...)
	late := h.Meeting() // something else is published meanwhile, and so projected anew
	if _, err := h.Meetings.AttachPaper(t.Context(), h.As(h.Town.Clerk), h.Item(late.ID, "Bericht", true).ID, 0, meetings.Attachment{Paper: p.ID}); err != nil {
		t.Fatal(err)
	}
	h.Publish(late.ID)
	for who, ask := range map[string]client{"a member": member, "the public": public} {
		for _, path := range []string{"/api/v1/files/" + string(f.ID) + "/info", "/api/v1/files/" + string(f.ID), "/api/v1/papers/" + string(p.ID),
			"/vorlagen/" + string(p.ID), "/oparl/file/" + string(f.ID), "/dateien/" + string(f.ID)} {
			a := ask.do("GET", path, nil)
			if strings.Contains(string(a.body), "Zeisigwort") || strings.Contains(a.header.Get("Content-Disposition"), "Zeisigwort") {
				t.Errorf("%s meets the name of the draft in %s", who, path)
			}
		}
	}
}
