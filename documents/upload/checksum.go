package upload

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"
)

// checksumNames: the extension demands sha1.
var checksumNames = []string{"sha256", "sha1"}

// parseChecksum reads Upload-Checksum: an algorithm and the base64 sum. nil, nil, true = none was sent.
func parseChecksum(header string) (h hash.Hash, want []byte, ok bool) {
	if header == "" {
		return nil, nil, true
	}
	name, packed, found := strings.Cut(header, " ")
	if !found {
		return nil, nil, false
	}
	switch name {
	case "sha256":
		h = sha256.New()
	case "sha1":
		h = sha1.New()
	default:
		return nil, nil, false
	}
	want, err := base64.StdEncoding.DecodeString(strings.TrimSpace(packed))
	if err != nil || len(want) != h.Size() {
		return nil, nil, false
	}
	return h, want, true
}
