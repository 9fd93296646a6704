package papers

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxFileName is the longest file name in characters, with its ending.
const MaxFileName = 120

// endings are those of the files that are accepted: readers get a PDF, whatever it was.
var endings = []string{".pdf", ".docx", ".docm", ".odt", ".xlsx", ".xlsm", ".ods", ".pptx", ".odp", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".eml"}

// CleanFileName makes a name that is safe on every system out of what a browser sent: no path parts, no control characters or
// those that Windows forbids, at most 120 characters, ending in ".pdf". note is a message key when something that the clerk
// would notice was changed: "file.note.path", "file.note.shortened", or empty.
func CleanFileName(sent string) (name, note string) {
	name = strings.ToValidUTF8(sent, "")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name, note = name[i+1:], "file.note.path"
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case strings.ContainsRune(`:*?"<>|`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if i := strings.LastIndexByte(name, '.'); i >= 0 && slices.Contains(endings, strings.ToLower(name[i:])) {
		name = strings.TrimRight(name[:i], " .")
	}
	if name == "" {
		name = "Dokument"
	}
	if utf8.RuneCountInString(name) > MaxFileName-4 {
		name = strings.TrimRight(string([]rune(name)[:MaxFileName-4]), " .")
		note = "file.note.shortened"
	}
	return name + ".pdf", note
}
