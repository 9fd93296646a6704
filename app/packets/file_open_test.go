package packets

import (
	"testing"

	"ris/app/council"
)

// What a copy is marked with: the draft and the non-public file are not public; a replaced version of a public file is only old.
func TestNonPublicMark(t *testing.T) {
	public, inside := council.Audience{Allowed: []council.Label{"public", "org:a@b"}}, council.Audience{Allowed: []council.Label{"org:a@b"}}
	for _, c := range []struct {
		name string
		file council.Audience
		v    council.FileVersion
		want bool
	}{
		{"current of a public file", public, council.FileVersion{Stamp: council.Stamp{ID: "2"}, State: council.Published, Audience: public}, false},
		{"replaced of a public file", public, council.FileVersion{Stamp: council.Stamp{ID: "1"}, State: council.Published, Audience: inside}, false},
		{"draft of a public file", public, council.FileVersion{Stamp: council.Stamp{ID: "3"}, State: council.Draft, Audience: council.Audience{Allowed: []council.Label{"clerk:x"}}}, true},
		{"current of a non-public file", inside, council.FileVersion{Stamp: council.Stamp{ID: "2"}, State: council.Published, Audience: inside}, true},
		{"replaced of a non-public file", inside, council.FileVersion{Stamp: council.Stamp{ID: "1"}, State: council.Published, Audience: inside}, true},
	} {
		if got := nonPublic(council.File{Current: "2", Audience: c.file}, c.v); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
