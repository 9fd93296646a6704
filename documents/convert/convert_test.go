package convert_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	"ris/documents/convert"
	"ris/documents/sandbox"
	"ris/web/locales"
)

func TestMain(m *testing.M) {
	sandbox.MaybeChild()
	os.Exit(m.Run())
}

func converter() *convert.Converter {
	return &convert.Converter{Pool: sandbox.NewPool(1, sandbox.Limits{}), Soffice: convert.FindSoffice("")}
}

func toFile(t *testing.T, b []byte) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "in"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if _, err := f.Write(b); err != nil {
		t.Fatal(err)
	}
	return f
}

func run(t *testing.T, c *convert.Converter, b []byte, name string) *convert.Outcome {
	t.Helper()
	kind := convert.Sniff(b[:min(len(b), convert.HeadBytes)], name)
	o, err := c.Convert(context.Background(), toFile(t, b), int64(len(b)), kind, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	return o
}

// text reads the PDF back with another tool, which also checks its structure.
func text(t *testing.T, o *convert.Outcome) string {
	t.Helper()
	if o.Refused != "" || o.PDF == nil {
		t.Fatalf("refused: %s %v", o.Refused, o.Details)
	}
	b := make([]byte, o.Size)
	if _, err := o.PDF.ReadAt(b, 0); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "out.pdf")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("RIS_TEST_KEEP"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, strings.ReplaceAll(t.Name(), "/", "_")+".pdf"), b, 0o600)
	}
	if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext: %v\n%s", err, out)
	}
	info, err := exec.Command("pdfinfo", path).CombinedOutput()
	if err != nil {
		t.Fatalf("pdfinfo: %v\n%s", err, info)
	}
	return string(out) + "\n--\n" + string(info)
}

