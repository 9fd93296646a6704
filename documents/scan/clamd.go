package scan

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// ErrTooLarge: the file is larger than the scanner takes (StreamMaxLength in its configuration); another try changes nothing.
var ErrTooLarge = errors.New("larger than the scanner takes (StreamMaxLength)")

// ErrUnavailable: the scanner is not there, ended in the middle, or did not answer in time. It wraps the cause.
var ErrUnavailable = errors.New("the virus scanner does not answer")

// Clamd is a client of one clamd. It may be used from many goroutines; each scan has a connection of its own.
type Clamd struct {
	network, address string
	// Stall is how long the scanner may take no bytes; Answer how long it may think after the last one.
	Stall, Answer time.Duration
}

// New reads a setting: "unix:/run/clamav/clamd.ctl" or "host:port". It does not connect.
func New(setting string) (*Clamd, error) {
	c := &Clamd{network: "tcp", address: setting, Stall: 30 * time.Second, Answer: 3 * time.Minute}
	if path, ok := strings.CutPrefix(setting, "unix:"); ok {
		if !strings.HasPrefix(path, "/") {
			return nil, fmt.Errorf("%q: want unix:/path or host:port", setting)
		}
		c.network, c.address = "unix", path
		return c, nil
	}
	if _, port, err := net.SplitHostPort(setting); err != nil || port == "" {
		return nil, fmt.Errorf("%q: want unix:/path or host:port", setting)
	}
	return c, nil
}

// Scan streams r to the scanner and answers the name of the signature that was found; empty = nothing was found. Errors: ErrTooLarge,
// ErrUnavailable, the error of r, the context's.
func (c *Clamd) Scan(ctx context.Context, r io.Reader) (signature string, err error) {
	conn, stop, err := c.dial(ctx)
	if err != nil {
		return "", err
	}
	defer stop()
	answer := make(chan reply, 1)
	go func() { answer <- read(conn) }() // it may answer before everything is sent
	if err := c.send(conn, r); err != nil {
		var broken *sendError
		if !errors.As(err, &broken) {
			return "", err // r's own
		}
		// Too long a stream is answered and cut off: the answer says more than the broken pipe.
		_ = conn.SetReadDeadline(time.Now().Add(2 * time.Second))
		if got := <-answer; got.err == nil {
			return got.meaning()
		}
		return "", unavailable(ctx, broken.cause)
	}
	_ = conn.SetReadDeadline(time.Now().Add(c.Answer))
	got := <-answer
	if got.err != nil {
		return "", unavailable(ctx, got.err)
	}
	return got.meaning()
}

// Version is what the scanner says of itself: program, number and date of its signatures.
func (c *Clamd) Version(ctx context.Context) (string, error) {
	conn, stop, err := c.dial(ctx)
	if err != nil {
		return "", err
	}
	defer stop()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.WriteString(conn, "zVERSION\x00"); err != nil {
		return "", unavailable(ctx, err)
	}
	got := read(conn)
	if got.err != nil {
		return "", unavailable(ctx, got.err)
	}
	return got.text, nil
}

func (c *Clamd) dial(ctx context.Context) (net.Conn, func(), error) {
	d := net.Dialer{Timeout: 5 * time.Second}
	conn, err := d.DialContext(ctx, c.network, c.address)
	if err != nil {
		return nil, nil, unavailable(ctx, err)
	}
	over := context.AfterFunc(ctx, func() { conn.Close() })
	return conn, func() { over(); conn.Close() }, nil
}

func unavailable(ctx context.Context, cause error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, cause)
}

// sendError is trouble with the connection, as opposed to trouble with what is read.
type sendError struct{ cause error }

func (e *sendError) Error() string { return e.cause.Error() }

// chunk is how much is sent at once, bytes.
const chunk = 64 << 10

func (c *Clamd) send(conn net.Conn, r io.Reader) error {
	write := func(b []byte) error {
		_ = conn.SetWriteDeadline(time.Now().Add(c.Stall))
		if _, err := conn.Write(b); err != nil {
			return &sendError{err}
		}
		return nil
	}
	if err := write([]byte("zINSTREAM\x00")); err != nil {
		return err
	}
	buf := make([]byte, 4+chunk)
	for {
		n, err := io.ReadFull(r, buf[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(buf, uint32(n))
			if err := write(buf[:4+n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return write([]byte{0, 0, 0, 0})
		}
		if err != nil {
			return err
		}
	}
}

type reply struct {
	text string
	err  error
}

// read takes one answer, ended by NUL; at most 4 kB.
func read(conn net.Conn) reply {
	b, err := bufio.NewReader(io.LimitReader(conn, 4096)).ReadString(0)
	if err != nil {
		return reply{err: err}
	}
	return reply{text: strings.TrimSpace(strings.TrimRight(b, "\x00"))}
}

// meaning: "stream: OK", "stream: NAME FOUND", or an error of the scanner.
func (r reply) meaning() (string, error) {
	switch text := strings.TrimPrefix(r.text, "stream: "); {
	case text == "OK":
		return "", nil
	case strings.HasSuffix(text, " FOUND"):
		return strings.TrimSuffix(text, " FOUND"), nil
	case strings.Contains(text, "size limit exceeded"):
		return "", ErrTooLarge
	default:
		return "", fmt.Errorf("%w: it said %q", ErrUnavailable, text)
	}
}
