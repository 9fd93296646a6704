package convert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"path"
	"strings"
	"unicode"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // the code pages of older messages
	"golang.org/x/text/unicode/norm"

	"ris/documents"
	"ris/documents/sandbox"
)

// Bounds of an e-mail. Messages inside of messages are unfolded three deep; what lies deeper is named in a note.
const (
	mostNested = 3
	mostDepth  = 30      // multiparts inside of multiparts
	mostParts  = 1000    //
	mostBody   = 2 << 20 // bytes of text of one message that are printed
	sendBytes  = 1 << 20
)

func init() {
	sandbox.Register(taskMail, func(c *sandbox.Child) (any, error) {
		var o order
		if err := json.Unmarshal(c.Arguments, &o); err != nil {
			return nil, err
		}
		if _, err := c.Seal(); err != nil {
			return nil, err
		}
		c.Step("mail")
		m := &mailReader{child: c, most: o.Most, names: map[string]int{}}
		err := m.message(io.NewSectionReader(c.Files[0], 0, o.Size), 0)
		if err == nil {
			err = writeLetters(c.Files[1], m.letters)
		}
		return refusedOr(verdict{Kind: Mail, Notes: m.notes()}, err)
	})
}

// letter is one message as it is printed: its head, and its text.
type letter struct {
	head  [][2]string
	text  string
	cut   bool
	level int
}

type mailReader struct {
	child   *sandbox.Child
	letters []*letter
	parts   int
	most    int64 // bytes of attachments that are still taken
	sent    int
	left    []string // names of what was not taken
	names   map[string]int
}

func (m *mailReader) notes() []Note {
	if len(m.left) == 0 {
		return nil
	}
	names := strings.Join(m.left[:min(len(m.left), 20)], ", ")
	if len(m.left) > 20 {
		names += " …"
	}
	return []Note{{Key: "file.note.convert.left", Args: []string{"names", names}}}
}

func (m *mailReader) message(r io.Reader, level int) error {
	e, err := message.Read(r)
	if err != nil && !soft(err) {
		return &refusal{key: RefusedMail, cause: err}
	}
	l := &letter{level: level}
	for _, h := range []struct{ key, label string }{{"From", "Von"}, {"To", "An"}, {"Cc", "Kopie"}, {"Date", "Datum"}, {"Subject", "Betreff"}} {
		value, err := e.Header.Text(h.key)
		if err != nil && value == "" {
			value = e.Header.Get(h.key)
		}
		if at, err := mail.ParseDate(value); h.key == "Date" && err == nil {
			value = at.Format("02.01.2006, 15:04 -07:00")
		}
		if value = line(value); value != "" {
			l.head = append(l.head, [2]string{h.label, cutRunes(value, 500)})
		}
	}
	m.letters = append(m.letters, l)
	return m.entity(e, l, level, 0, false)
}

// soft errors are unknown code pages and encodings: the bytes are taken as they are.
func soft(err error) bool { return message.IsUnknownCharset(err) || message.IsUnknownEncoding(err) }

// entity works through one part. In an alternative (RFC 2046, section 5.1.4) plain text wins over HTML.
func (m *mailReader) entity(e *message.Entity, l *letter, level, depth int, alternative bool) error {
	if m.parts++; m.parts > mostParts || depth > mostDepth {
		return &refusal{key: documents.RefusedBomb, cause: errors.New("too many parts")}
	}
	media, params, _ := e.Header.ContentType()
	if parts := e.MultipartReader(); parts != nil {
		for {
			p, err := parts.NextPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil && !soft(err) {
				return nil // cut off: what came so far is printed
			}
			if err := m.entity(p, l, level, depth+1, media == "multipart/alternative"); err != nil {
				return err
			}
		}
	}
	disposition, dparams, _ := e.Header.ContentDisposition()
	name := fileName(dparams["filename"], params["name"])
	switch {
	case strings.HasPrefix(media, "text/") && disposition != "attachment" && name == "":
		return m.text(e, l, media, alternative)
	case media == "message/rfc822":
		return m.nested(e, name, level)
	case disposition == "inline" && strings.HasPrefix(media, "image/") && e.Header.Get("Content-Id") != "":
		return nil // a logo in the text
	case strings.HasPrefix(media, "application/pgp-signature"), strings.HasPrefix(media, "application/pkcs7-signature"), strings.HasPrefix(media, "application/x-pkcs7-signature"):
		return nil
	}
	return m.attachment(e, media, name, level)
}

