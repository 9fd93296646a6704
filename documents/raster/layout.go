package raster

import (
	"bytes"
	"fmt"
)

const (
	pictureHead = "%d 0 obj\n<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 4/Filter/FlateDecode/Length %d>>\nstream\n"
	pictureTail = "\nendobj\n"
	noID        = "00000000000000000000000000000000"
)

// The objects: 1 catalog, 2 page tree, then per page its dictionary and content, then the pictures. The small ones stand together at
// the front, so that a reader that loads in ranges finds the first page in two of them.
func pageObject(n int) int           { return 3 + 2*n }
func pictureObject(n, pages int) int { return 3 + 2*pages + n }

// layout writes head and foot and fixes all offsets. The file says nothing of people, times or programs.
func (c *Copy) layout() {
	pages := len(c.stack.Pages)
	var b bytes.Buffer
	offsets := make([]int64, 0, 3+3*pages)
	object := func(n int, format string, args ...any) {
		offsets = append(offsets, int64(b.Len()))
		fmt.Fprintf(&b, "%d 0 obj\n", n)
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	object(1, "<</Type/Catalog/Pages 2 0 R>>")
	var kids bytes.Buffer
	for n := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", pageObject(n))
	}
	object(2, "<</Type/Pages/Count %d/Kids[%s]>>", pages, kids.String())
	for n, p := range c.stack.Pages {
		object(pageObject(n), "<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>",
			p.Width, p.Height, pageObject(n)+1, pictureObject(n, pages))
		content := fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /I Do Q", p.Width, p.Height)
		object(pageObject(n)+1, "<</Length %d>>\nstream\n%s\nendstream", len(content), content)
	}
	c.head = bytes.Clone(b.Bytes())
	c.starts = append(make([]int64, 0, pages+3), 0, int64(len(c.head)))
	at := int64(len(c.head))
	for n, p := range c.stack.Pages {
		offsets = append(offsets, at)
		room := p.room
		if c.o.Ink == nil {
			room = p.length
		}
		at += int64(len(fmt.Sprintf(pictureHead, pictureObject(n, pages), p.W, p.H, room))) + room + int64(len("\nendstream"+pictureTail))
		c.starts = append(c.starts, at)
	}
	c.foot = c.cross(offsets, at)
	c.starts = append(c.starts, at+int64(len(c.foot)))
}

// cross is the cross-reference table and the trailer (ISO 32000-1, 7.5.4 and 7.5.5).
func (c *Copy) cross(offsets []int64, at int64) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	id := func(s string) string {
		if len(s) != len(noID) {
			return noID
		}
		return s
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, id(c.o.Doc), id(c.o.ID), at)
	return b.Bytes()
}
