package readmodel

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"ris/app/council"
)

// Base stands in stored JSON where the configured public URL comes. See the package comment for why nobody can forge it.
const Base = "<base>"

// mark stands for Base while the encoder runs. U+0001 cannot come from people: Clean takes it out of every text.
const mark = "\x01"

// Segments are the path words of the types below /oparl/.
var Segments = map[Type]string{
	Body: "body", LegislativeTerm: "legislative-term", Organization: "organization", Person: "person", Membership: "membership",
	Meeting: "meeting", AgendaItem: "agenda-item", Paper: "paper", Consultation: "consultation", File: "file", Location: "location",
}

// URL is an own URL: Path is what follows the configured public URL. In JSON it is a string that begins with Base.
type URL string

// ObjectURL is the OParl id of an object.
func ObjectURL(t Type, id council.ID) URL { return URL("/oparl/" + Segments[t] + "/" + string(id)) }

// ListURL is the address of a list below an object, such as the papers of a Body.
func ListURL(t Type, id council.ID, list string) URL { return ObjectURL(t, id) + URL("/"+list) }

// ID is the id at the end of an object's URL; empty when there is none.
func (u URL) ID() council.ID {
	s := string(u)
	if i := strings.LastIndexByte(s, '/'); i >= 0 && council.ID(s[i+1:]).Valid() {
		return council.ID(s[i+1:])
	}
	return ""
}

// MarshalJSON writes the mark that Encode exchanges for Base.
func (u URL) MarshalJSON() ([]byte, error) {
	if u == "" {
		return []byte(`""`), nil
	}
	return json.Marshal(mark + string(u))
}

// UnmarshalJSON reads what Encode wrote.
func (u *URL) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*u = URL(strings.TrimPrefix(s, Base))
	return nil
}

// Encode is the stored form of an OParl object.
func Encode(v any) ([]byte, error) {
	b, err := json.Marshal(v) // escapes < > & in every text: no text can hold Base
	if err != nil {
		return nil, err
	}
	return bytes.ReplaceAll(b, []byte(`"\u0001/`), []byte(`"`+Base+`/`)), nil
}

// Fill puts the public URL (without a slash at its end) where Base stands.
func Fill(stored []byte, publicURL string) []byte {
	quoted, _ := json.Marshal(publicURL) // a string always has a JSON form
	return bytes.ReplaceAll(stored, []byte(`"`+Base+`/`), append(quoted[:len(quoted)-1], '/'))
}

// Clean takes out what must not stand in OParl texts (control characters, U+FFFD for broken UTF-8) and outer white space.
func Clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r >= 0x20 && (r < 0x7f || r > 0x9f) && r != 0xfeff {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, "�")))
}

// DateTime is OParl's form of a moment: whole seconds, always with a numeric offset; empty for the zero time.
func DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05-07:00")
}

// Date is OParl's form of a day; empty for the zero time.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02")
}
