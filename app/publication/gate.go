package publication

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/auth/policy"
)

// public asks the one read rule whether anybody may read an object with this audience.
func public(a council.Audience) bool { return policy.CanRead(policy.Anonymous(), a) }

// row is what a projection hands to put: the object without its times, and its links (nil = it has none of its own).
type row struct {
	id     council.ID
	typ    readmodel.Type
	body   council.ID
	sortAt time.Time
	links  []readmodel.Link
	head   *readmodel.Head // inside oparl; put fills the times
	oparl  any
}

// put writes a row when its content is not what the read model has. It fills the times into the row's head, so that the
// object can be embedded in its parent as it was written. Embedded children carry their own Modified, so a parent's moves with
// every change of a child (what OParl 1.0 clients rely on).
func (p *Publication) put(ctx context.Context, r row) error {
	heads, err := p.model.PublicHeads(ctx, []council.ID{r.id})
	if err != nil {
		return err
	}
	old, known := heads[r.id]
	r.head.ID, r.head.Type = readmodel.ObjectURL(r.typ, r.id), readmodel.TypeURL+string(r.typ)
	r.head.Created, r.head.Modified = "", ""
	content, err := fingerprint(r)
	if err != nil {
		return err
	}
	now := p.clock()
	o := readmodel.Object{ID: r.id, Type: r.typ, Body: r.body, Content: content, Created: now, Modified: now, SortAt: r.sortAt}
	if known {
		o.Created = old.Created
		if !old.Deleted && old.Content == content {
			o.Modified = old.Modified
		} else if !now.After(old.Modified) {
			o.Modified = old.Modified.Add(time.Microsecond) // a clock that stands or goes back must not hide a change
		}
	}
	r.head.Created, r.head.Modified = readmodel.DateTime(o.Created), readmodel.DateTime(o.Modified)
	if known && !old.Deleted && old.Content == content {
		return nil
	}
	if o.OParl, err = readmodel.Encode(r.oparl); err != nil {
		return err
	}
	links := r.links
	if links == nil {
		links = []readmodel.Link{} // none, which is not the same as "keep"
	}
	return p.model.SavePublicObject(ctx, o, links)
}

// fingerprint is a hash of all that the public can see of a row, except its own times.
func fingerprint(r row) (string, error) {
	oparl, err := readmodel.Encode(r.oparl)
	if err != nil {
		return "", err
	}
	whole, err := json.Marshal(struct {
		Body   council.ID
		SortAt int64
		Links  []readmodel.Link
		OParl  []byte
	}{r.body, r.sortAt.UnixMicro(), r.links, oparl})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(whole)
	return hex.EncodeToString(sum[:]), nil
}

// retract makes tombstones of those of ids that are public now; the others are left as they are: what was never public leaves
// no trace. Nothing of the content stays, nor does the way to a file's bytes.
func (p *Publication) retract(ctx context.Context, ids ...council.ID) error {
	heads, err := p.model.PublicHeads(ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		old, known := heads[id]
		if !known || old.Deleted {
			continue
		}
		now := p.clock()
		if !now.After(old.Modified) {
			now = old.Modified.Add(time.Microsecond)
		}
		head := readmodel.Head{
			ID: readmodel.ObjectURL(old.Type, id), Type: readmodel.TypeURL + string(old.Type),
			Created: readmodel.DateTime(old.Created), Modified: readmodel.DateTime(now), Deleted: true,
		}
		oparl, err := readmodel.Encode(head)
		if err != nil {
			return err
		}
		o := readmodel.Object{ID: id, Type: old.Type, Body: old.Body, OParl: oparl, Created: old.Created, Modified: now, Deleted: true}
		if err := p.model.SavePublicObject(ctx, o, nil); err != nil {
			return err
		}
		if old.Type == readmodel.File {
			if err := p.model.DeletePublicFile(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// alive tells which of ids are public now: only these may be linked, since everything that is linked must be there.
func (p *Publication) alive(ctx context.Context, ids ...council.ID) (map[council.ID]bool, error) {
	heads, err := p.model.PublicHeads(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := map[council.ID]bool{}
	for id, o := range heads {
		out[id] = !o.Deleted
	}
	return out, nil
}
