package upkeep

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/documents/blob"
)

// fresh is the age below which a blob is not even noted: its writer may not have named it yet.
const fresh = time.Hour

// CollectOptions say how a collection works.
type CollectOptions struct {
	// Keep is how long a blob must have been noted as needed by nothing. 0 deletes at once, fresh ones too: only for a system that is
	// not running.
	Keep   time.Duration
	DryRun bool // only count
}

// Collected is what a collection found and did in one area.
type Collected struct {
	Area         blob.Area
	Blobs        int   // all that are there
	Bytes        int64 // of all
	Unneeded     int   // that nothing names
	UnneededSize int64
	Deleted      int
	DeletedSize  int64
}

// Collect notes the blobs that nothing names, takes the note back where something names one again, and deletes those that were noted
// long enough. With DryRun, Deleted counts what would go.
func (s *Service) Collect(ctx context.Context, o CollectOptions) ([]Collected, error) {
	var out []Collected
	for _, area := range blob.Areas() {
		c, err := s.collect(ctx, area, o)
		if err != nil {
			return out, fmt.Errorf("collect %s: %w", area, err)
		}
		out = append(out, c)
		if c.Deleted > 0 && !o.DryRun {
			s.Log.Info("blobs that nothing needed were deleted", "area", area, "blobs", c.Deleted, "bytes", c.DeletedSize)
			if err := s.Store.Audit(ctx, audit.Entry(system, s.Clock(), audit.BlobCollect, "blob", "", "",
				"area", string(area), "blobs", fmt.Sprint(c.Deleted), "bytes", fmt.Sprint(c.DeletedSize))); err != nil {
				return out, err
			}
		}
	}
	if o.DryRun {
		return out, nil
	}
	return out, s.Store.ForgetSuspects(ctx, s.Clock().Add(-24*time.Hour))
}

func (s *Service) collect(ctx context.Context, area blob.Area, o CollectOptions) (Collected, error) {
	c := Collected{Area: area}
	now := s.Clock()
	suspects, err := s.Store.Suspects(ctx, string(area))
	if err != nil {
		return c, err
	}
	var unneeded []blob.Info
	var spare []string
	// The list first, then what names them: a blob that is written and named in between is met as needed, or not at all.
	var all []blob.Info
	if err := s.Blobs.List(ctx, area, func(i blob.Info) error { all = append(all, i); return nil }); err != nil {
		return c, err
	}
	needed, err := s.Store.BlobReferences(ctx, string(area))
	if err != nil {
		return c, err
	}
	for _, i := range all {
		c.Blobs, c.Bytes = c.Blobs+1, c.Bytes+i.Size
		_, noted := suspects[i.SHA256]
		if has(needed, i.SHA256) {
			if noted {
				spare = append(spare, i.SHA256)
			}
			continue
		}
		if o.Keep == 0 || noted || now.Sub(i.Modified) > fresh {
			unneeded = append(unneeded, i)
			c.Unneeded, c.UnneededSize = c.Unneeded+1, c.UnneededSize+i.Size
		}
	}
	if o.DryRun {
		for _, i := range unneeded {
			if since, noted := suspects[i.SHA256]; o.Keep == 0 || noted && !since.After(now.Add(-o.Keep)) {
				c.Deleted, c.DeletedSize = c.Deleted+1, c.DeletedSize+i.Size
			}
		}
		return c, nil
	}
	for _, sum := range spare {
		if err := s.Store.SpareBlob(ctx, council.BlobKey{Area: string(area), SHA256: sum}); err != nil {
			return c, err
		}
	}
	var fresh []council.BlobKey
	for _, i := range unneeded {
		if _, noted := suspects[i.SHA256]; !noted {
			fresh = append(fresh, council.BlobKey{Area: string(area), SHA256: i.SHA256})
		}
	}
	if err := s.Store.SuspectBlobs(ctx, fresh, now); err != nil {
		return c, err
	}
	for _, i := range unneeded {
		if since, noted := suspects[i.SHA256]; o.Keep > 0 && (!noted || since.After(now.Add(-o.Keep))) {
			continue
		}
		gone, err := s.remove(ctx, council.BlobKey{Area: string(area), SHA256: i.SHA256}, now.Add(-o.Keep), now)
		if err != nil {
			return c, err
		}
		if gone {
			c.Deleted, c.DeletedSize = c.Deleted+1, c.DeletedSize+i.Size
		}
	}
	return c, nil
}

// remove deletes one blob inside the transaction that condemns it: whoever stores the same bytes meanwhile waits for its end in
// Guard.Put. It looks once more whether something names the blob by now.
func (s *Service) remove(ctx context.Context, key council.BlobKey, before, now time.Time) (gone bool, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		ours, err := s.Store.CondemnBlob(ctx, key, before, now)
		if err != nil || !ours {
			return err
		}
		needed, err := s.Store.BlobNeeded(ctx, key)
		if err != nil {
			return err
		}
		if needed {
			return s.Store.SpareBlob(ctx, key)
		}
		gone = true
		return s.Blobs.Delete(ctx, blob.Area(key.Area), key.SHA256)
	})
	return gone && err == nil, err
}

func has(set map[[32]byte]struct{}, key string) bool {
	var sum [32]byte
	if n, err := hex.Decode(sum[:], []byte(key)); err != nil || n != 32 {
		return false
	}
	_, ok := set[sum]
	return ok
}
