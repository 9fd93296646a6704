package upload

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxMetadata is the longest Upload-Metadata header, bytes.
const maxMetadata = 8 << 10

// ParseMetadata reads Upload-Metadata: pairs of a key and a base64 value, separated by commas; a value may be missing. Keys are
// printable ASCII and not doubled, values must be UTF-8. false = it cannot be read. An empty header is an empty map.
func ParseMetadata(header string) (map[string]string, bool) {
	out := map[string]string{}
	if len(header) > maxMetadata {
		return nil, false
	}
	if strings.TrimSpace(header) == "" {
		return out, true
	}
	for pair := range strings.SplitSeq(header, ",") {
		key, packed, _ := strings.Cut(strings.TrimSpace(pair), " ")
		if key == "" || !plain(key) {
			return nil, false
		}
		if _, twice := out[key]; twice {
			return nil, false
		}
		value, err := base64.StdEncoding.DecodeString(packed)
		if err != nil || !utf8.Valid(value) {
			return nil, false
		}
		out[key] = string(value)
	}
	return out, true
}

// FormatMetadata is the reverse, keys in the order of the alphabet.
func FormatMetadata(m map[string]string) string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	parts := make([]string, 0, len(m))
	for _, k := range keys {
		part := k
		if m[k] != "" {
			part += " " + base64.StdEncoding.EncodeToString([]byte(m[k]))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ",")
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 0x7f || s[i] == ',' {
			return false
		}
	}
	return true
}
