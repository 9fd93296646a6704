package api_test

import (
	"strconv"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
)

// A name that the service had to change is told of by an upload in pieces as by a form: the page asks for the upload when it is a file.
func TestTusTellsOfAChangedName(t *testing.T) {
	_, clerk, p := uploadHall(t)
	for i, c := range []struct{ sent, kept, says string }{
		{strings.Repeat("ä", 300) + ".pdf", strings.Repeat("ä", 116) + ".pdf", "gekürzt"},
		{"C:\\Akten\\Bericht.pdf", "Bericht.pdf", "Ordnernamen"},
		{"Bericht.pdf", "Bericht.pdf", ""},
	} {
		content := halltest.PDF(t, "Seite "+strconv.Itoa(i))
		begun := clerk.is(201, "begun", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Length", strconv.Itoa(len(content)),
			"Upload-Metadata", meta("paper", string(p.ID), "filename", c.sent)))
		at := begun.header.Get("Location")
		if a := clerk.want(200, "GET", at, nil); a.at("notice") != nil {
			t.Errorf("before it is a file: %s", a.body)
		}
		clerk.is(204, "sent", clerk.patch(at, 0, content))
		a := clerk.want(200, "GET", at, nil)
		if file := clerk.want(200, "GET", a.text("file"), nil); file.text("fileName") != c.kept {
			t.Errorf("%q became %q", c.sent, file.text("fileName"))
		}
		if (c.says == "") != (a.at("notice") == nil) || !strings.Contains(a.text("notice", "text"), c.says) ||
			c.says != "" && !strings.Contains(a.text("notice", "text"), c.kept) && c.says == "gekürzt" {
			t.Errorf("%q: %s", c.sent, a.body)
		}
	}
}
