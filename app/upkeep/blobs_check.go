package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"ris/app/council"
	"ris/documents/blob"
)

// CheckOptions say how a check works.
type CheckOptions struct {
	Rate int64 // bytes a second; 0 = as fast as it goes
	Heal bool  // note what is damaged and mend what can be mended; else only report
}

// Checked is what a check found.
type Checked struct {
	Blobs   int
	Bytes   int64
	Damaged []council.BlobDamage // bytes that are not those of the name, and blobs that are named and not there
}

// Check reads every blob and compares its hash, and looks for blobs that are named and missing. It begins at a random place, so that
// restarts in between do not always leave out the same ones.
func (s *Service) Check(ctx context.Context, o CheckOptions) (Checked, error) {
	var out Checked
	if o.Heal {
		if err := s.recheck(ctx); err != nil {
			return out, err
		}
	}
	areas := blob.Areas()
	first := rand.IntN(len(areas))
	for n := range areas {
		area := areas[(first+n)%len(areas)]
		if err := s.checkArea(ctx, area, o, &out); err != nil {
			return out, fmt.Errorf("check %s: %w", area, err)
		}
	}
	return out, nil
}

func (s *Service) checkArea(ctx context.Context, area blob.Area, o CheckOptions, out *Checked) error {
	// What is named first, then the list: what is written in between is in the list and not looked for.
	needed, err := s.Store.BlobReferences(ctx, string(area))
	if err != nil {
		return err
	}
	var all []blob.Info
	if err := s.Blobs.List(ctx, area, func(i blob.Info) error { all = append(all, i); return nil }); err != nil {
		return err
	}
	there := make(map[[32]byte]struct{}, len(all))
	first := 0
	if len(all) > 0 {
		first = rand.IntN(len(all))
	}
	for n := range all {
		i := all[(first+n)%len(all)]
		var sum [32]byte
		if _, err := hex.Decode(sum[:], []byte(i.SHA256)); err == nil {
			there[sum] = struct{}{}
		}
		err := s.read(ctx, area, i.SHA256, o.Rate)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && council.KindOf(err) == council.NotFound: // deleted meanwhile
			continue
		case err != nil && council.KindOf(err) != council.Internal:
			return err
		case err != nil:
			if err := s.damaged(ctx, area, i.SHA256, err, o, out); err != nil {
				return err
			}
		}
		out.Blobs, out.Bytes = out.Blobs+1, out.Bytes+i.Size
	}
	for sum := range needed {
		if _, ok := there[sum]; ok {
			continue
		}
		key := hex.EncodeToString(sum[:])
		still, err := s.Store.BlobNeeded(ctx, council.BlobKey{Area: string(area), SHA256: key})
		if err != nil {
			return err
		}
		if still {
			if err := s.damaged(ctx, area, key, errors.New("it is not there"), o, out); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) damaged(ctx context.Context, area blob.Area, sum string, how error, o CheckOptions, out *Checked) error {
	d := council.BlobDamage{BlobKey: council.BlobKey{Area: string(area), SHA256: sum}, Found: s.Clock(), Problem: how.Error()}
	out.Damaged = append(out.Damaged, d)
	if !o.Heal {
		return nil
	}
	return s.note(ctx, d, true)
}

// read compares the whole blob with its name: council.Internal when it is damaged.
func (s *Service) read(ctx context.Context, area blob.Area, sum string, rate int64) error {
	r, err := s.Blobs.Open(ctx, area, sum)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, &slowly{ctx: ctx, r: r, rate: rate}); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != sum {
		return council.E(council.Internal, "error.internal").Because(fmt.Errorf("blob %s/%s is damaged: its bytes have the hash %s", area, sum, got))
	}
	return nil
}

// slowly reads at most rate bytes a second, so that readers of papers do not notice the check.
type slowly struct {
	ctx  context.Context
	r    io.Reader
	rate int64
}

func (s *slowly) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	if s.rate > 0 && n > 0 {
		select {
		case <-s.ctx.Done():
		case <-time.After(time.Duration(n) * time.Second / time.Duration(s.rate)):
		}
	}
	return n, err
}
