package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"sync"

	"ris/documents/copies"
)

// markParts is how many paths the test mark draws: one for each operator that fills and strokes.
var markParts = sync.OnceValue(func() int {
	lines, err := copies.Lines(testMark)
	if err != nil {
		return -1
	}
	z, err := zlib.NewReader(bytes.NewReader(copies.Form(lines)))
	if err != nil {
		return -1
	}
	drawing, err := io.ReadAll(z)
	if err != nil {
		return -1
	}
	parts := 0
	s := contentScanner{b: drawing, each: func(word []byte) {
		if w := string(word); w == "B" || w == "f" || w == "S" || w == "B*" || w == "f*" || w == "b" {
			parts++
		}
	}}
	for s.at < len(drawing) {
		s.token()
	}
	return parts
})

// samePictures reports whether page n of original and base consists of nothing but opaque pictures, the same ones at the same places
// with the same bytes: then they look the same. false means not known.
func (v *prover) samePictures(n int) bool {
	a, ok := v.original.pictures(n)
	if !ok {
		return false
	}
	b, ok := v.base.pictures(n)
	if !ok || len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].place != b[i].place || a[i].kind != b[i].kind || !bytes.Equal(a[i].raw, b[i].raw) {
			return false
		}
	}
	return true
}

// shown is a picture on a page.
type shown struct {
	place [24]byte // its matrix, as pdfium has it
	kind  [32]byte // size, resolution, bits and colours (FPDF_IMAGEOBJ_METADATA)
	raw   []byte   // as stored in the file
}

// mostPictures and mostRaw bound a page for samePictures: a page of more is compared as it looks.
const (
	mostPictures = 40
	mostRaw      = 32 << 20
)

// pictures lists what page n (from 0) shows; ok is false when it shows something else than opaque pictures, the empty form of the mark
// excepted.
func (d *document) pictures(n int) (list []shown, ok bool) {
	err := d.page(n, func(page uint64) error {
		annotations, err := d.i.call("FPDFPage_GetAnnotCount", page)
		if err != nil || int32(annotations) != 0 {
			return err
		}
		count, err := d.i.call("FPDFPage_CountObjects", page)
		if err != nil || int(int32(count)) > mostPictures+1 {
			return err
		}
		room := mostRaw
		for k := range int(int32(count)) {
			object, err := d.i.call("FPDFPage_GetObject", page, uint64(k))
			if err != nil {
				return err
			}
			empty, err := d.emptyForm(object)
			if err != nil {
				return err
			}
			if empty {
				continue
			}
			s, good, err := d.picture(page, object, &room)
			if err != nil || !good {
				return err
			}
			list = append(list, s)
		}
		ok = len(list) > 0
		return nil
	})
	return list, ok && err == nil
}

// onlyPictures reports whether an open page has pictures and nothing else.
func (d *document) onlyPictures(page uint64) (bool, error) {
	count, err := d.i.call("FPDFPage_CountObjects", page)
	if err != nil || int(int32(count)) > mostPictures {
		return false, err
	}
	for k := range int(int32(count)) {
		object, err := d.i.call("FPDFPage_GetObject", page, uint64(k))
		if err != nil {
			return false, err
		}
		if kind, err := d.i.call("FPDFPageObj_GetType", object); err != nil || uint32(kind) != kindImage {
			return false, err
		}
	}
	return int32(count) > 0, nil
}

func (d *document) emptyForm(object uint64) (bool, error) {
	kind, err := d.i.call("FPDFPageObj_GetType", object)
	if err != nil || uint32(kind) != kindForm {
		return false, err
	}
	parts, err := d.i.call("FPDFFormObj_CountObjects", object)
	return int32(parts) == 0, err
}

// picture reads one object; good is false when it is no opaque picture or too large.
func (d *document) picture(page, object uint64, room *int) (s shown, good bool, err error) {
	kind, err := d.i.call("FPDFPageObj_GetType", object)
	if err != nil || uint32(kind) != kindImage {
		return s, false, err
	}
	// Masks, blending and what marked content may hide cannot be seen in the bytes.
	for _, f := range []string{"FPDFPageObj_HasTransparency", "FPDFPageObj_CountMarks"} {
		if n, err := d.i.call(f, object); err != nil || int32(n) != 0 {
			return s, false, err
		}
	}
	length, err := d.i.call("FPDFImageObj_GetImageDataRaw", object, 0, 0)
	if err != nil || uint32(length) == 0 || int(uint32(length)) > *room {
		return s, false, err
	}
	*room -= int(uint32(length))
	at, err := d.i.scratch(uint32(length) + 64)
	if err != nil {
		return s, false, err
	}
	for _, part := range []struct {
		function string
		into     []byte
		args     []uint64
	}{
		{"FPDFPageObj_GetMatrix", s.place[:], []uint64{object, uint64(at)}},
		{"FPDFImageObj_GetImageMetadata", s.kind[:], []uint64{object, page, uint64(at)}},
	} {
		ok, err := d.i.call(part.function, part.args...)
		if err != nil || uint32(ok) == 0 {
			return s, false, err
		}
		b, _ := d.i.module.Memory().Read(at, uint32(len(part.into)))
		copy(part.into, b)
	}
	if _, err := d.i.call("FPDFImageObj_GetImageDataRaw", object, uint64(at), length); err != nil {
		return s, false, err
	}
	b, ok := d.i.module.Memory().Read(at, uint32(length))
	s.raw = bytes.Clone(b)
	return s, ok, nil
}
