package api_test

import (
	"bytes"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
	"ris/app/council"
)

// TestChooseHowAFileIsHandedOut: the clerk's choice for one file is worked at once, is nobody else's business, and a published version
// keeps its bytes.
func TestChooseHowAFileIsHandedOut(t *testing.T) {
	h := halltest.Open(t, "")
	clerk, member := as(h, h.Town.Clerk), as(h, h.Town.MainMember)
	m := h.Meeting()
	p, f := h.Paper(h.Item(m.ID, "Grundstück", false).ID, "Grundstück", halltest.Texts("Kaufpreis", 2)...)
	h.Searchable(f.ID)
	url := "/api/v1/files/" + string(f.ID)
	tag := func() string { return clerk.want(200, "GET", url+"/info", nil).header.Get("ETag") }
	mode := func() council.PreparationMode {
		versions, err := h.Store.FileVersions(t.Context(), h.As(h.Town.Clerk), f.ID)
		if err != nil || len(versions) == 0 {
			t.Fatal(err)
		}
		return versions[len(versions)-1].Prepared.Parts.Mode
	}
	clerk.want(422, "PATCH", url, object{"mode": "golden"}, "If-Match", tag())
	if a := clerk.want(200, "PATCH", url, object{"mode": "raster"}, "If-Match", tag()); a.text("mode") != "raster" {
		t.Errorf("chosen: %s", a.body)
	}
	h.Searchable(f.ID)
	if mode() != council.Raster {
		t.Fatalf("prepared as %q", mode())
	}
	if a := clerk.want(200, "GET", url, nil); !bytes.HasPrefix(a.body, []byte("%PDF-")) || bytes.Contains(a.body, []byte("/Font")) {
		t.Error("a raster copy has fonts")
	}
	if found := clerk.want(200, "GET", "/api/v1/search?q=Kaufpreis", nil); !strings.Contains(string(found.body), string(f.ID)) {
		t.Errorf("it is not found any more: %s", found.body)
	}
	h.Publish(m.ID)
	if a := member.want(200, "GET", url+"/info", nil); a.text("mode") != "" || a.text("processing") != "searchable" {
		t.Errorf("the member sees %s", a.body)
	}
	if a := clerk.want(409, "PATCH", url, object{"mode": "standard"}, "If-Match", tag()); !strings.Contains(a.text("detail"), "neue Fassung") {
		t.Errorf("a published version: %s", a.body)
	}
	if a := clerk.want(200, "GET", url+"/info", nil); a.text("mode") != "raster" {
		t.Errorf("after the refusal: %s", a.body)
	}
	if err := h.Store.SavePreparationModes(t.Context(), p.Body, map[string]council.PreparationMode{"Beschlussvorlage": council.Interleaved}); err != nil {
		t.Fatal(err)
	}
	q := clerk.want(201, "POST", "/api/v1/papers", object{"name": "Nach Art", "paperType": "Beschlussvorlage"})
	up := clerk.want(201, "POST", q.text("url")+"/files", upload(t, "art.pdf", halltest.PDF(t, "Nach der Art.")))
	info := up.header.Get("Location")
	h.Eventually("the second file", func() bool { return clerk.do("GET", info, nil).text("processing") == "searchable" })
	f.ID = council.ID(clerk.do("GET", info, nil).text("id"))
	if mode() != council.Interleaved {
		t.Errorf("by the paper's type: %q", mode())
	}
}
