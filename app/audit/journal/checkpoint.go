package journal

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ris/app/council"
)

// keyName is the installation's secret from which checkpoints are signed (the seed of an Ed25519 key).
const keyName = "audit.sign"

// origin is the first line of a checkpoint and the name of the key in its last line.
const origin = "ris/audit"

// signer signs with the installation's key; it is a note.Signer.
type signer struct {
	private ed25519.PrivateKey
	public  string // the key as text that verifiers take
	hash    uint32
}

func (s signer) Name() string                    { return origin }
func (s signer) KeyHash() uint32                 { return s.hash }
func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.private, msg), nil }

func (j *Journal) signer(ctx context.Context) (signer, error) {
	seed, err := j.Store.InstallationKey(ctx, keyName, ed25519.SeedSize)
	if err != nil {
		return signer{}, err
	}
	s := signer{private: ed25519.NewKeyFromSeed(seed)}
	if s.public, err = note.NewEd25519VerifierKey(origin, s.private.Public().(ed25519.PublicKey)); err != nil {
		return s, err
	}
	v, err := note.NewVerifier(s.public)
	if err == nil {
		s.hash = v.KeyHash()
	}
	return s, err
}

// Checkpoint is a signed head of the tree, and with what it can be checked.
type Checkpoint struct {
	Size int64
	Root tlog.Hash
	At   time.Time // when it was signed; not part of what is signed
	Note string    // the signed text
	Key  string    // the public key: "ris/audit+<hash>+<key>"
}

// Fingerprint is the SHA-256 of the signed text in groups of four hex digits, short enough to be read out.
func (c Checkpoint) Fingerprint() string {
	sum := sha256.Sum256([]byte(c.Note))
	text := fmt.Sprintf("%x", sum[:16])
	var groups []string
	for ; len(text) > 0; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(groups, " ")
}

// Checkpoint brings all lines into the tree, signs its head and keeps it beside the tree.
func (j *Journal) Checkpoint(ctx context.Context) (Checkpoint, error) {
	if _, err := j.Sequence(ctx); err != nil {
		return Checkpoint{}, err
	}
	head, err := j.Store.AuditTree(ctx)
	if err != nil {
		return Checkpoint{}, err
	}
	s, err := j.signer(ctx)
	if err != nil {
		return Checkpoint{}, err
	}
	root, err := rootOf(head)
	if err != nil {
		return Checkpoint{}, err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, head.Size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, s)
	if err != nil {
		return Checkpoint{}, err
	}
	c := Checkpoint{Size: head.Size, Root: root, At: j.Clock(), Note: string(signed), Key: s.public}
	if head.Size == 0 {
		return c, nil
	}
	return c, j.Store.SaveAuditCheckpoint(ctx, council.AuditCheckpoint{Size: c.Size, Note: c.Note, Created: c.At})
}

// Open reads a checkpoint and checks its signature with the public key; key "" = this installation's own.
func (j *Journal) Open(ctx context.Context, signed, key string) (Checkpoint, error) {
	if key == "" {
		s, err := j.signer(ctx)
		if err != nil {
			return Checkpoint{}, err
		}
		key = s.public
	}
	return open(signed, key)
}

var errForm = errors.New("this is no checkpoint of a log: want four lines as `ris audit checkpoint` prints them")

func open(signed, key string) (Checkpoint, error) {
	v, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the public key cannot be read: %w", err)
	}
	signed = strings.TrimRight(strings.ReplaceAll(signed, "\r\n", "\n"), "\n") + "\n" // as mail and editors change it
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the checkpoint is not signed with the key of this log: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != origin {
		return Checkpoint{}, errForm
	}
	c := Checkpoint{Note: signed, Key: key}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return Checkpoint{}, errForm
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, errForm
	}
	copy(c.Root[:], root)
	return c, nil
}

// rootOf is the root of a head; that of the empty tree is the hash of nothing (RFC 6962, section 2.1).
func rootOf(head council.AuditTree) (tlog.Hash, error) {
	if head.Size == 0 {
		return tlog.TreeHash(0, nil)
	}
	var h tlog.Hash
	if len(head.Root) != tlog.HashSize {
		return h, errors.New("journal: the head of the tree has no hash")
	}
	copy(h[:], head.Root)
	return h, nil
}
