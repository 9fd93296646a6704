package policy

import "ris/app/council"

// ForAnnotation:
//
//	Eine eigene Anmerkung liest nur, wer sie gemacht hat; weder Sitzungsdienst noch IT.
func ForAnnotation(n council.Annotation) council.Audience {
	return council.Audience{Allowed: []council.Label{LabelPerson(n.Owner)}}
}
