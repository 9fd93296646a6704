package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/image/draw"

	"ris/app/council"
)

const (
	// readingDots is the resolution of pictures in a reading copy; what has more than heavyDots is reduced to it.
	readingDots = 150.0
	heavyDots   = 200.0
	// heavyPicture is the least size of a picture that is looked at, bytes.
	heavyPicture   = 100 << 10
	readingQuality = 72
	// mostPixels bounds a picture that is unpacked: 60 million are A3 at 600 dpi, 240 MB of memory at most.
	mostPixels = 60_000_000
	// LeastSaving is the share of the base that a reading copy must save.
	LeastSaving = 0.4
)

// ErrNotHeavy says that a reading copy would save too little.
var ErrNotHeavy = errors.New("a reduced copy saves too little")

// Reduce writes to out the base with its large pictures at 150 dpi, as a base of its own: with the same slot, proven like the
// first. ErrNotHeavy when that saves less than LeastSaving. Text, drawings, tags and bookmarks stay as they are.
func (e *Engine) Reduce(base io.ReaderAt, p council.Prepared, out *os.File, step func(string)) (council.Prepared, error) {
	step("open")
	var made council.Prepared
	err := guarded("reduce", func() (err error) {
		made, err = reduced(io.NewSectionReader(base, 0, p.Size), p, out, step)
		return err
	})
	if err != nil {
		return council.Prepared{}, err
	}
	if float64(made.Size) > (1-LeastSaving)*float64(p.Size) {
		return council.Prepared{}, ErrNotHeavy
	}
	if err := e.proveReduced(base, p.Size, out, made, step); err != nil {
		return council.Prepared{}, err
	}
	return made, nil
}

func reduced(r io.ReadSeeker, p council.Prepared, out *os.File, step func(string)) (council.Prepared, error) {
	if err := restart(out); err != nil {
		return council.Prepared{}, err
	}
	to, err := newEmitter(out)
	if err != nil {
		return council.Prepared{}, err
	}
	s, err := readSource(r, p.SlotObject, to)
	if err != nil {
		return council.Prepared{}, err
	}
	heavy := s.heavyPictures()
	if len(heavy) == 0 {
		return council.Prepared{}, ErrNotHeavy
	}
	s.named = true
	s.replace = func(old int, sd types.StreamDict) (types.StreamDict, bool) {
		inches, ok := heavy[old]
		if !ok {
			return sd, false
		}
		step("reduce")
		return s.smaller(sd, inches)
	}
	interleaved := p.Parts.Mode == council.Interleaved && s.findShifts()
	root, err := s.ctx.Catalog()
	if err != nil {
		return council.Prepared{}, err
	}
	catalog, err := to.add(s.copiedDict(0, root, 0))
	if err != nil {
		return council.Prepared{}, err
	}
	info := types.Dict{}
	if s.ctx.Info != nil {
		if d := dict(s.ctx, *s.ctx.Info); d["Title"] != nil {
			info["Title"] = s.copied(d["Title"], 0)
		}
	}
	infoRef, err := to.add(info)
	if err != nil {
		return council.Prepared{}, err
	}
	if err := s.drain(); err != nil {
		return council.Prepared{}, err
	}
	made := to.slot
	if made.Size, made.Parts.ID, err = to.finish(catalog, infoRef); err != nil {
		return council.Prepared{}, err
	}
	if interleaved {
		made.Parts.Mode, made.Parts.Shifts = council.Interleaved, s.shiftOffsets()
		if len(made.Parts.Shifts) != len(s.pages) {
			return council.Prepared{}, fmt.Errorf("%w: %d of %d pages", errShift, len(made.Parts.Shifts), len(s.pages))
		}
	}
	return made, nil
}

// heavyPictures finds images by object number whose pixels are many for their page, with the longer side of the largest page on which
// each is shown, in inches. An image is taken to fill its page: a small one on a large page then counts as coarse, and stays.
func (s *source) heavyPictures() map[int]float64 {
	out := map[int]float64{}
	m := &marker{ctx: s.ctx}
	for _, p := range s.pages {
		box := m.visible(p.dict, s.inherited(p.dict))
		inches := max(box[2]-box[0], box[3]-box[1]) / 72
		resources := dict(s.ctx, either(p.dict["Resources"], s.inherited(p.dict).resources))
		s.images(resources, 0, func(number int) { out[number] = max(out[number], inches) })
	}
	return out
}

// inherited are the attributes that come from the nodes above the page.
func (s *source) inherited(page types.Dict) (in inherited) {
	for d, depth := dict(s.ctx, page["Parent"]), 0; d != nil && depth < deepestTree; d, depth = dict(s.ctx, d["Parent"]), depth+1 {
		in.resources = either(in.resources, d["Resources"])
		in.media = either(in.media, d["MediaBox"])
		in.crop = either(in.crop, d["CropBox"])
		in.rotate = either(in.rotate, d["Rotate"])
	}
	return in
}

