package journal

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"ris/app/council"
)

// tileHeight: 2^8 hashes a tile, 8 KiB, as the Go checksum database has them.
const tileHeight = 8

const tileWidth = 1 << tileHeight

// tree reads stored hashes out of tiles; hashes that are not stored yet lie in fresh.
type tree struct {
	load  func(level, position int64) ([]byte, error)
	tiles map[[2]int64][]byte
	fresh map[int64]tlog.Hash
}

func newTree(load func(level, position int64) ([]byte, error)) *tree {
	return &tree{load: load, tiles: map[[2]int64][]byte{}, fresh: map[int64]tlog.Hash{}}
}

// storedTree reads the tiles of the database as they are needed.
func storedTree(ctx context.Context, s Store) *tree {
	return newTree(func(level, position int64) ([]byte, error) {
		found, err := s.AuditTiles(ctx, level, position, 1)
		if err != nil || len(found) == 0 || found[0].Position != position {
			return nil, err
		}
		return found[0].Data, nil
	})
}

// ReadHashes answers tlog's questions.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if h, ok := t.fresh[index]; ok {
			out[i] = h
			continue
		}
		tile := tlog.TileForIndex(tileHeight, index)
		data, err := t.tile(int64(tile.L), tile.N)
		if err != nil {
			return nil, err
		}
		if len(data) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("journal: the tile %d/%d has %d hashes, %d are needed", tile.L, tile.N, len(data)/tlog.HashSize, tile.W)
		}
		if out[i], err = tlog.HashFromTile(tile, data, index); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *tree) tile(level, position int64) ([]byte, error) {
	key := [2]int64{level, position}
	if data, ok := t.tiles[key]; ok {
		return data, nil
	}
	data, err := t.load(level, position)
	if err == nil {
		t.tiles[key] = data
	}
	return data, err
}

// grow adds leaves to a tree of that size and gives the tiles that are new or longer, and the new root.
func (t *tree) grow(size int64, leaves []tlog.Hash) ([]council.AuditTile, tlog.Hash, error) {
	for i, h := range leaves {
		n := size + int64(i)
		stored, err := tlog.StoredHashesForRecordHash(n, h, t)
		if err != nil {
			return nil, tlog.Hash{}, err
		}
		for j, s := range stored {
			t.fresh[tlog.StoredHashIndex(0, n)+int64(j)] = s
		}
	}
	now := size + int64(len(leaves))
	var out []council.AuditTile
	for _, tile := range tlog.NewTiles(tileHeight, size, now) {
		data, err := tlog.ReadTileData(tile, t)
		if err != nil {
			return nil, tlog.Hash{}, err
		}
		out = append(out, council.AuditTile{Level: int64(tile.L), Position: tile.N, Data: data})
	}
	root, err := tlog.TreeHash(now, t)
	return out, root, err
}
