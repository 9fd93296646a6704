package httpkit

import (
	"strconv"
	"strings"

	"ris/app/council"
)

// ETag is the revision of an object as a strong entity tag: "7" with the quotes (RFC 9110, section 8.8.3).
func ETag(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }

// IfMatch reads the revision from an If-Match header: exactly one strong tag as ETag makes it. A missing header gives
// error.if_match_required (428, RFC 6585); "*", weak tags and lists are malformed: a writer must say what it has seen.
func IfMatch(header string) (int64, error) {
	header = strings.TrimSpace(header)
	if header == "" {
		return 0, council.E(council.Invalid, "error.if_match_required")
	}
	inner, ok := strings.CutPrefix(header, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	revision, err := strconv.ParseInt(inner, 10, 64)
	if !ok || !closed || err != nil || revision < 1 || ETag(revision) != header {
		return 0, council.E(council.Invalid, "error.malformed")
	}
	return revision, nil
}

// NoneMatch reports whether an If-None-Match header holds the tag (weak comparison, RFC 9110, section 13.1.2).
func NoneMatch(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == strings.TrimPrefix(tag, "W/") && tag != "" {
			return true
		}
	}
	return false
}