// images visits the heavy images of the resources, those inside forms too.
func (s *source) images(resources types.Dict, depth int, found func(number int)) {
	for _, o := range dict(s.ctx, resources["XObject"]) {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			continue
		}
		x, _ := s.ctx.Dereference(ref)
		sd, ok := x.(types.StreamDict)
		if !ok {
			continue
		}
		switch name(s.ctx, sd.Dict["Subtype"]) {
		case "Form":
			if depth < 3 {
				s.images(dict(s.ctx, sd.Dict["Resources"]), depth+1, found)
			}
		case "Image":
			if len(sd.Raw) >= heavyPicture {
				found(ref.ObjectNumber.Value())
			}
		}
	}
}

// smaller is the image at readingDots as JPEG; false when it is not too fine, of a kind that stays, or not smaller then.
func (s *source) smaller(sd types.StreamDict, inches float64) (types.StreamDict, bool) {
	d := sd.Dict
	w, _ := number(s.ctx, d["Width"])
	h, _ := number(s.ctx, d["Height"])
	if w < 1 || h < 1 || w*h > mostPixels || inches <= 0 || max(w, h)/inches <= heavyDots {
		return sd, false
	}
	mask, _ := s.ctx.Dereference(d["Mask"])
	if _, keyed := mask.(types.Array); keyed || d["Decode"] != nil || d["ImageMask"] != nil || d["SMaskInData"] != nil {
		return sd, false // colours that mean something: they must not change
	}
	img, ok := s.unpacked(sd, int(w), int(h))
	if !ok {
		return sd, false
	}
	scale := readingDots * inches / max(w, h)
	to := image.Rect(0, 0, max(1, int(w*scale+0.5)), max(1, int(h*scale+0.5)))
	var small draw.Image = image.NewRGBA(to)
	if _, grey := img.(*image.Gray); grey {
		small = image.NewGray(to)
	}
	draw.BiLinear.Scale(small, to, img, img.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: readingQuality}); err != nil || b.Len() >= len(sd.Raw)*7/10 {
		return sd, false
	}
	out := types.Dict{}
	for k, v := range d {
		out[k] = v
	}
	delete(out, "DecodeParms")
	delete(out, "Length")
	out["Filter"], out["Width"], out["Height"], out["BitsPerComponent"] = types.Name("DCTDecode"), types.Integer(to.Dx()), types.Integer(to.Dy()), types.Integer(8)
	return types.StreamDict{Dict: out, Raw: b.Bytes()}, true
}

// unpacked decodes a JPEG or 8-bit pixels, grey or three colours; everything else (fax, JBIG2, JPEG 2000, inks, palettes) is left as it
// is: it is small already, or its colours cannot be kept.
func (s *source) unpacked(sd types.StreamDict, w, h int) (image.Image, bool) {
	parts := s.components(sd.Dict["ColorSpace"])
	if parts != 1 && parts != 3 {
		return nil, false
	}
	filterName := name(s.ctx, sd.Dict["Filter"])
	if a := array(s.ctx, sd.Dict["Filter"]); len(a) == 1 {
		filterName = name(s.ctx, a[0])
	}
	if filterName == "DCTDecode" {
		c, err := jpeg.DecodeConfig(bytes.NewReader(sd.Raw))
		if err != nil || c.Width != w || c.Height != h {
			return nil, false
		}
		img, err := jpeg.Decode(bytes.NewReader(sd.Raw))
		if err != nil {
			return nil, false
		}
		_, grey := img.(*image.Gray)
		_, inks := img.(*image.CMYK)
		return img, !inks && grey == (parts == 1)
	}
	bits, _ := number(s.ctx, sd.Dict["BitsPerComponent"])
	if filterName != "FlateDecode" || bits != 8 {
		return nil, false
	}
	plain := sd
	if err := plain.DecodeWithLimit(int64(w*h*parts) + 1<<20); err != nil || len(plain.Content) < w*h*parts {
		return nil, false
	}
	if parts == 1 {
		return &image.Gray{Pix: plain.Content[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}, true
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		copy(img.Pix[4*i:], plain.Content[3*i:3*i+3])
		img.Pix[4*i+3] = 255
	}
	return img, true
}

// components is the number of colour parts of a space in which mixing neighbours is right: 1, 3, or 0 for all others.
func (s *source) components(o types.Object) int {
	switch name(s.ctx, o) {
	case "DeviceGray", "G":
		return 1
	case "DeviceRGB", "RGB":
		return 3
	}
	a := array(s.ctx, o)
	if len(a) < 2 {
		return 0
	}
	switch name(s.ctx, a[0]) {
	case "CalGray":
		return 1
	case "CalRGB":
		return 3
	case "ICCBased":
		n, _ := number(s.ctx, dict(s.ctx, a[1])["N"])
		if n == 1 || n == 3 {
			return int(n)
		}
	}
	return 0
}
