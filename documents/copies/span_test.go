package copies

import (
	"strings"
	"testing"
)

// No letter of a mark touches the edge of the page, whatever the page's proportions: each line is as long as it may be.
func TestNoLetterTouchesTheEdge(t *testing.T) {
	long := strings.Repeat("WÄgj", 30)
	marks := map[string][]string{
		"usual":   {NonPublicLine, "Dr. Friederike Musterfrau-Beispielmann", "friederike.musterfrau@stadt.example · 21.11.2026", "7K3M-Q9XA"},
		"longest": {long, long, long, long, long, long},
		"one":     {long},
	}
	for _, size := range [][2]int{{595, 842}, {842, 595}, {960, 540}, {540, 960}, {612, 1008}, {600, 300}, {300, 900}, {1500, 300}, {600, 600}, {640, 480}} {
		w, h := size[0]*2, size[1]*2
		for name, lines := range marks {
			ink := rasterise(lines, w, h)
			seen, touching := 0, 0
			for i, k := range ink {
				if k>>4 < 8 {
					continue
				}
				seen++
				if x, y := i%w, i/w; x == 0 || y == 0 || x == w-1 || y == h-1 {
					touching++
				}
			}
			if touching > 0 || seen < w*h/500 {
				t.Errorf("%v, %s: %d pixels at the edge, %d in all", size, name, touching, seen)
			}
		}
	}
}
