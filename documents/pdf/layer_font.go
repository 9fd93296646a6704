package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// layerFonts are fonts for text that is never painted: every letter is half an em wide, what it means stands in a table (ToUnicode,
// ISO 32000-1, 9.10.3). No font file is needed, because nothing is drawn.
type layerFonts struct {
	code map[rune]layerCode
	sets [][]rune // letters of each font, in the order of their codes
}

type layerCode struct {
	font int
	code byte
}

const (
	firstCode    = 33 // 32 is the blank in every font
	lettersPer   = 220
	mostFonts    = 20
	layerAdvance = 0.5 // em
)

func (f *layerFonts) add(text string) {
	if f.code == nil {
		f.code = map[rune]layerCode{}
	}
	for _, r := range text {
		if _, known := f.code[r]; known || r <= ' ' {
			continue
		}
		n := len(f.sets) - 1
		if n < 0 || len(f.sets[n]) == lettersPer {
			if len(f.sets) == mostFonts {
				continue
			}
			f.sets = append(f.sets, nil)
			n++
		}
		f.code[r] = layerCode{n, byte(firstCode + len(f.sets[n]))}
		f.sets[n] = append(f.sets[n], r)
	}
}

// dict is the font's dictionary; table its ToUnicode stream's reference.
func (f *layerFonts) dict(n int, table types.IndirectRef) types.Dict {
	last := firstCode + len(f.sets[n]) - 1
	widths := types.Array{}
	for range last - 32 + 1 {
		widths = append(widths, types.Integer(1000*layerAdvance))
	}
	names := types.Array{types.Integer(32), types.Name("space")}
	for _, r := range f.sets[n] {
		names = append(names, types.Name(glyphName(r)))
	}
	return types.Dict{"Type": types.Name("Font"), "Subtype": types.Name("Type1"), "BaseFont": types.Name("Helvetica"),
		"FirstChar": types.Integer(32), "LastChar": types.Integer(last), "Widths": widths, "ToUnicode": table,
		"Encoding": types.Dict{"Type": types.Name("Encoding"), "Differences": names}}
}

// glyphName is a letter's name after the Adobe glyph list's rule for letters without one.
func glyphName(r rune) string {
	if r > 0xffff {
		return fmt.Sprintf("u%X", r)
	}
	return fmt.Sprintf("uni%04X", r)
}

// table is the ToUnicode map of a font.
func (f *layerFonts) table(n int) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n")
	entries := []string{"<20> <0020>\n"}
	for i, r := range f.sets[n] {
		var units strings.Builder
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&units, "%04X", u)
		}
		entries = append(entries, fmt.Sprintf("<%02X> <%s>\n", firstCode+i, units.String()))
	}
	for part := range slices.Chunk(entries, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", len(part), strings.Join(part, ""))
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
