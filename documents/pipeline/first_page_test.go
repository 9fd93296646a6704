//go:build !race

package pipeline_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/pdf/pdftest"
)

// varied is a text document whose pages do not pack to nothing: n pages of some 5 kB.
func varied(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	pages := make([]pdftest.Page, n)
	for i := range pages {
		var b strings.Builder
		b.WriteString("BT /F 9 Tf 12 TL 50 790 Td\n")
		for range 55 {
			fmt.Fprintf(&b, "(%x Stra\\337e %x) Tj T*\n", r.Uint64(), []uint64{r.Uint64(), r.Uint64(), r.Uint64()})
		}
		b.WriteString("ET")
		pages[i] = pdftest.Page{MediaBox: "0 0 595 842", Content: b.String()}
	}
	return pdftest.Pages(pages...)
}

// A personal copy of 500 pages shows its first page after at most 4 requests and a tenth of its bytes, where qpdf is installed.
func TestFirstPageTakesFewBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("prepares 500 pages")
	}
	for _, program := range []string{"node", "qpdf"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed", program)
		}
	}
	script, err := filepath.Abs("../../web/test/range/first_page.mjs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("../../web/node_modules/pdfjs-dist"); err != nil {
		t.Skip("web/node_modules is not there (npm ci in web)")
	}
	for _, plain := range []bool{true, false} {
		b := openAs(t, plain)
		r := b.processAs(t, varied(500), council.Standard)
		if r.Refused != "" {
			t.Fatal(r.Refused)
		}
		path, _ := b.personal(t, r.Prepared, seeded(1))
		out, err := exec.Command("node", script, path).CombinedOutput()
		var seen struct{ Requests, Bytes, Size int }
		if err != nil || json.Unmarshal(out, &seen) != nil || seen.Size == 0 {
			t.Fatalf("%v %.1000s", err, out)
		}
		share := 100 * float64(seen.Bytes) / float64(seen.Size)
		t.Logf("arranged %v: %d requests, %d of %d bytes (%.1f %%)", !plain, seen.Requests, seen.Bytes, seen.Size, share)
		if !plain && (seen.Requests-1 > 4 || share > 10) { // the first request is the one whose head tells of ranges
			t.Errorf("%d requests, %.1f %%", seen.Requests-1, share)
		}
	}
}
