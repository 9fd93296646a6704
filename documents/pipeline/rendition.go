package pipeline

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"time"

	"ris/app/council"
	"ris/documents/blob"
	"ris/documents/sandbox"
)

// mostPictures is how many pages of a version get a small picture, and leastReading the size in bytes from which a reduced copy is
// thought of: what is smaller opens at once anyway.
const (
	mostPictures = 200
	leastReading = 3 << 20
	// mostDeaths is how many children may end over a version's pictures; the pages behind stay without.
	mostDeaths = 5
)

var renditionSteps = map[string]time.Duration{"": time.Minute, "open": 30 * time.Second, "picture": 10 * time.Second, "text": 5 * time.Second,
	"reduce": 30 * time.Second, stepProofOfReduced: 30 * time.Second}

const stepProofOfReduced = "proof"

// Renditions makes of a base what is shown besides it: pictures of the first pages, the accessibility report, and, of heavy scans, a
// reduced copy. What foreign bytes prevent is left out; an error is the machine's. A base of mode raster has none of it.
// progress (may be nil) is told of pictures done and wanted.
func (p *Pipeline) Renditions(ctx context.Context, base council.Prepared, pages int, progress func(done, total int)) (council.Rendition, error) {
	var out council.Rendition
	if base.Parts.Mode == council.Raster {
		return out, nil
	}
	if err := p.Warm(ctx); err != nil {
		return out, err
	}
	f, err := p.handed(ctx, blob.Bases, base.Blob)
	if err != nil {
		return out, err
	}
	defer f.Close()
	if err := p.pictures(ctx, f, base.Size, min(pages, mostPictures), &out, progress); err != nil {
		return out, err
	}
	var report council.AccessibilityReport
	err = p.look(ctx, sandbox.Call{Task: taskAccessible, Arguments: thumbnailOrder{CacheDir: p.config.CacheDir, Size: base.Size}, Files: []*os.File{f}}, &report)
	if err == nil {
		out.Accessibility = &report
	} else if !foreign(err) {
		return out, err
	}
	if base.Size >= leastReading {
		if out.Reading, err = p.reading(ctx, f, base); err != nil {
			return out, err
		}
	}
	return out, nil
}

// handed is a stored blob as a file for a child.
func (p *Pipeline) handed(ctx context.Context, area blob.Area, key string) (*os.File, error) {
	r, err := p.config.Blobs.Open(ctx, area, key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	w := &work{pipeline: p}
	f, err := w.temporary()
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(f, r); err != nil {
		f.Close()
		return nil, ours(err)
	}
	return f, nil
}

// foreign: the child ended over what it read, or said so.
func foreign(err error) bool {
	var f *sandbox.Failure
	var t *sandbox.TaskError
	return errors.As(err, &f) || errors.As(err, &t)
}

func (p *Pipeline) look(ctx context.Context, c sandbox.Call, result any) error {
	c.Steps = renditionSteps
	_, err := p.pool.Run(ctx, c, result)
	switch {
	case err == nil, foreign(err):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return ours(err)
}

// pictures fills Thumbnails and Pictures: all JPEGs in one blob, one behind the other.
func (p *Pipeline) pictures(ctx context.Context, base *os.File, size int64, pages int, out *council.Rendition, progress func(done, total int)) error {
	w := &work{pipeline: p}
	all, err := w.temporary()
	if err != nil {
		return err
	}
	defer all.Close()
	at := int64(0)
	piece := func(b []byte) error {
		if len(b) < 9 || b[0] != pieceThumbnail || int(binary.BigEndian.Uint32(b[1:])) != len(out.Pictures)+1 {
			return errPiece
		}
		jpeg := b[9:]
		out.Pictures = append(out.Pictures, council.Thumbnail{Offset: at, Length: int64(len(jpeg)), Width: int(binary.BigEndian.Uint16(b[5:])), Height: int(binary.BigEndian.Uint16(b[7:]))})
		if _, err := all.Write(jpeg); err != nil {
			return ours(err)
		}
		at += int64(len(jpeg))
		if progress != nil {
			progress(len(out.Pictures), pages)
		}
		return nil
	}
	for deaths := 0; len(out.Pictures) < pages && deaths < mostDeaths; {
		o := thumbnailOrder{CacheDir: p.config.CacheDir, Size: size, First: len(out.Pictures) + 1, Last: pages}
		err := p.look(ctx, sandbox.Call{Task: taskThumbnail, Arguments: o, Files: []*os.File{base}, Data: piece}, nil)
		if err != nil && !foreign(err) {
			return err
		}
		if err != nil {
			deaths++
		}
		if len(out.Pictures) < pages { // the page over which it ended stays without a picture
			out.Pictures = append(out.Pictures, council.Thumbnail{Offset: at})
		}
	}
	if at == 0 {
		return nil
	}
	out.Thumbnails, err = p.keep(ctx, blob.Rendition, all, at)
	return err
}

// reading makes the reduced copy; none is no error.
func (p *Pipeline) reading(ctx context.Context, f *os.File, base council.Prepared) (council.Prepared, error) {
	w := &work{pipeline: p}
	out, err := w.temporary()
	if err != nil {
		return council.Prepared{}, err
	}
	defer out.Close()
	var v reduceVerdict
	err = p.look(ctx, sandbox.Call{Task: taskReduce, Arguments: reduceOrder{p.config.CacheDir, base}, Files: []*os.File{f, out}}, &v)
	switch {
	case err != nil && !foreign(err):
		return council.Prepared{}, err
	case err != nil || v.Cause != "":
		p.config.Log.Warn("no reduced copy", "base", base.Blob, "reason", v.Cause, "error", err)
		return council.Prepared{}, nil
	case v.Light:
		return council.Prepared{}, nil
	}
	made := v.Made
	made.Blob, err = p.keep(ctx, blob.Bases, out, made.Size)
	return made, err
}
