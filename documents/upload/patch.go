package upload

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"ris/app/council"
)

// contentType is that of every body that carries bytes of an upload.
const contentType = "application/offset+octet-stream"

// flushEvery is how many bytes may be lost when the machine loses its power.
const flushEvery = 8 << 20

// patch takes bytes at the offset that the client names. At the end of an upload that the host has refused, an empty PATCH asks it again.
func (c *Core) patch(ctx context.Context, host Host, r Request, a *Answer) error {
	if r.Header("Content-Type") != contentType {
		return council.E(council.Invalid, "error.unsupported_media_type")
	}
	offset, ok := number(r.Header("Upload-Offset"))
	if !ok {
		return council.E(council.Invalid, malformed)
	}
	e, err := host.Find(ctx, r.ID)
	if err != nil {
		return err
	}
	if e.Result != "" { // the answer was lost; there is nothing more to take
		if offset != e.Length || r.Length > 0 {
			return council.E(council.Conflict, wrongOffset)
		}
		a.Status = http.StatusNoContent
		a.Header["Upload-Offset"] = strconv.FormatInt(e.Length, 10)
		c.result(e.Result, a)
		return nil
	}
	a.Status = http.StatusNoContent
	c.expires(e, a)
	return c.receive(ctx, host, e, offset, r, a)
}

// receive writes the body behind the offset and hands the upload over when it is complete.
func (c *Core) receive(ctx context.Context, host Host, e Entry, offset int64, r Request, a *Answer) error {
	sum, want, ok := parseChecksum(r.Header("Upload-Checksum"))
	if !ok {
		return council.E(council.Invalid, malformed)
	}
	f, err := c.Parts.open(e.ID)
	if err != nil {
		return err
	}
	defer f.Close()
	if f.offset != offset {
		return council.E(council.Conflict, wrongOffset)
	}
	rest := e.Length - offset
	if r.Length > rest {
		return council.E(council.TooLarge, tooMuch)
	}
	var body io.Reader = bytes.NewReader(nil)
	if r.Body != nil {
		body = io.LimitReader(r.Body, rest+1)
	}
	if sum != nil {
		body = io.TeeReader(body, sum)
	}
	got, broken, err := f.take(ctx, body, offset, rest, sum == nil)
	if err != nil {
		return err
	}
	if broken == nil && got < r.Length { // some servers end a cut body as if it were whole
		broken = io.ErrUnexpectedEOF
	}
	switch {
	case got > rest:
		return council.E(council.TooLarge, tooMuch)
	case broken != nil:
		return council.E(council.Invalid, "file.error.interrupted").Because(broken)
	case sum != nil && !bytes.Equal(sum.Sum(nil), want):
		return council.E(council.Invalid, wrongChecksum)
	case sum != nil:
		if err := f.commit(offset + got); err != nil {
			return err
		}
	}
	a.Header["Upload-Offset"] = strconv.FormatInt(f.offset, 10)
	if f.offset < e.Length {
		return nil
	}
	at, err := host.Finish(ctx, e.ID, f.content())
	if err != nil {
		return err
	}
	c.result(at, a)
	delete(a.Header, "Upload-Expires")
	// The bytes are in the blob store and the result is known: what is left here is only in the way.
	return gone(f.Name())
}

// take copies the body behind the offset. What came before the line broke stays, unless the piece has a checksum: then all of it
// counts or nothing (keep = false: nothing is committed here). err is ours; broken is the client's end.
func (f *part) take(ctx context.Context, body io.Reader, offset, rest int64, keep bool) (got int64, broken, err error) {
	buffer := make([]byte, 128<<10)
	unsafe := int64(0)
	w := f.at(offset)
	for broken == nil {
		if broken = ctx.Err(); broken != nil {
			break
		}
		n, end := fill(body, buffer)
		if got+int64(n) > rest { // more than was declared: the surplus is not written
			got += int64(n)
			return got, nil, nil
		}
		if n > 0 {
			if _, err := w.Write(buffer[:n]); err != nil {
				return got, nil, unavailable(err)
			}
			got, unsafe = got+int64(n), unsafe+int64(n)
		}
		if keep && unsafe >= flushEvery {
			if err := f.commit(offset + got); err != nil {
				return got, nil, err
			}
			unsafe = 0
		}
		if errors.Is(end, io.EOF) {
			break
		}
		broken = end
	}
	if keep && unsafe > 0 {
		err = f.commit(offset + got)
	}
	return got, broken, err
}

// fill reads until the buffer is full or the body ends; io.EOF is the proper end, everything else is a broken line.
func fill(r io.Reader, buffer []byte) (n int, err error) {
	for n < len(buffer) && err == nil {
		var m int
		m, err = r.Read(buffer[n:])
		n += m
	}
	return n, err
}
