package mdm

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the icon
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// icon is the reader's own, 180 x 180, without rounded corners: the device rounds them.
//
//go:embed icon.png
var icon []byte

// Profile is what a web clip needs to know.
type Profile struct {
	PublicURL string // of the installation, scheme://host[:port]
	Body      string // id; empty = the installation as a whole
	BodyName  string // shown in the settings of the device; may be empty
	Name      string // below the icon; empty = "Ratsinfo"
}

// Wrong is a value that cannot be.
var (
	ErrURL  = errors.New("the address must be https://host")
	ErrName = errors.New("the name below the icon must have 1 to 30 letters without control characters")
)

const (
	usualName = "Ratsinfo"
	mostName  = 30 // letters; the home screen shows some twelve of them
)

// Make gives the profile as an XML property list. ErrURL: iOS wants https (loopback is let through for trying out); ErrName.
func (p Profile) Make() ([]byte, error) {
	u, err := url.Parse(p.PublicURL)
	if err != nil || u.Host == "" || u.Path != "" && u.Path != "/" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, ErrURL
	}
	if p.Name == "" {
		p.Name = usualName
	}
	if n := utf8.RuneCountInString(p.Name); n > mostName || strings.TrimSpace(p.Name) == "" || strings.ContainsFunc(p.Name+p.BodyName, func(r rune) bool { return r < ' ' || r == utf8.RuneError }) {
		return nil, ErrName
	}
	origin := u.Scheme + "://" + u.Host
	address := origin + "/app/"
	if p.Body != "" {
		address += "?body=" + url.QueryEscape(p.Body)
	}
	organization := p.BodyName
	if organization == "" {
		organization = u.Hostname()
	}
	id := identifier(u.Hostname(), p.Body)
	clip := dict{
		{"PayloadType", "com.apple.webClip.managed"}, {"PayloadVersion", 1}, {"PayloadIdentifier", id + ".webclip"}, {"PayloadUUID", stable(origin, p.Body, "webclip")},
		{"PayloadDisplayName", "Web-Clip " + p.Name}, {"URL", address}, {"Label", p.Name}, {"Icon", icon},
		{"FullScreen", true}, {"IsRemovable", false}, {"Precomposed", true}, {"IgnoreManifestScope", true},
	}
	whole := dict{
		{"PayloadType", "Configuration"}, {"PayloadVersion", 1}, {"PayloadIdentifier", id}, {"PayloadUUID", stable(origin, p.Body, "profile")},
		{"PayloadDisplayName", p.Name + " – " + organization}, {"PayloadOrganization", organization},
		{"PayloadDescription", "Legt das Ratsinformationssystem auf den Home-Bildschirm. Es werden keine Daten des Geräts gelesen und keine weiteren Einstellungen geändert."},
		{"PayloadScope", "User"}, {"PayloadContent", []any{clip}},
	}
	var out bytes.Buffer
	out.WriteString(xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">` + "\n<plist version=\"1.0\">\n")
	write(&out, whole, 0)
	out.WriteString("</plist>\n")
	return out.Bytes(), nil
}

func loopback(host string) bool { return host == "127.0.0.1" || host == "localhost" || host == "::1" }

// identifier is the reverse host name with the Body: a new profile of the same Body replaces the old one.
func identifier(host, body string) string {
	parts := strings.Split(host, ".")
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	id := strings.Trim(strings.NewReplacer(":", "-", "[", "", "]", "").Replace(strings.Join(parts, ".")), ".") + ".ris"
	if body != "" {
		id += "." + body
	}
	return id
}

// stable is a UUID made of a name (RFC 9562, section 5.8, version 8: of SHA-256).
func stable(origin, body, what string) string {
	h := sha256.Sum256([]byte(origin + "\n" + body + "\n" + what))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return strings.ToUpper(fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16]))
}

type pair struct {
	key   string
	value any
}

type dict []pair

func write(to *bytes.Buffer, v any, depth int) {
	in := strings.Repeat("\t", depth)
	switch x := v.(type) {
	case dict:
		to.WriteString(in + "<dict>\n")
		for _, p := range x {
			to.WriteString(in + "\t<key>" + escaped(p.key) + "</key>\n")
			write(to, p.value, depth+1)
		}
		to.WriteString(in + "</dict>\n")
	case []any:
		to.WriteString(in + "<array>\n")
		for _, e := range x {
			write(to, e, depth+1)
		}
		to.WriteString(in + "</array>\n")
	case string:
		to.WriteString(in + "<string>" + escaped(x) + "</string>\n")
	case int:
		fmt.Fprintf(to, "%s<integer>%d</integer>\n", in, x)
	case bool:
		fmt.Fprintf(to, "%s<%t/>\n", in, x)
	case []byte:
		to.WriteString(in + "<data>" + base64.StdEncoding.EncodeToString(x) + "</data>\n")
	}
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // into memory
	return b.String()
}

// FileName is under which the profile is saved.
func (p Profile) FileName() string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ':
			return '-'
		}
		return -1
	}, strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue").Replace(p.BodyName))
	return "ris" + strings.TrimRight("-"+name, "-") + ".mobileconfig"
}
