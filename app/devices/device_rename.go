package devices

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"ris/app/council"
	"ris/auth/policy"
)

// longestName bounds the name of a device, letters.
const longestName = 60

// Rename gives one of the viewer's own devices another name; an empty one brings back the name that the browser gives. Other
// people's devices are named by nobody else. Errors: not found, stale, invalid.
func (s *Service) Rename(ctx context.Context, v policy.Viewer, id council.ID, revision int64, name string) error {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if utf8.RuneCountInString(name) > longestName {
		return council.E(council.Invalid, "device.error.name_long", "letters", "60")
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		d, office, err := s.manageable(ctx, v, id)
		if err != nil {
			return err
		}
		if office {
			return council.E(council.Forbidden, "device.error.not_yours")
		}
		if revision != d.Revision {
			return council.E(council.Stale, "error.stale")
		}
		d.Name = name
		return s.Store.SaveDevice(ctx, &d)
	})
}
