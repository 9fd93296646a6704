package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/tetratelabs/wazero/api"

	"ris/app/council"
)

// The errors by which pdfium says that something is wrong with the file. Every other error of a call is a trap inside the module
// (out of memory, endless recursion): the instance is then spent.
var (
	errPassword = errors.New("the document needs a password")
	errFormat   = errors.New("pdfium cannot read the document")
	errUnread   = errors.New("pdfium cannot read the page")
)

// document is an open PDF inside an Instance; it reads the file as it needs it, so a large file costs no memory.
type document struct {
	i      *Instance
	handle uint64
	param  uint32
	pages  int
	// of fields.go: the form, whether it was looked for, and whether the open page was drawn with it
	formHandle       uint64
	formKnown, shown bool
}

// open reads a document of size bytes. r must stay readable until close.
func (i *Instance) open(r io.ReaderAt, size int64) (*document, error) {
	if size <= 0 || size > math.MaxInt32 {
		return nil, errFormat
	}
	param, err := i.call("malloc", 8)
	if err != nil {
		return nil, err
	}
	access, err := i.call("FPDF_FILEACCESS_Create", uint64(size), param)
	if err != nil {
		return nil, err
	}
	i.files[uint32(param)] = r
	h, err := i.call("FPDF_LoadCustomDocument", access, 0)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	if uint32(h) == 0 {
		code, err := i.call("FPDF_GetLastError")
		if err != nil {
			return nil, err
		}
		if uint32(code) == 4 || uint32(code) == 5 { // FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
			return nil, errPassword
		}
		return nil, errFormat
	}
	d := &document{i: i, handle: h, param: uint32(param)}
	n, err := i.call("FPDF_GetPageCount", h)
	if err != nil {
		return nil, err
	}
	d.pages = int(int32(n))
	return d, nil
}

func (d *document) close() {
	d.closeForm()
	_, _ = d.i.call("FPDF_CloseDocument", d.handle)
	delete(d.i.files, d.param)
}

// page opens page n (from 0) for f and closes it.
func (d *document) page(n int, f func(page uint64) error) error {
	p, err := d.i.call("FPDF_LoadPage", d.handle, uint64(n))
	if err != nil {
		return err
	}
	if uint32(p) == 0 {
		return fmt.Errorf("%w: %d", errUnread, n+1)
	}
	err = f(p)
	if e := d.leave(p); err == nil {
		err = e
	}
	if _, e := d.i.call("FPDF_ClosePage", p); err == nil {
		err = e
	}
	return err
}

// size is the visible size of an open page after /Rotate, in points.
func (d *document) size(page uint64) (council.PageSize, error) {
	w, err := d.i.call("FPDF_GetPageWidthF", page)
	if err != nil {
		return council.PageSize{}, err
	}
	h, err := d.i.call("FPDF_GetPageHeightF", page)
	if err != nil {
		return council.PageSize{}, err
	}
	r, err := d.i.call("FPDFPage_GetRotation", page)
	if err != nil {
		return council.PageSize{}, err
	}
	return council.PageSize{Width: float64(api.DecodeF32(w)), Height: float64(api.DecodeF32(h)), Rotate: int(int32(r)) * 90}, nil
}

// picture is an 8-bit grey image, one byte per pixel, rows without padding.
type picture struct {
	w, h int
	pix  []byte
}

const (
	renderAnnotations = 0x01
	renderGrayscale   = 0x08
	renderRough       = 0x2000 // FPDF_RENDER_NO_SMOOTHIMAGE: a picture is sampled, not averaged
	bitmapGray        = 1      // FPDFBitmap_Gray
)

// render draws an open page, annotations and fields of forms included, at scale pixels per point; no side is longer than most pixels.
func (d *document) render(page uint64, scale float64, most int, into *picture) error {
	return d.renderAs(page, scale, most, renderAnnotations|renderGrayscale, into)
}

// renderRough is render for comparing two pictures of one page: the same dots of a large picture are taken in both.
func (d *document) renderRough(page uint64, scale float64, most int, into *picture) error {
	return d.renderAs(page, scale, most, renderAnnotations|renderGrayscale|renderRough, into)
}

func (d *document) renderAs(page uint64, scale float64, most int, flags uint64, into *picture) error {
	size, err := d.size(page)
	if err != nil {
		return err
	}
	w, h := size.Width*scale, size.Height*scale
	if longest := max(w, h); longest > float64(most) {
		w, h = w*float64(most)/longest, h*float64(most)/longest
	}
	width, height := max(1, int(w)), max(1, int(h))
	bitmap, err := d.i.call("FPDFBitmap_CreateEx", uint64(width), uint64(height), bitmapGray, 0, 0)
	if err != nil {
		return err
	}
	if uint32(bitmap) == 0 {
		return errors.New("pdfium: no memory for a picture")
	}
	if _, err := d.i.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), 0xFFFFFFFF); err != nil {
		return err
	}
	if _, err := d.i.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, flags); err != nil {
		return err
	}
	if err := d.fields(bitmap, page, width, height, flags); err != nil {
		return err
	}
	p, err := d.i.call("FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return err
	}
	stride, err := d.i.call("FPDFBitmap_GetStride", bitmap)
	if err != nil {
		return err
	}
	b, ok := d.i.module.Memory().Read(uint32(p), uint32(stride)*uint32(height))
	if !ok {
		return errors.New("pdfium: the picture lies outside its memory")
	}
	into.w, into.h = width, height
	into.pix = into.pix[:0]
	for y := range height {
		into.pix = append(into.pix, b[y*int(stride):y*int(stride)+width]...)
	}
	_, err = d.i.call("FPDFBitmap_Destroy", bitmap)
	return err
}

// saveRebuilt writes the document anew: what pdfium could make sense of, in good order.
func (d *document) saveRebuilt(w io.Writer) error {
	const removeSecurity = 3 // FPDF_REMOVE_SECURITY of pdfium's fpdf_save.h; it also writes one single revision
	writer, err := d.i.call("FPDF_FILEWRITE_Create")
	if err != nil {
		return err
	}
	d.i.output = w
	defer func() { d.i.output = nil }()
	ok, err := d.i.call("FPDF_SaveAsCopy", d.handle, writer, removeSecurity)
	if err != nil {
		return err
	}
	if uint32(ok) == 0 {
		return errors.New("pdfium could not write the document")
	}
	_, err = d.i.call("free", writer)
	return err
}

// float reads a little-endian double out of the module's memory.
func float(b []byte) float32 {
	return float32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
}
