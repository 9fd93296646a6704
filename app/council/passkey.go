package council

import "time"

// Passkey is a key of a person's device (WebAuthn Level 3), good for confirming that it is still the same person, also while the
// identity provider is down. Credential is the library's record as JSON: the public key, the counter, the flags; nothing secret.
type Passkey struct {
	Stamp
	Person       ID
	CredentialID string // base64url; unique over all persons (WebAuthn Level 3, section 7.1, step 26)
	RP           string // host name to which the key is bound
	Name         string // for the person's own list
	Credential   []byte
	LastUsed     time.Time // zero = never
}
