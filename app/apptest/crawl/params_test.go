package crawl_test

import "strings"

// Kinds of ids that stand in addresses. foreign: ids of things that this town has none of (uploads, traces, devices), so every id of
// the town must be as good as none. master: what everybody may know (bodies, committees, persons) or what is asked by the Body.
const (
	foreign = "foreign"
	master  = "master"
)

// idsOf says, by the beginning of a route's path, whose id its ":id" is. The longest match counts.
var idsOf = map[string]string{
	"/api/v1/meetings/":     "meeting",
	"/api/v1/agenda-items/": "item",
	"/api/v1/papers/":       "paper",
	"/api/v1/files/":        "file",
	"/api/v1/bodies/":       master,
	"/api/v1/persons/":      foreign,
	"/api/v1/uploads/":      foreign,
	"/api/v1/traces/":       foreign,
	"/api/v1/imports/":      foreign,
	"/api/v1/devices/":      foreign,
	"/api/v1/":              foreign,
	"/auth/":                foreign,
	"/scim/":                foreign,
	"/sitzungen/":           "meeting",
	"/vorlagen/":            "paper",
	"/dateien/":             "file",
	"/koerperschaften/":     master,
	"/gremien/":             master,
	"/personen/":            master,
	"/oparl/meeting/":       "meeting",
	"/oparl/agenda-item/":   "item",
	"/oparl/paper/":         "paper",
	"/oparl/file/":          "file",
	"/oparl/consultation/":  foreign,
	"/oparl/":               master,
}

// kindOf answers for a route; "" = nobody has said yet.
func kindOf(path string) string {
	best, kind := "", ""
	for prefix, k := range idsOf {
		if strings.HasPrefix(path, prefix) && len(prefix) > len(best) {
			best, kind = prefix, k
		}
	}
	return kind
}

// unasked are routes that show no object, with the reason.
var unasked = map[string]string{
	"/assets/*":                "built files",
	"/app/*":                   "the reader's page, the same for all",
	"/console/*":               "the console's page, the same for all",
	"/idp/*":                   "the demo's provider",
	"/auth/callback/:provider": "the provider's answer; takes no id of ours",
}