func (m *mailReader) text(e *message.Entity, l *letter, media string, alternative bool) error {
	b, err := io.ReadAll(io.LimitReader(e.Body, mostBody+1))
	if err != nil && len(b) == 0 {
		return nil
	}
	if len(b) > mostBody {
		b, l.cut = b[:mostBody], true
	}
	text := strings.ToValidUTF8(string(b), "�")
	if media == "text/html" {
		if alternative && strings.TrimSpace(l.text) != "" {
			return nil
		}
		text = htmlText(text)
	} else if media != "text/plain" {
		return nil // a calendar entry, a style sheet
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if l.text != "" {
		l.text += "\n\n"
	}
	l.text += text
	return nil
}

func (m *mailReader) nested(e *message.Entity, name string, level int) error {
	if level >= mostNested {
		m.left = append(m.left, cutRunes(named(name, ".eml"), 100))
		return nil
	}
	err := m.message(e.Body, level+1)
	var r *refusal
	if errors.As(err, &r) && r.key == RefusedMail {
		m.left = append(m.left, cutRunes(named(name, ".eml"), 100))
		return nil
	}
	return err
}

func named(name, ending string) string {
	if name == "" {
		return "ohne Namen" + ending
	}
	return name
}

// attachment goes to the parent when it can be a file of the paper, else it is named in the note.
func (m *mailReader) attachment(e *message.Entity, media, name string, level int) error {
	if name == "" {
		if endings, _ := mime.ExtensionsByType(media); len(endings) > 0 {
			name = "Anhang" + endings[0]
		} else {
			name = "Anhang"
		}
	}
	body := io.LimitReader(e.Body, m.most+1)
	head := make([]byte, HeadBytes)
	n, err := io.ReadFull(body, head)
	head = head[:n]
	kind := Sniff(head, name)
	if kind == Mail && level < mostNested {
		return m.message(io.MultiReader(bytes.NewReader(head), body), level+1)
	}
	if n == 0 || !kind.Accepted() || kind == Mail || m.sent >= mostAttachments || m.most <= 0 {
		m.left = append(m.left, cutRunes(name, 100))
		return nil
	}
	m.sent++
	told, err2 := json.Marshal(struct {
		Name string
		Kind Kind
	}{m.unique(name), kind})
	if err2 != nil {
		return err2
	}
	if err := m.child.Send(append([]byte{pieceAttachment}, told...)); err != nil {
		return err
	}
	whole := io.MultiReader(bytes.NewReader(head), body)
	buf := make([]byte, 1+sendBytes)
	buf[0] = pieceBytes
	for err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		var k int
		k, err = io.ReadFull(whole, buf[1:])
		if m.most -= int64(k); m.most < 0 {
			return &refusal{key: documents.RefusedBomb, cause: errors.New("the attachments are too large together")}
		}
		if k > 0 {
			if err := m.child.Send(buf[:1+k]); err != nil {
				return err
			}
			m.child.Step("mail")
		}
		if err != nil {
			break // the end, or a broken encoding: what came is looked at as any upload is
		}
	}
	return nil
}

// unique keeps two attachments of one name apart.
func (m *mailReader) unique(name string) string {
	m.names[name]++
	if n := m.names[name]; n > 1 {
		ending := path.Ext(name)
		return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ending), n, ending)
	}
	return name
}

func fileName(candidates ...string) string {
	decoder := mime.WordDecoder{}
	for _, c := range candidates {
		if d, err := decoder.DecodeHeader(c); err == nil {
			c = d
		}
		if i := strings.LastIndexAny(c, `/\`); i >= 0 {
			c = c[i+1:]
		}
		if c = line(c); c != "" {
			return cutRunes(c, 200)
		}
	}
	return ""
}

// line is text on one line, without what steers a printer or turns the direction of reading.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

func cutRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
