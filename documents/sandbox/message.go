package sandbox

import (
	"encoding/binary"
	"errors"
	"io"
)

// kinds of messages, see doc.go.
const (
	kindTask   = 'T'
	kindStep   = 'S'
	kindData   = 'D'
	kindResult = 'R'
	kindError  = 'E'
)

// maxMessage bounds what one side makes the other keep in memory, in bytes.
const maxMessage = 32 << 20

var errMessage = errors.New("a message breaks the protocol")

func writeMessage(w io.Writer, kind byte, payload []byte) error {
	if len(payload) > maxMessage {
		return errMessage
	}
	b := make([]byte, 5, 5+len(payload))
	b[0] = kind
	binary.BigEndian.PutUint32(b[1:], uint32(len(payload)))
	_, err := w.Write(append(b, payload...))
	return err
}

func readMessage(r io.Reader) (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxMessage {
		return 0, nil, errMessage
	}
	payload = make([]byte, n)
	if _, err := io.ReadFull(r, payload); err != nil {
		return 0, nil, errMessage
	}
	return head[0], payload, nil
}
