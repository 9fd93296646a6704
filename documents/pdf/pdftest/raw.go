package pdftest

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Raw writes a PDF from objects by number, exactly as given; object 1 is the catalog.
func Raw(objects map[int]string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	numbers := slices.Sorted(maps.Keys(objects))
	offsets := map[int]int{}
	for _, n := range numbers {
		offsets[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	xref, size := b.Len(), numbers[len(numbers)-1]+1
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", size)
	for n := 1; n < size; n++ {
		if at, ok := offsets[n]; ok {
			fmt.Fprintf(&b, "%010d 00000 n \n", at)
		} else {
			b.WriteString("0000000000 00000 f \n")
		}
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", size, xref)
	return b.Bytes()
}

// Stream writes a stream object with the dictionary entries given.
func Stream(entries, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// Helvetica is a font object that each reader has.
const Helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

// Page is one page for Pages. Boxes and Rotate are written as given, empty ones not at all.
type Page struct {
	MediaBox, CropBox string // "0 0 595 842"
	Rotate            int
	Content           string // operators; the font is /F
	More              string // further entries of the page dictionary
}

// Pages writes a document with one content stream per page.
func Pages(pages ...Page) []byte {
	objects := map[int]string{1: "<</Type/Catalog/Pages 2 0 R>>", 3: Helvetica}
	var kids []string
	for i, p := range pages {
		n := 10 + 2*i
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		d := fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R", n+1)
		if p.MediaBox != "" {
			d += "/MediaBox[" + p.MediaBox + "]"
		}
		if p.CropBox != "" {
			d += "/CropBox[" + p.CropBox + "]"
		}
		if p.Rotate != 0 {
			d += fmt.Sprintf("/Rotate %d", p.Rotate)
		}
		objects[n] = d + p.More + ">>"
		objects[n+1] = Stream("", p.Content)
	}
	objects[2] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>>>", strings.Join(kids, " "), len(pages))
	return Raw(objects)
}

// Words is content that prints a line of text.
func Words(text string) string { return "BT /F 24 Tf 60 400 Td (" + text + ") Tj ET" }

// Deflate packs data as FlateDecode wants it.
func Deflate(data []byte) string {
	var b bytes.Buffer
	w, _ := zlib.NewWriterLevel(&b, 9)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.String()
}

// Blanks is zlib data (RFC 1950) of at least n blanks, made in no time: behind 32 kB of blanks, the compressed form of a further
// piece is always the same.
func Blanks(n int) string {
	const piece = 1 << 20
	pieces := max(2, (n+piece-1)/piece)
	var b bytes.Buffer
	b.WriteString("\x78\x9c")
	w, _ := flate.NewWriter(&b, 9)
	var marks [3]int
	for i := range marks {
		_, _ = w.Write(bytes.Repeat([]byte(" "), piece))
		_ = w.Flush()
		marks[i] = b.Len()
	}
	repeated := string(b.Bytes()[marks[1]:marks[2]])
	b.Truncate(marks[0])
	for range pieces - 1 {
		b.WriteString(repeated)
	}
	b.WriteString("\x03\x00") // an empty last block
	total := uint64(pieces) * piece
	low, high := (1+' '*total)%65521, (total+' '*(total*(total+1)/2%65521))%65521 // Adler-32 of equal bytes
	return b.String() + string(binary.BigEndian.AppendUint32(nil, uint32(high<<16|low)))
}
