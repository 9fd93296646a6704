package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"ris/app/council"
	"ris/documents/blob"
	"ris/documents/pdf"
	"ris/documents/sandbox"
)

// Merged is a packet whose base is stored in area blob.Packets.
type Merged struct {
	Prepared  council.Prepared
	Sizes     []council.PageSize
	Seconds   float64
	PeakBytes int64
}

// BadPart says that one part cannot be put into a packet: Part counts from 1, as Merge's parts do (0 is the front). The packet can
// be made without it.
type BadPart struct {
	Part  int
	Cause error
}

func (e *BadPart) Error() string { return fmt.Sprintf("part %d of a packet: %v", e.Part, e.Cause) }
func (e *BadPart) Unwrap() error { return e.Cause }

// mergeTime bounds one packet: about 10,000 pages of text.
const mergeTime = 15 * time.Minute

// Merge makes one base of the front (a PDF of our own) and the bases of versions, in their order, and stores it in area
// blob.Packets. p's Parts are filled in here. progress (may be nil) is told of pages done and in all.
// Errors: *BadPart; council.Unavailable when the machine is at fault.
func (p *Pipeline) Merge(ctx context.Context, front []byte, bases []council.Prepared, packet pdf.Packet, progress func(done, total int)) (Merged, error) {
	started := time.Now()
	if err := p.Warm(ctx); err != nil {
		return Merged{}, err
	}
	w := &work{pipeline: p}
	files := make([]*os.File, 4)
	for i := range files {
		f, err := w.temporary()
		if err != nil {
			return Merged{}, err
		}
		defer f.Close()
		files[i] = f
	}
	var err error
	if packet.Parts, err = p.collect(ctx, files[0], front, bases); err != nil {
		return Merged{}, err
	}
	var v mergeVerdict
	data := func(b []byte) error {
		done, total, ok := progressOf(b)
		if !ok {
			return errPiece
		}
		if progress != nil {
			progress(done, total)
		}
		return nil
	}
	usage, err := p.pool.Run(ctx, sandbox.Call{Task: taskMerge, Arguments: mergeOrder{p.config.CacheDir, packet}, Files: files, Steps: steps, Total: mergeTime, Data: data}, &v)
	switch {
	case err != nil && ctx.Err() != nil:
		return Merged{}, ctx.Err()
	case err != nil:
		return Merged{}, ours(err)
	case v.Failed > 0:
		return Merged{}, &BadPart{v.Failed, errors.New(v.Cause)}
	case v.Failed == 0:
		return Merged{}, council.E(council.Internal, "error.internal").Because(errors.New(v.Cause))
	}
	made := v.Merged
	if made.Prepared.Blob, err = p.keep(ctx, blob.Packets, files[1], made.Prepared.Size); err != nil {
		return Merged{}, err
	}
	return Merged{Prepared: made.Prepared, Sizes: made.Sizes, Seconds: time.Since(started).Seconds(), PeakBytes: usage.PeakBytes}, nil
}

// collect lays front and bases one behind the other into one file: a child may hold few files open.
func (p *Pipeline) collect(ctx context.Context, all *os.File, front []byte, bases []council.Prepared) ([]pdf.Part, error) {
	parts := []pdf.Part{{Base: council.Prepared{Size: int64(len(front))}}}
	if _, err := all.Write(front); err != nil {
		return nil, ours(err)
	}
	at := int64(len(front))
	for i, b := range bases {
		r, err := p.config.Blobs.Open(ctx, blob.Bases, b.Blob)
		if err != nil {
			return nil, &BadPart{i + 1, err}
		}
		n, err := io.Copy(all, r)
		_ = r.Close()
		if err != nil {
			return nil, ours(err)
		}
		if n != b.Size {
			return nil, &BadPart{i + 1, fmt.Errorf("the base has %d bytes, recorded are %d", n, b.Size)}
		}
		parts = append(parts, pdf.Part{Offset: at, Base: b})
		at += n
	}
	return parts, nil
}

// keep stores the first size bytes of a finished file.
func (p *Pipeline) keep(ctx context.Context, area blob.Area, f *os.File, size int64) (string, error) {
	key, n, err := p.config.Blobs.Put(ctx, area, io.NewSectionReader(f, 0, size), 0)
	if err != nil {
		return "", ours(err)
	}
	if n != size {
		return "", ours(fmt.Errorf("stored %d bytes of %d", n, size))
	}
	return key, nil
}
