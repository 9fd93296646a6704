package store

import (
	"context"
	"encoding/hex"

	"ris/app/council"
)

// blobColumns is every column that names a blob, with the blob's area. What is not in this list is deleted by the collection: a new
// table that names blobs adds its line here (a test looks for columns that are in neither list).
var blobColumns = []struct{ area, table, column string }{
	{"originals", "file_versions", "sha256"},
	{"converted", "file_versions", "converted"},
	{"bases", "file_versions", "prepared_blob"},
	{"public", "file_versions", "prepared_public"},
	{"public", "public_files", "blob"},
	{"packets", "packets", "blob"},
	{"rendition", "renditions", "thumbnails"},
	{"bases", "renditions", "reading_blob"},
}

// noReferences are columns that look like a blob's name and keep none, with the reason.
var noReferences = map[string]string{
	"publication_renditions.blob":   "describes a rendition that a public file needs; by itself it keeps nothing",
	"publication_renditions.sha512": "a checksum for OParl",
	"public_files.sha512":           "a checksum for OParl",
	"traces.sha256":                 "hash of a file that was looked at and not kept",
	"blob_suspects.sha256":          "blobs about to go",
	"blob_damages.sha256":           "what the scrubber found",
	"answered_writes.request_hash":  "hash of a request",
	"sessions.token_hash":           "hash of a session's token",
	"sessions.previous_hash":        "hash of a session's token",
	"sessions.device_hash":          "hash of a device's secret",
	"devices.secret_hash":           "hash of a device's secret",
	"scim_clients.token_hash":       "hash of a directory's token",
	"spent_tokens.hash":             "hash of what counts once",
}

// BlobReferences are all blobs of the area that something needs, as raw SHA-256.
func (s *Store) BlobReferences(ctx context.Context, area string) (map[[32]byte]struct{}, error) {
	out := map[[32]byte]struct{}{}
	for _, c := range blobColumns {
		if c.area != area {
			continue
		}
		column := c.column
		var keys []string
		if err := s.unfiltered(ctx, "blobs").Table(c.table).Where(column+" <> ''").Distinct().Pluck(column, &keys).Error; err != nil {
			return nil, failed(err)
		}
		for _, k := range keys {
			var sum [32]byte
			if n, err := hex.Decode(sum[:], []byte(k)); err == nil && n == 32 {
				out[sum] = struct{}{}
			}
		}
	}
	return out, nil
}

// BlobNeeded reports whether something names the blob; inside a transaction it sees what others have committed by then.
func (s *Store) BlobNeeded(ctx context.Context, key council.BlobKey) (bool, error) {
	for _, c := range blobColumns {
		if c.area != key.Area {
			continue
		}
		column := c.column
		var n int64
		if err := s.unfiltered(ctx, "blobs").Table(c.table).Where(column+" = ?", key.SHA256).Limit(1).Count(&n).Error; err != nil {
			return false, failed(err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}

// BlobColumns are the two lists, as "table.column", for the tests that hold them against the tables and against real data.
func BlobColumns() (named map[string]bool, excepted map[string]string) {
	named = map[string]bool{}
	for _, c := range blobColumns {
		named[c.table+"."+c.column] = true
	}
	return named, noReferences
}
