package journal

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"ris/app/council"
)

// hashes reads the hashes of the lines out of the tiles, computes the whole tree from them anew, and compares it with the tiles
// above, the head, the kept signed heads and the checkpoints from outside.
func (c *checker) hashes(ctx context.Context, head council.AuditTree, outside []Checkpoint) error {
	var levels [][]council.AuditTile
	for level := int64(0); head.Size>>(tileHeight*level) > 0; level++ {
		tiles, err := c.tiles(ctx, level, head.Size>>(tileHeight*level))
		if err != nil {
			return err
		}
		levels = append(levels, tiles)
	}
	c.leaves = make([]tlog.Hash, 0, head.Size)
	if len(levels) > 0 {
		for i, t := range levels[0] {
			if t.Position != int64(i) {
				return fmt.Errorf("journal: the tile 0/%d of the tree is missing: restore the database from a backup and compare", i)
			}
			for d := t.Data; len(d) >= tlog.HashSize && int64(len(c.leaves)) < head.Size; d = d[tlog.HashSize:] {
				c.leaves = append(c.leaves, tlog.Hash(d[:tlog.HashSize]))
			}
		}
	}
	if int64(len(c.leaves)) != head.Size {
		return fmt.Errorf("journal: the tiles of the tree hold %d lines, its head says %d: restore the database from a backup and compare", len(c.leaves), head.Size)
	}
	fresh := newTree(func(int64, int64) ([]byte, error) { return nil, nil })
	tiles, root, err := fresh.grow(0, c.leaves)
	if err != nil {
		return err
	}
	c.above(tiles, levels)
	return c.signed(ctx, fresh, root, outside)
}

// tiles reads a level that holds n hashes.
func (c *checker) tiles(ctx context.Context, level, n int64) (out []council.AuditTile, err error) {
	for int64(len(out))*tileWidth < n {
		some, err := c.Store.AuditTiles(ctx, level, int64(len(out)), 200)
		if err != nil || len(some) == 0 {
			return out, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// above compares the tiles above the lines with those computed anew: where a hash differs, its 256 (65,536, ...) lines were rewritten.
func (c *checker) above(fresh []council.AuditTile, levels [][]council.AuditTile) {
	for _, t := range fresh {
		if t.Level == 0 {
			continue
		}
		var stored []byte
		if at := slices.IndexFunc(levels[t.Level], func(s council.AuditTile) bool { return s.Position == t.Position }); at >= 0 {
			stored = levels[t.Level][at].Data
		}
		if bytes.HasPrefix(stored, t.Data) {
			continue
		}
		span := int64(1) << (tileHeight * t.Level)
		for i := 0; i < len(t.Data); i += tlog.HashSize {
			if len(stored) < i+tlog.HashSize || !bytes.Equal(stored[i:i+tlog.HashSize], t.Data[i:i+tlog.HashSize]) {
				first := (t.Position*tileWidth + int64(i/tlog.HashSize)) * span
				c.r.found(Finding{Kind: Rewritten, Place: first, Last: first + span - 1, Note: "the hashes of these lines do not give the hash above them"})
			}
		}
	}
}

// signed compares the tree with every signed head: the places up to its size must still give its hash. What differs lies behind the
// last that fits.
func (c *checker) signed(ctx context.Context, fresh *tree, root tlog.Hash, outside []Checkpoint) error {
	all := slices.Clone(outside)
	kept, err := c.Store.AuditCheckpoints(ctx)
	if err != nil {
		return err
	}
	for _, k := range kept {
		p, err := c.Open(ctx, k.Note, "")
		if err != nil || p.Size != k.Size {
			c.r.found(Finding{Kind: Rewritten, Place: 0, Last: k.Size - 1, Note: "a kept signed head is not signed with the key of this log"})
			continue
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Checkpoint) int { return int(a.Size - b.Size) })
	sound := int64(0)
	for _, p := range all {
		c.r.Compared++
		if p.Size > c.r.Size {
			c.r.found(Finding{Kind: Cut, Place: c.r.Size, Last: p.Size - 1, Note: fmt.Sprintf("a signed head has %d lines", p.Size)})
			continue
		}
		h, err := tlog.TreeHash(p.Size, fresh)
		if err != nil {
			return err
		}
		if h == p.Root {
			sound = p.Size
			continue
		}
		c.r.found(Finding{Kind: Rewritten, Place: sound, Last: p.Size - 1, Note: fmt.Sprintf("they do not give the signed head of %d lines", p.Size)})
	}
	if root != c.r.Root {
		c.r.found(Finding{Kind: Rewritten, Place: sound, Last: max(sound, c.r.Size-1), Note: "the hashes of the lines do not give the head of the tree"})
	}
	return nil
}
