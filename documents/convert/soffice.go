package convert

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ris/documents"
	"ris/documents/sandbox"
)

// FindSoffice is the program of LibreOffice: as configured, or found on PATH; empty when there is none ("none" asks
// for that). The answer is the program
// itself, not the link to it.
func FindSoffice(configured string) string {
	switch configured {
	case "none":
		return ""
	case "":
		configured = "soffice"
	}
	found, err := exec.LookPath(configured)
	if err != nil {
		return ""
	}
	if found, err = filepath.Abs(found); err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(found); err == nil {
		return real
	}
	return found
}

// settings of LibreOffice's profile: no macros, links to other files are never followed, nothing is fetched or offered.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
`

// script runs in the walls: the file comes by the standard input and the PDF goes out by the standard output, so that with walls
// nothing of it is ever on a disk.
const script = `set -e
umask 077
mkdir -p "$W/profile/user" "$W/out"
printf '%s' "$SETTINGS" >"$W/profile/user/registrymodifications.xcu"
cat >"$W/in.$ENDING"
"$SOFFICE" "-env:UserInstallation=file://$W/profile" --headless --invisible --norestore --nodefault --nologo --nofirststartwizard --nolockcheck \
  --convert-to "$FILTER" --outdir "$W/out" "$W/in.$ENDING" >&2
cat "$W/out/in.pdf"
`

// Tags and bookmarks are for people with a screen reader; no comments; the first of the two is PDF/A's own profile of PDF 1.7.
const exportOptions = `{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"},` +
	`"ExportNotes":{"type":"boolean","value":"false"},"ExportNotesPages":{"type":"boolean","value":"false"},"ExportNotesInMargin":{"type":"boolean","value":"false"},` +
	`"ExportFormFields":{"type":"boolean","value":"false"},"ExportHiddenSlides":{"type":"boolean","value":"false"},"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},` +
	`"ReduceImageResolution":{"type":"boolean","value":"true"},"MaxImageResolution":{"type":"long","value":"300"},"Quality":{"type":"long","value":"90"}}`

var filters = map[Kind]string{Docx: "writer_pdf_Export", Odt: "writer_pdf_Export", Xlsx: "calc_pdf_Export", Ods: "calc_pdf_Export",
	Pptx: "impress_pdf_Export", Odp: "impress_pdf_Export"}

// Limits of LibreOffice, measured with version 7.4: a letter takes 230 MB and 2 s. It reserves far more address space than it uses.
const (
	officeMemory = 1_500_000_000
	officeTime   = 90 * time.Second
)

// office has LibreOffice make the PDF of a file that the child has cleaned.
func (c *Converter) office(ctx context.Context, clean *os.File, out *Outcome) error {
	if _, err := clean.Seek(0, io.SeekStart); err != nil {
		return ours(err)
	}
	work, err := os.MkdirTemp(c.TempDir, "ris-office-")
	if err != nil {
		return ours(err)
	}
	defer os.RemoveAll(work)
	if out.PDF, err = c.temporary(); err != nil {
		return err
	}
	total := officeTime
	if c.Time > 0 {
		total = c.Time
	}
	usage, err := sandbox.Program{Path: "/bin/sh", Args: []string{"-c", script}, Work: work, Memory: true, Stdin: clean, Stdout: out.PDF, See: []string{filepath.Dir(filepath.Dir(c.Soffice))},
		Env: []string{"PATH=/usr/bin:/bin", "HOME={work}", "TMPDIR={work}", "W={work}", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "SAL_USE_VCLPLUGIN=svp", "SETTINGS=" + settings,
			"SOFFICE=" + c.Soffice, "ENDING=" + string(out.Kind), "FILTER=pdf:" + filters[out.Kind] + ":" + exportOptions},
		Total: total, Resident: officeMemory, Output: 1 << 30}.Run(ctx)
	out.PeakBytes = max(out.PeakBytes, usage.PeakBytes)
	var f *sandbox.Failure
	switch {
	case errors.As(err, &f):
		c.log().Warn("LibreOffice could not convert a file", "kind", string(out.Kind), "reason", string(f.Reason), "output", f.Output)
		switch f.Reason {
		case sandbox.OutOfTime:
			out.refuse(documents.RefusedTimeout)
		case sandbox.OutOfMemory:
			out.refuse(documents.RefusedBomb)
		default:
			out.refuse(RefusedOffice)
		}
		return nil
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return ours(err)
	}
	if err := out.measure(); err != nil {
		return err
	}
	if out.Size == 0 {
		out.refuse(RefusedOffice)
	}
	return nil
}

// Version is what LibreOffice says of itself, for `ris doctor`.
func (c *Converter) Version(ctx context.Context) (string, error) {
	work, err := os.MkdirTemp(c.TempDir, "ris-office-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	out, err := c.temporary()
	if err != nil {
		return "", err
	}
	defer out.Close()
	_, err = sandbox.Program{Path: c.Soffice, Args: []string{"-env:UserInstallation=file://{work}/profile", "--version"}, Work: work, Memory: true, Stdout: out,
		See: []string{filepath.Dir(filepath.Dir(c.Soffice))}, Env: []string{"PATH=/usr/bin:/bin", "HOME={work}", "LANG=C.UTF-8"}, Total: 30 * time.Second}.Run(ctx)
	if err != nil {
		return "", err
	}
	b := make([]byte, 200)
	n, err := out.ReadAt(b, 0)
	if n == 0 {
		return "", err
	}
	return string(b[:n]), nil
}
