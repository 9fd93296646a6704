package publication

import (
	"context"
	"slices"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// batch is the read model during the projection of a whole Body, which touches every seat of the town: what is there is read ahead in a few
// statements, what changes is written in a few. It belongs to one transaction; flush must be its last act.
type batch struct {
	readmodel.Writer
	heads   map[council.ID]readmodel.Object
	asked   map[council.ID]bool
	waiting []readmodel.Written
	at      map[council.ID]int // in waiting
}

// together is the gate with such a read model.
func (p *Publication) together() (*Publication, *batch) {
	b := &batch{Writer: p.model, heads: map[council.ID]readmodel.Object{}, asked: map[council.ID]bool{}, at: map[council.ID]int{}}
	q := *p
	q.model = b
	return &q, b
}

// PublicHeads asks for what was not asked for yet.
func (b *batch) PublicHeads(ctx context.Context, ids []council.ID) (map[council.ID]readmodel.Object, error) {
	var fresh []council.ID
	for _, id := range ids {
		if !b.asked[id] {
			b.asked[id] = true
			fresh = append(fresh, id)
		}
	}
	if len(fresh) > 0 {
		heads, err := b.Writer.PublicHeads(ctx, fresh)
		if err != nil {
			return nil, err
		}
		for id, o := range heads {
			b.heads[id] = o
		}
	}
	out := make(map[council.ID]readmodel.Object, len(ids))
	for _, id := range ids {
		if o, ok := b.heads[id]; ok {
			out[id] = o
		}
	}
	return out, nil
}

// mostWaiting is how many rows wait before they are written.
const mostWaiting = 500

// SavePublicObject keeps the row until many are there. A second one of the same object replaces the first, whose links stay when it names none.
func (b *batch) SavePublicObject(ctx context.Context, o readmodel.Object, links []readmodel.Link) error {
	b.asked[o.ID] = true
	b.heads[o.ID] = o
	if i, there := b.at[o.ID]; there {
		if links == nil {
			links = b.waiting[i].Links
		}
		b.waiting[i] = readmodel.Written{Object: o, Links: links}
		return nil
	}
	b.at[o.ID] = len(b.waiting)
	b.waiting = append(b.waiting, readmodel.Written{Object: o, Links: slices.Clone(links)})
	if len(b.waiting) < mostWaiting {
		return nil
	}
	return b.flush(ctx)
}

// PublicList sees what waits, too.
func (b *batch) PublicList(ctx context.Context, f readmodel.ListFilter) ([]readmodel.Object, int, int, error) {
	if err := b.flush(ctx); err != nil {
		return nil, 0, 0, err
	}
	return b.Writer.PublicList(ctx, f)
}

func (b *batch) flush(ctx context.Context) error {
	all := b.waiting
	b.waiting = nil
	clear(b.at)
	if len(all) == 0 {
		return nil
	}
	return b.Writer.SavePublicObjects(ctx, all)
}
