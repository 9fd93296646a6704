package copies_test

import (
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/copies"
)

// The marks of a seed are for good: a copy given years ago must still lead back. These values must never change.
func TestMarksOfASeedStay(t *testing.T) {
	seed := [32]byte{1, 2, 3}
	if id := copies.FileID(seed); id != wantID || len(id) != 32 {
		t.Errorf("id %s", id)
	}
	if s := copies.ShiftText(seed, 1); s != wantShift {
		t.Errorf("shift %q", s)
	}
	seen := map[string]bool{}
	for n := 1; n <= 500; n++ {
		x, y := copies.Shift(seed, n)
		s := copies.ShiftText(seed, n)
		if len(s) != council.ShiftBytes || max(x, -x, y, -y) > copies.ShiftUnits || strings.Contains(s, "-0.0000") {
			t.Fatalf("page %d: %q for %d, %d", n, s, x, y)
		}
		seen[s] = true
	}
	if len(seen) < 495 {
		t.Errorf("only %d different shifts on 500 pages", len(seen))
	}
}

const wantID, wantShift = "7c1d4960a9e01100db9abed01b021dd0", "-0.0156 +0.0153"
