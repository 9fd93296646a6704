package archive

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	// mostFolder and mostFile letters of a name: together with a path they stay below Windows' 260.
	mostFolder = 60
	mostFile   = 80
)

// Names gives out paths that iPadOS, Windows, macOS and Linux can unpack, each once, however letters are compared.
type Names struct{ given map[string]bool }

// Path makes a path of folders and a file name with its extension (".pdf"); folders may be empty. What is taken gets a number.
func (n *Names) Path(extension, name string, folders ...string) string {
	var path strings.Builder
	for _, f := range folders {
		path.WriteString(Safe(f, mostFolder) + "/")
	}
	stem := Safe(name, mostFile)
	if n.given == nil {
		n.given = map[string]bool{}
	}
	for i := 1; ; i++ {
		try := path.String() + stem + extension
		if i > 1 {
			try = path.String() + stem + " (" + strconv.Itoa(i) + ")" + extension
		}
		if key := strings.ToLower(norm.NFC.String(try)); !n.given[key] {
			n.given[key] = true
			return try
		}
	}
}

// Safe makes one part of a path: no letter that Windows or a shell takes for something else, at most most letters, never empty, none of
// the names that Windows keeps for devices.
func Safe(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, norm.NFC.String(s))
	s = strings.Join(strings.Fields(s), " ")
	if letters := []rune(s); len(letters) > most {
		s = string(letters[:most])
	}
	s = strings.Trim(s, " .") // Windows drops them at the end; at the beginning they hide a file
	device := strings.ToUpper(strings.TrimSpace(strings.SplitN(s, ".", 2)[0]))
	switch {
	case s == "":
		return "Ohne Titel"
	case device == "CON", device == "PRN", device == "AUX", device == "NUL",
		len(device) == 4 && (strings.HasPrefix(device, "COM") || strings.HasPrefix(device, "LPT")):
		return "_" + s
	}
	return s
}
