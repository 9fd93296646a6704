package policy

import (
	"slices"
	"strings"

	"ris/app/council"
)

// Offices names the offices that the viewer holds now, as one line that changes whenever one begins or ends: under another line a
// session gets a new token (ASVS 5.0, 7.2.4). "-" = none. It is for comparison only; it grants nothing.
func Offices(v Viewer) string {
	var all []string
	for name, bodies := range map[string][]council.ID{"clerk": v.clerk, "it": v.it, "mayor": v.mayor} {
		for _, b := range bodies {
			all = append(all, name+":"+string(b))
		}
	}
	if len(all) == 0 {
		return "-"
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}
