package convert

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"
)

// Kind is what a file is, by its first bytes.
type Kind string

// The kinds that are told apart. Those that become a PDF have a media type, see Accepted.
const (
	PDF       Kind = "pdf"
	Docx      Kind = "docx"
	Xlsx      Kind = "xlsx"
	Pptx      Kind = "pptx"
	Odt       Kind = "odt"
	Ods       Kind = "ods"
	Odp       Kind = "odp"
	PNG       Kind = "png"
	JPEG      Kind = "jpeg"
	TIFF      Kind = "tiff"
	WebP      Kind = "webp"
	Mail      Kind = "eml"
	HEIC      Kind = "heic"
	OldOffice Kind = "old_office" // doc, xls, ppt, msg, and Office files with a password
	Archive   Kind = "archive"    // zip, rar, 7z, gz
	Unknown   Kind = ""
)

// mediaTypes of the kinds that are accepted (IANA registry).
var mediaTypes = map[Kind]string{
	PDF:  "application/pdf",
	Docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	Xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	Pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	Odt:  "application/vnd.oasis.opendocument.text",
	Ods:  "application/vnd.oasis.opendocument.spreadsheet",
	Odp:  "application/vnd.oasis.opendocument.presentation",
	PNG:  "image/png", JPEG: "image/jpeg", TIFF: "image/tiff", WebP: "image/webp", Mail: "message/rfc822",
}

// Accepted reports whether a file of this kind may be uploaded: it is a PDF or can become one.
func (k Kind) Accepted() bool { return mediaTypes[k] != "" }

// MediaType is the name of the kind for FileVersion.MediaType; empty when it is not accepted.
func (k Kind) MediaType() string { return mediaTypes[k] }

// ByMediaType is the kind of a stored media type; empty = PDF.
func ByMediaType(mediaType string) Kind {
	if mediaType == "" {
		return PDF
	}
	for k, m := range mediaTypes {
		if m == mediaType {
			return k
		}
	}
	return Unknown
}

func (k Kind) office() bool {
	switch k {
	case Docx, Xlsx, Pptx, Odt, Ods, Odp:
		return true
	}
	return false
}

// The message keys of refusals of this package.
const (
	RefusedKind      = "file.refused.kind"       // not a PDF and nothing that can become one
	RefusedHEIC      = "file.refused.heic"       // of a phone
	RefusedOldOffice = "file.refused.old_office" // the formats of before 2007
	RefusedArchive   = "file.refused.archive"    // unpack it first
	RefusedNoOffice  = "file.refused.no_office"  // LibreOffice is not installed
	RefusedOffice    = "file.refused.office"     // LibreOffice could not do it
	RefusedPicture   = "file.refused.picture"    // damaged
	RefusedPixels    = "file.refused.pixels"     // too many
	RefusedMail      = "file.refused.mail"       // not readable
)

// Refusal is the message key for a kind that is not accepted.
func (k Kind) Refusal() string {
	switch k {
	case HEIC:
		return RefusedHEIC
	case OldOffice:
		return RefusedOldOffice
	case Archive:
		return RefusedArchive
	}
	return RefusedKind
}

// HeadBytes is how much of the beginning Sniff wants to see.
const HeadBytes = 4096

// Sniff says what a file is by its first bytes; name helps only where the bytes leave it open: which Office format of the same
// family, and whether a text is an e-mail. Nothing is unpacked here: the child that converts looks closer.
func Sniff(head []byte, name string) Kind {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	has := func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) }
	switch {
	case has("%PDF-"):
		return PDF
	case has("\x89PNG\r\n\x1a\n"):
		return PNG
	case has("\xff\xd8\xff"):
		return JPEG
	case has("II*\x00"), has("MM\x00*"):
		return TIFF
	case has("RIFF") && len(head) >= 12 && string(head[8:12]) == "WEBP":
		return WebP
	case len(head) >= 12 && string(head[4:8]) == "ftyp" && heic(string(head[8:12])):
		return HEIC
	case has("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), has("{\\rtf"):
		return OldOffice
	case has("PK\x03\x04"):
		return sniffZip(head, ending)
	case isMail(head, ending):
		return Mail
	case bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")): // readers take the mark anywhere in the first 1024 bytes
		return PDF
	case has("PK"), has("Rar!"), has("7z\xbc\xaf"), has("\x1f\x8b"):
		return Archive
	}
	return Unknown
}

func heic(brand string) bool {
	switch brand {
	case "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis":
		return true
	}
	return false
}

// sniffZip: OpenDocument begins with its media type, uncompressed (ODF 1.3 part 2, section 3.3); the first entry of an Office Open XML
// file has one of few names (ECMA-376 part 2).
func sniffZip(head []byte, ending string) Kind {
	if i := bytes.Index(head[:min(len(head), 200)], []byte("mimetypeapplication/vnd.oasis.opendocument.")); i == 30 {
		for _, k := range []Kind{Odt, Ods, Odp} {
			if bytes.HasPrefix(head[i+len("mimetype"):], []byte(mediaTypes[k])) {
				return k
			}
		}
		return Archive
	}
	if len(head) < 32 {
		return Archive
	}
	first := string(head[30:min(len(head), 60)])
	for _, begin := range []string{"[Content_Types].xml", "_rels/", "word/", "xl/", "ppt/", "docProps/", "customXml/", "mimetype"} {
		if strings.HasPrefix(first, begin) {
			switch k := Kind(ending); k {
			case Docx, Xlsx, Pptx, Odt, Ods, Odp:
				return k
			case "docm", "dotx":
				return Docx
			case "xlsm", "xltx":
				return Xlsx
			}
			for part, k := range map[string]Kind{"word/": Docx, "xl/": Xlsx, "ppt/": Pptx} {
				if bytes.Contains(head, []byte(part)) {
					return k
				}
			}
			return Docx // the child knows better
		}
	}
	return Archive
}

// isMail: header lines from the first on, among them some that every message has (RFC 5322, section 3.6).
func isMail(head []byte, ending string) bool {
	known, lines := 0, 0
	for line := range strings.SplitSeq(string(head), "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if lines == 0 {
				return false
			}
			continue
		}
		lines++
		name, _, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t") {
			if lines == 1 && strings.HasPrefix(line, "From ") { // a mailbox's own line
				continue
			}
			break
		}
		switch strings.ToLower(name) {
		case "from", "to", "date", "subject", "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to":
			known++
		}
	}
	return known >= 3 || ending == "eml" && known >= 2 && utf8.Valid(head[:min(len(head), 64)])
}
