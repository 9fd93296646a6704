package store

import (
	"context"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// PublicLinked gives the objects of a type that name one of targets by the relation, tombstones too, ordered by the order of
// targets, then position, then id.
func (s *Store) PublicLinked(ctx context.Context, t readmodel.Type, r readmodel.Relation, targets []council.ID) ([]readmodel.Linked, error) {
	byTarget := map[council.ID][]readmodel.Linked{}
	for rest := targets; len(rest) > 0; {
		part := rest[:min(len(rest), publicBatch)]
		rest = rest[len(part):]
		var links []publicLinkRow
		err := s.read(ctx).Where("target IN ? AND relation = ?", plain(part), string(r)).Order("position, source").Find(&links).Error
		if err != nil {
			return nil, failed(err)
		}
		sources := make([]council.ID, len(links))
		for i, l := range links {
			sources[i] = council.ID(l.Source)
		}
		found, err := s.publicByID(ctx, sources, "*")
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			if o, ok := found[council.ID(l.Source)]; ok && o.Type == t {
				target := council.ID(l.Target)
				byTarget[target] = append(byTarget[target], readmodel.Linked{Object: o, Target: target, Position: l.Position})
			}
		}
	}
	var out []readmodel.Linked
	for _, id := range targets {
		out = append(out, byTarget[id]...)
		delete(byTarget, id) // a target named twice gives its objects once
	}
	return out, nil
}

// PublicTargets are the targets of an object's links of one relation, by position; a tombstone's, too.
func (s *Store) PublicTargets(ctx context.Context, source council.ID, r readmodel.Relation) ([]council.ID, error) {
	var rows []publicLinkRow
	err := s.read(ctx).Where("source = ? AND relation = ?", string(source), string(r)).Order("position, target").Find(&rows).Error
	if err != nil {
		return nil, failed(err)
	}
	out := make([]council.ID, len(rows))
	for i, x := range rows {
		out[i] = council.ID(x.Target)
	}
	return out, nil
}
