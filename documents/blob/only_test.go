package blob

import (
	"context"
	"io"
	"strings"
	"testing"

	"ris/app/council"
)

// Of all areas one is there, and nothing is written or deleted.
func TestOnlyOneAreaIsThere(t *testing.T) {
	ctx := context.Background()
	all, err := NewFile(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	only := Only{From: all, Area: Public}
	for _, area := range Areas() {
		key, _, err := all.Put(ctx, area, strings.NewReader("the same bytes"), 0)
		if err != nil {
			t.Fatal(err)
		}
		r, err := only.Open(ctx, area, key)
		_, path := only.Path(area, key)
		if area != Public {
			if err == nil || council.KindOf(err) != council.NotFound || path {
				t.Errorf("%s can be opened: %v %v", area, err, path)
			}
		} else if err != nil || !path {
			t.Errorf("what is public cannot be opened: %v", err)
		} else if text, err := io.ReadAll(r); err != nil || string(text) != "the same bytes" {
			t.Errorf("%q %v", text, err)
		}
		if err := only.Delete(ctx, area, key); err == nil {
			t.Errorf("something was deleted in %s", area)
		}
		if _, _, err := only.Put(ctx, area, strings.NewReader("other bytes"), 0); err == nil {
			t.Errorf("something was written in %s", area)
		}
	}
	if r, err := only.Open(ctx, Public, strings.Repeat("ab", 32)); err == nil || r != nil {
		t.Errorf("what never was opens: %v", err)
	}
}
