package convert

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"
)

func pixelBytes(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// stripped copies a JPEG file (ITU-T T.81, annex B) without the segments that tell of place, camera and author: all APPn but Adobe's
// colour mark, and comments. What stands behind the end of the picture (a film, a second picture) is left out. It sets turn and
// resolution from what it leaves out.
func (p *picture) stripped(b []byte) ([]byte, error) {
	out := bytes.NewBuffer(make([]byte, 0, len(b)))
	out.Write(b[:2])
	for at := 2; ; {
		for at < len(b) && b[at] == 0xff && at+1 < len(b) && b[at+1] == 0xff { // fill bytes
			at++
		}
		if at+4 > len(b) || b[at] != 0xff {
			return nil, errors.New("JPEG: a segment is missing")
		}
		mark := b[at+1]
		if mark == 0xd9 {
			out.Write(b[at : at+2])
			return out.Bytes(), nil
		}
		n := int(binary.BigEndian.Uint16(b[at+2:]))
		if n < 2 || at+2+n > len(b) {
			return nil, errors.New("JPEG: a segment is cut off")
		}
		segment := b[at : at+2+n]
		body := segment[4:]
		at += 2 + n
		switch {
		case mark == 0xee && bytes.HasPrefix(body, []byte("Adobe")) && len(body) >= 12:
			p.inverted = p.components == 4
			out.Write(segment)
		case mark == 0xe0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 12:
			p.density(body[7], binary.BigEndian.Uint16(body[8:]), binary.BigEndian.Uint16(body[10:]))
		case mark == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
			p.exif(body[6:])
		case mark >= 0xe0 && mark <= 0xef || mark == 0xfe:
		default:
			out.Write(segment)
		}
		if mark == 0xda { // the picture's data follow, up to the next mark that is none of theirs
			from := at
			for at+1 < len(b) && (b[at] != 0xff || b[at+1] == 0 || b[at+1] >= 0xd0 && b[at+1] <= 0xd7) {
				at++
			}
			out.Write(b[from:at])
			if at+1 >= len(b) {
				out.Write([]byte{0xff, 0xd9}) // the end is missing, the decoder has been content
				return out.Bytes(), nil
			}
			if b[at+1] == 0xd9 {
				out.Write(b[at : at+2])
				return out.Bytes(), nil
			}
		}
	}
}

func (p *picture) density(unit byte, x, y uint16) {
	switch unit {
	case 1:
		p.dpiX, p.dpiY = float64(x), float64(y)
	case 2:
		p.dpiX, p.dpiY = float64(x)*2.54, float64(y)*2.54
	}
}

// exif takes orientation and resolution of the first directory; damaged ones say nothing.
func (p *picture) exif(b []byte) {
	pages, err := tiffPages(io.NewSectionReader(bytes.NewReader(b), 0, int64(len(b))))
	if len(pages) == 0 || err != nil && len(pages) == 0 {
		return
	}
	p.turn = pages[0].turn
	if pages[0].dpiX > 0 {
		p.dpiX, p.dpiY = pages[0].dpiX, pages[0].dpiY
	}
}

// pngFacts: pHYs (pixels per metre) of a PNG (ISO 15948, section 11.3.5.3). Orientation is not a thing of PNG.
func pngFacts(b []byte) (x, y float64, turn int) {
	for at := 8; at+12 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[at:]))
		if n < 0 || at+12+n > len(b) || string(b[at+4:at+8]) == "IDAT" {
			break
		}
		if body := b[at+8 : at+8+n]; string(b[at+4:at+8]) == "pHYs" && n == 9 && body[8] == 1 {
			return float64(binary.BigEndian.Uint32(body)) * 0.0254, float64(binary.BigEndian.Uint32(body[4:])) * 0.0254, 1
		}
		at += 12 + n
	}
	return 0, 0, 1
}

// tiffPage is one directory of a TIFF file: what the head must say for it to be the first, and its facts.
type tiffPage struct {
	head       [8]byte
	turn       int
	dpiX, dpiY float64
}

// tiffPages walks the directories (TIFF 6.0, section 2); a loop or too many of them is an error.
func tiffPages(in *io.SectionReader) ([]tiffPage, error) {
	var head [8]byte
	if _, err := in.ReadAt(head[:], 0); err != nil {
		return nil, err
	}
	var order binary.ByteOrder = binary.LittleEndian
	if head[0] == 'M' {
		order = binary.BigEndian
	}
	if order.Uint16(head[2:]) != 42 {
		return nil, errors.New("TIFF: not of this form")
	}
	var out []tiffPage
	seen := map[uint32]bool{}
	for at := order.Uint32(head[4:]); at != 0; {
		if seen[at] || len(out) >= mostPictures {
			return nil, fmt.Errorf("TIFF: a loop or too many pages (%d)", len(out))
		}
		seen[at] = true
		p := tiffPage{head: head, turn: 1}
		order.PutUint32(p.head[4:], at)
		next, err := p.directory(in, order, int64(at))
		if err != nil {
			return out, err
		}
		out = append(out, p)
		at = next
	}
	return out, nil
}

// The tags that count.
const (
	tagOrientation = 274
	tagXResolution = 282
	tagYResolution = 283
	tagUnit        = 296
)

func (p *tiffPage) directory(in *io.SectionReader, order binary.ByteOrder, at int64) (next uint32, err error) {
	var count [2]byte
	if _, err := in.ReadAt(count[:], at); err != nil {
		return 0, err
	}
	n := int64(order.Uint16(count[:]))
	entries := make([]byte, 12*n+4)
	if got, err := in.ReadAt(entries, at+2); err != nil && int64(got) < 12*n {
		return 0, err
	}
	unit := 0.0
	for i := range n {
		e := entries[12*i : 12*i+12]
		short := order.Uint16(e[8:])
		switch order.Uint16(e) {
		case tagOrientation:
			if short >= 1 && short <= 8 {
				p.turn = int(short)
			}
		case tagXResolution:
			p.dpiX = rational(in, order, e)
		case tagYResolution:
			p.dpiY = rational(in, order, e)
		case tagUnit:
			unit = map[uint16]float64{2: 1, 3: 2.54}[short]
		}
	}
	if unit == 0 {
		unit = 1 // the default is inches
	}
	p.dpiX, p.dpiY = p.dpiX*unit, p.dpiY*unit
	return order.Uint32(entries[12*n:]), nil
}

func rational(in *io.SectionReader, order binary.ByteOrder, entry []byte) float64 {
	var b [8]byte
	if _, err := in.ReadAt(b[:], int64(order.Uint32(entry[8:]))); err != nil {
		return 0
	}
	v := float64(order.Uint32(b[:])) / float64(order.Uint32(b[4:]))
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}
