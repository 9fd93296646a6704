package journal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ris/app/council"
)

// errNoKey: a line names a person who has no key.
var errNoKey = errors.New("journal: a person of the line has no key")

// leaf is a line as it stands in the tree. The form never changes; a new one gets a new V. Times have microseconds.
type leaf struct {
	V       int               `json:"v"`
	ID      council.ID        `json:"id"`
	At      string            `json:"at"`
	Body    council.ID        `json:"body"`
	Actor   string            `json:"actor"` // hex of the tag, or empty for system work
	System  string            `json:"system"`
	Act     string            `json:"act"`
	Object  string            `json:"object"` // hex of the tag when it is a person
	Kind    string            `json:"kind"`
	Details map[string]string `json:"details"` // encoding/json sorts the names
}

// Names of details that hold a person, and of those that tell of the person whom the line is about.
var (
	personDetails = []string{"person", "absent", "substitute"}
	ownDetails    = []string{"subject", "account"}
)

// field is a place in a line at which a person stands.
type field struct {
	name   string // "actor", "object", "details.person"
	person council.ID
	value  string
}

// fields are the places of the line that hold persons, without those that are veiled already.
func fields(l council.AuditLine) (out []field) {
	about := l.Actor
	if l.Kind == "person" && l.Object != "" {
		about = l.Object
		out = append(out, field{"object", l.Object, string(l.Object)})
	}
	if l.Actor != "" {
		out = append(out, field{"actor", l.Actor, string(l.Actor)})
	}
	for _, name := range personDetails {
		if id := council.ID(l.Details[name]); id.Valid() {
			out = append(out, field{"details." + name, id, string(id)})
		}
	}
	if id := council.ID(l.Details["object"]); id.Valid() && strings.HasPrefix(l.Details["act"], "privacy.") {
		out = append(out, field{"details.object", id, string(id)}) // whose data a release is about
	}
	if about != "" {
		for _, name := range ownDetails {
			if value := l.Details[name]; value != "" {
				out = append(out, field{"details." + name, about, value})
			}
		}
	}
	return out
}

// tag binds a person to one place of one line: without the person's key it tells nothing, not even that two lines are of one person.
func tag(key []byte, line council.ID, name, value string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("ris audit 1\x00" + string(line) + "\x00" + name + "\x00" + value))
	return hex.EncodeToString(m.Sum(nil))
}

// Hash is the line's hash in the tree. keys are those of the persons whom it names; errNoKey when one is missing.
func Hash(l council.AuditLine, keys map[council.ID][]byte) (tlog.Hash, error) {
	data, err := record(l, keys)
	if err != nil {
		return tlog.Hash{}, err
	}
	return tlog.RecordHash(data), nil
}

// record is the text of the line in the tree.
func record(l council.AuditLine, keys map[council.ID][]byte) ([]byte, error) {
	if l.ID == "" || l.Act == "" {
		return nil, errors.New("journal: a line without its id or act")
	}
	f := leaf{V: 1, ID: l.ID, At: l.At.UTC().Truncate(time.Microsecond).Format("2006-01-02T15:04:05.000000Z"), Body: l.Body, Actor: string(l.Actor),
		System: l.System, Act: l.Act, Object: string(l.Object), Kind: l.Kind, Details: make(map[string]string, len(l.Details))}
	for name, value := range l.Details {
		f.Details[name] = value
	}
	put := func(name, t string) {
		switch name {
		case "actor":
			f.Actor = t
		case "object":
			f.Object = t
		default:
			f.Details[name[len("details."):]] = t
		}
	}
	for name, t := range l.Veils {
		if name != "actor" && name != "object" && len(name) <= len("details.") {
			return nil, errors.New("journal: a veil of an unknown place")
		}
		put(name, t)
	}
	for _, p := range fields(l) {
		if _, veiled := l.Veils[p.name]; veiled {
			return nil, errors.New("journal: a place is veiled and filled")
		}
		key := keys[p.person]
		if len(key) == 0 {
			return nil, errNoKey
		}
		put(p.name, tag(key, l.ID, p.name, p.value))
	}
	return json.Marshal(f)
}