func pack(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if parts[i] == "mimetype" {
			h.Method = zip.Store
			h.UncompressedSize64, h.CompressedSize64 = uint64(len(parts[i+1])), uint64(len(parts[i+1]))
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, parts[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`

func docx(t *testing.T, body string, more ...string) []byte {
	return pack(t, append([]string{"[Content_Types].xml", types + `<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

func needOffice(t *testing.T) *convert.Converter {
	t.Helper()
	c := converter()
	if c.Soffice == "" {
		t.Skip("LibreOffice is not installed")
	}
	return c
}

func keys(o *convert.Outcome) (out []string) {
	for _, n := range o.Notes {
		out = append(out, strings.TrimPrefix(n.Key, "file.note.convert."))
	}
	return out
}

// What was deleted in a Word file, and what was remarked, is not in the PDF; the clerk is told that it is in the original.
func TestTrackedChangesBecomeTheFinalText(t *testing.T) {
	c := needOffice(t)
	o := run(t, c, docx(t, `<w:p><w:r><w:t xml:space="preserve">Die Stadt zahlt </w:t></w:r><w:del w:id="1" w:author="X"><w:r><w:delText>GEHEIM 900.000</w:delText></w:r></w:del>`+
		`<w:ins w:id="2" w:author="X"><w:r><w:t>höchstens 500.000 Euro</w:t></w:r></w:ins></w:p>`+
		`<w:p><w:commentRangeStart w:id="3"/><w:r><w:t>Schluss</w:t></w:r><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r></w:p>`,
		"word/_rels/document.xml.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:1/x.png" TargetMode="External"/></Relationships>`,
		"word/vbaProject.bin", "macro"), "Vorlage.docx")
	got := text(t, o)
	if !strings.Contains(got, "Die Stadt zahlt höchstens 500.000 Euro") || strings.Contains(got, "GEHEIM") {
		t.Errorf("text:\n%s", got)
	}
	if !strings.Contains(got, "Tagged:          yes") || !strings.Contains(got, "Page size:") {
		t.Errorf("not tagged:\n%s", got)
	}
	if want := []string{"changes", "comments", "macros", "links"}; !slices.Equal(keys(o), want) {
		t.Errorf("notes %v, want %v", keys(o), want)
	}
	if o.Kind != convert.Docx {
		t.Errorf("kind %s", o.Kind)
	}
}

func xlsx(t *testing.T, columns int) []byte {
	var row strings.Builder
	for i := range columns {
		fmt.Fprintf(&row, `<c t="inlineStr"><is><t>Spalte %d lang</t></is></c>`, i+1)
	}
	sheet := `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="2" hidden="1" width="9"/></cols><sheetData><row r="1">` + row.String() + `</row><row r="2" hidden="1"><c t="inlineStr"><is><t>VERSTECKT</t></is></c></row></sheetData></worksheet>`
	return pack(t, "[Content_Types].xml", types+`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Haushalt" sheetId="1" r:id="r1"/><sheet name="Intern" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet,
		"xl/worksheets/sheet2.xml", `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><t>INTERN</t></is></c></row></sheetData></worksheet>`)
}

// A table of 30 columns is one page wide; hidden sheets, rows and columns are not in the PDF, and the clerk is told.
func TestATableIsAsWideAsThePage(t *testing.T) {
	o := run(t, needOffice(t), xlsx(t, 30), "Haushalt.xlsx")
	got := text(t, o)
	if !strings.Contains(got, "Pages:           1\n") || !strings.Contains(got, "Spalte 30 lang") {
		t.Errorf("not one page:\n%s", got)
	}
	for _, bad := range []string{"VERSTECKT", "INTERN", "Spalte 2 lang"} {
		if strings.Contains(got, bad) {
			t.Errorf("%s is in the PDF", bad)
		}
	}
	if want := []string{"hidden_sheets", "hidden_rows"}; !slices.Equal(keys(o), want) || o.Kind != convert.Xlsx {
		t.Errorf("notes %v, want %v (%s)", keys(o), want, o.Kind)
	}
}

func TestOpenDocument(t *testing.T) {
	o := run(t, needOffice(t), pack(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>GEHEIM</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Beschlussvorschlag für Öl<text:change text:change-id="c1"/> und Gas<office:annotation><text:p>BEMERKUNG</text:p></office:annotation></text:p></office:text></office:body></office:document-content>`,
		"META-INF/manifest.xml", `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`), "v.odt")
	got := text(t, o)
	if !strings.Contains(got, "Beschlussvorschlag für Öl und Gas") || strings.Contains(got, "GEHEIM") || strings.Contains(got, "BEMERKUNG") {
		t.Errorf("text:\n%s", got)
	}
	if want := []string{"changes", "comments"}; !slices.Equal(keys(o), want) {
		t.Errorf("notes %v, want %v", keys(o), want)
	}
}

func bild(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	return m
}

func TestPictures(t *testing.T) {
	var p, j, tf, bw bytes.Buffer
	_ = png.Encode(&p, bild(400, 200))
	_ = jpeg.Encode(&j, bild(300, 200), nil)
	_ = tiff.Encode(&tf, bild(100, 50), nil)
	gray := image.NewGray(image.Rect(0, 0, 1240, 1754))
	_ = png.Encode(&bw, gray)
	exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"), "GPS 50.123 7.456"...)
	withExif := append(append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...), j.Bytes()[2:]...)
	for name, c := range map[string]struct {
		b    []byte
		size string
	}{
		"a.png": {p.Bytes(), "841.89 x 595.28"}, "a.jpg": {j.Bytes(), "841.89 x 595.28"}, "a.tif": {tf.Bytes(), "841.89 x 595.28"},
		"turned.jpg": {withExif, "595.28 x 841.89"}, "bw.png": {bw.Bytes(), "595.28 x 841.89"},
	} {
		t.Run(name, func(t *testing.T) {
			o := run(t, converter(), c.b, name)
			got := text(t, o)
			if !strings.Contains(got, c.size) {
				t.Errorf("size:\n%s", got)
			}
			b := make([]byte, o.Size)
			_, _ = o.PDF.ReadAt(b, 0)
			if bytes.Contains(b, []byte("GPS")) {
				t.Error("the place is in the PDF")
			}
		})
	}
}

// Refusals name what is wrong; nothing crashes and nothing fills the memory.
func TestWhatIsRefused(t *testing.T) {
	var small bytes.Buffer
	_ = png.Encode(&small, image.NewGray(image.Rect(0, 0, 1, 1)))
	bomb := bytes.Clone(small.Bytes())
	copy(bomb[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65,536 x 65,536; the checksum of the head is wrong, too
	var zeros bytes.Buffer
	z := zip.NewWriter(&zeros)
	w, _ := z.Create("word/document.xml")
	for range 1200 {
		_, _ = w.Write(make([]byte, 1<<20))
	}
	_ = z.Close()
	var jp bytes.Buffer
	_ = jpeg.Encode(&jp, bild(64, 64), nil)
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"x.heic":      {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), convert.RefusedHEIC},
		"x.doc":       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1more"), convert.RefusedOldOffice},
		"x.zip":       {pack(t, "a.txt", "hello"), convert.RefusedArchive},
		"x.txt":       {[]byte("Hallo"), convert.RefusedKind},
		"fake.docx":   {pack(t, "[Content_Types].xml", "x", "a", "b"), convert.RefusedArchive},
		"zeros.docx":  {zeros.Bytes(), "file.refused.bomb"},
		"bomb.png":    {bomb, convert.RefusedPicture},
		"half.jpg":    {jp.Bytes()[:100], convert.RefusedPicture},
		"broken.docx": {docx(t, "<w:p>")[:300], "file.refused.truncated"},
		"secret.odt":  {pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"), "file.refused.password"},
	} {
		t.Run(name, func(t *testing.T) {
			k := converter()
			k.Soffice = "/bin/false"
			if o := run(t, k, c.b, name); o.Refused != c.want {
				t.Errorf("refused %q, want %q", o.Refused, c.want)
			}
		})
	}
	k := converter()
	k.Soffice = ""
	if o := run(t, k, docx(t, ""), "x.docx"); o.Refused != convert.RefusedNoOffice {
		t.Errorf("without LibreOffice: %q", o.Refused)
	}
}

// Slides: where LibreOffice has no part for them, the clerk is told to save them as PDF; nothing waits, nothing fails without a word.
func TestSlidesAreConvertedOrRefused(t *testing.T) {
	odp := pack(t, "mimetype", "application/vnd.oasis.opendocument.presentation",
		"content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:body><office:presentation/></office:body></office:document-content>`,
		"META-INF/manifest.xml", `<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.presentation"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`)
	pptx := pack(t, "[Content_Types].xml", types+`<Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`,
		"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="ppt/presentation.xml"/></Relationships>`,
		"ppt/presentation.xml", `<?xml version="1.0"?><p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`)
	for kind, file := range map[convert.Kind][]byte{convert.Odp: odp, convert.Pptx: pptx} {
		without := converter()
		without.Soffice = "/bin/false"
		if o := run(t, without, file, "x."+string(kind)); o.Kind != kind || o.Refused != convert.RefusedOffice {
			t.Errorf("%s without a part for slides: %q, %q", kind, o.Kind, o.Refused)
		}
		if c := converter(); c.Soffice != "" {
			o := run(t, c, file, "x."+string(kind))
			t.Logf("%s: %q, %d bytes", kind, o.Refused, o.Size)
			if o.Refused != convert.RefusedOffice && (o.Refused != "" || o.Size == 0) {
				t.Errorf("%s: refused %q, %d bytes", kind, o.Refused, o.Size)
			}
		}
	}
	if advice := locales.T("de", convert.RefusedOffice); !strings.Contains(advice, "speichern Sie sie als PDF") {
		t.Error(advice)
	}
}

const mailText = "From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nTo: rat@example.org\r\nDate: Sat, 21 Nov 2026 10:00:00 +0100\r\nSubject: =?utf-8?b?w4RuZGVydW5n?=\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe aus dem B\xfcro\r\n" +
	"--a\r\nContent-Type: text/html\r\n\r\n<p>HTML-FASSUNG</p>\r\n--a--\r\n" +
	"--b\r\nContent-Type: application/pdf; name=\"../../x.pdf\"\r\nContent-Disposition: attachment; filename=\"../../Lageplan.pdf\"\r\n\r\n%PDF-1.4 plan\r\n" +
	"--b\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=alles.zip\r\n\r\nPK\x03\x04xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n" +
	"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.de\r\nSubject: Innen\r\nContent-Type: text/html\r\n\r\n<html><head><style>p{}</style></head><body><p>Der <b>innere</b> Text</p><script>x</script></body></html>\r\n--b--\r\n"

// An e-mail becomes its text; what can be a file of its own comes along, the rest is named.
func TestMail(t *testing.T) {
	o := run(t, converter(), []byte(mailText), "nachricht.eml")
	got := text(t, o)
	for _, want := range []string{"Jürgen", "Änderung", "21.11.2026, 10:00 +01:00", "Grüße aus dem Büro", "Angehängte Nachricht", "Der innere Text"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing:\n%s", want, got)
		}
	}
	for _, bad := range []string{"HTML-FASSUNG", "p{}"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is there", bad)
		}
	}
	if len(o.Attachments) != 1 || o.Attachments[0].Name != "Lageplan.pdf" || o.Attachments[0].Kind != convert.PDF || o.Attachments[0].Size != 13 {
		t.Errorf("attachments: %+v", o.Attachments)
	}
	if len(o.Notes) != 1 || !slices.Contains(o.Notes[0].Args, "alles.zip") {
		t.Errorf("notes: %+v", o.Notes)
	}
}
