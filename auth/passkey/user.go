package passkey

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-webauthn/webauthn/webauthn"
)

// user is the person as the library wants it, with the keys of one host.
type user struct {
	p    Person
	keys []webauthn.Credential
}

func asUser(w *webauthn.WebAuthn, p Person) (user, error) {
	u := user{p: p}
	for _, k := range p.Keys {
		if k.RP != w.Config.RPID {
			continue
		}
		var c webauthn.Credential
		if err := json.Unmarshal(k.Credential, &c); err != nil {
			return u, fmt.Errorf("passkey %s: %w", k.ID, err)
		}
		u.keys = append(u.keys, c)
	}
	return u, nil
}

// WebAuthnID is the person's id without its dashes: random, and no personal detail (section 14.6.1).
func (u user) WebAuthnID() []byte { return []byte(strings.ReplaceAll(string(u.p.ID), "-", "")) }

// WebAuthnName is shown by the device when it asks which key.
func (u user) WebAuthnName() string { return u.p.Account }

// WebAuthnDisplayName is the person's name.
func (u user) WebAuthnDisplayName() string { return u.p.Name }

// WebAuthnCredentials are the keys of this host.
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }

func encoded(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }
