package pdf

import "fmt"

// Fields of forms (ISO 32000-1, 12.7) are drawn in a step of their own, after the page: FPDF_RenderPageBitmap leaves them out. Without it
// what somebody filled in would be missing on every picture, and an opaque field over the mark would go unseen.

// fields draws the form's fields of an open page into a bitmap that shows the page, as large as it was drawn there.
func (d *document) fields(bitmap, page uint64, width, height int, flags uint64) error {
	form, err := d.form()
	if err != nil || form == 0 {
		return err
	}
	_, err = d.i.call("FPDF_FFLDraw", form, bitmap, page, 0, 0, uint64(width), uint64(height), 0, flags)
	d.shown = true
	return err
}

// form is pdfium's handle of the document's form, made when the first page is drawn; 0 when the document has none. Its scripts
// never run: this pdfium has no engine for them.
func (d *document) form() (uint64, error) {
	if d.formKnown {
		return d.formHandle, nil
	}
	d.formKnown = true
	kind, err := d.i.call("FPDF_GetFormType", d.handle)
	if err != nil || uint32(kind) == 0 { // FORMTYPE_NONE
		return 0, err
	}
	info, err := d.i.call("FPDF_FORMFILLINFO_Create")
	if err != nil {
		return 0, err
	}
	if d.formHandle, err = d.i.call("FPDFDOC_InitFormFillEnvironment", d.handle, info); err != nil {
		return 0, fmt.Errorf("form: %w", err)
	}
	d.formHandle = uint64(uint32(d.formHandle))
	return d.formHandle, nil
}

// leave tells the form that a page is about to be closed: it keeps a view of each page that it drew.
func (d *document) leave(page uint64) error {
	if !d.shown {
		return nil
	}
	d.shown = false
	_, err := d.i.call("FORM_OnBeforeClosePage", page, d.formHandle)
	return err
}

func (d *document) closeForm() {
	if d.formHandle != 0 {
		_, _ = d.i.call("FPDFDOC_ExitFormFillEnvironment", d.formHandle)
		d.formHandle = 0
	}
}
