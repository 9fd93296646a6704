//go:build !race

package pipeline_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"ris/documents/pdf/pdftest"
)

// heavy is a paper of n pages whose pictures have size bytes each: real ones, with bytes behind their end that no reader looks at.
func heavy(n, size int) []byte {
	scan := pdftest.Scan(1, 100)
	start := bytes.Index(scan, []byte("\xff\xd8\xff"))
	picture := scan[start : start+bytes.Index(scan[start:], []byte("\nendstream"))]
	filling := make([]byte, size-len(picture))
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(filling)
	objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>"}
	var kids strings.Builder
	for i := range n {
		page := 10 + 3*i
		fmt.Fprintf(&kids, "%d 0 R ", page)
		objects[page] = fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>", page+1, page+2)
		objects[page+1] = pdftest.Stream("", "595 0 0 842 0 0 cm /I Do")
		objects[page+2] = pdftest.Stream("/Type/XObject/Subtype/Image/Width 827/Height 1169/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", string(picture)+string(filling))
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), n)
	return pdftest.Raw(objects)
}

// A scan of some hundred megabytes is prepared in a child that stays below its limit: what counts are its pages, not its bytes.
func TestLargeScanStaysSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 1.5 GB")
	}
	b := open(t)
	file := heavy(48, 8<<20)
	r := b.process(t, file)
	if r.Refused != "" || len(r.PageSizes) != 48 || r.Marked != 48 || r.Identical != 48 {
		t.Fatalf("refused %q %v, %d pages, %d marked", r.Refused, r.Details, len(r.PageSizes), r.Marked)
	}
	t.Logf("%d MB in %.1f s, peak %d MB", len(file)>>20, r.Seconds, r.PeakBytes>>20)
	if r.PeakBytes > 500<<20 {
		t.Errorf("the child had %d MB", r.PeakBytes>>20)
	}
}
