package journal

import (
	"context"

	"ris/app/council"
)

// Veil takes a person out of the log: in every line the places at which the person stood get the tags that the tree already holds,
// and the key by which a tag could be tied to the person is dropped. The lines still prove what was done and when. It gives how
// many lines were changed. It is called in the transaction of the erasure, or makes one of its own.
func (j *Journal) Veil(ctx context.Context, person council.ID) (n int, err error) {
	err = j.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := j.Store.LockAuditTree(ctx); err != nil { // no line gets its place meanwhile
			return err
		}
		lines, err := j.Store.AuditLinesNaming(ctx, person)
		if err != nil {
			return err
		}
		if err := j.Store.MakeAuditKeys(ctx, []council.ID{person}); err != nil { // for lines that have no place yet
			return err
		}
		keys, err := j.Store.AuditKeys(ctx, []council.ID{person})
		if err != nil {
			return err
		}
		for _, l := range lines {
			if !cover(&l, person, keys[person]) {
				continue
			}
			if err := j.Store.VeilAuditLine(ctx, l); err != nil {
				return err
			}
			n++
		}
		return j.Store.DropAuditKey(ctx, person)
	})
	return n, err
}

// cover veils the person in the line; false when the line does not name the person in a place of persons.
func cover(l *council.AuditLine, person council.ID, key []byte) bool {
	veils := map[string]string{}
	for name, t := range l.Veils {
		veils[name] = t
	}
	details := map[string]string{}
	for name, value := range l.Details {
		details[name] = value
	}
	before := len(veils)
	for _, f := range fields(*l) {
		if f.person != person {
			continue
		}
		veils[f.name] = tag(key, l.ID, f.name, f.value)
		switch f.name {
		case "actor":
			l.Actor = ""
		case "object":
			l.Object = ""
		default:
			delete(details, f.name[len("details."):])
		}
	}
	l.Veils, l.Details = veils, details
	return len(veils) > before
}
