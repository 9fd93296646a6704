package session

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"path"
	"strings"
	"time"

	"ris/app/council"
)

// LoginLife is how long a sign-in may be under way.
const LoginLife = 10 * time.Minute

// MaxLogins is how many sign-ins one browser may have under way (tabs); the oldest gives way to the next.
const MaxLogins = 5

// Login is a sign-in under way: what must come back from the provider to this browser, and where to go afterwards.
type Login struct {
	State    string    `json:"s"`
	Nonce    string    `json:"n"`
	Verifier string    `json:"v"`
	Redirect string    `json:"r"` // address of the callback
	Provider string    `json:"p"` // whose answer it must be (mix-up: RFC 9207, RFC 9700 section 2.1)
	MaxAge   int       `json:"m"` // how old the proof may be, seconds; 0 = does not matter
	Return   string    `json:"t"` // local path
	Until    time.Time `json:"u"`
}

// Sealer keeps sign-ins under way in a cookie of the browser, sealed (AES-256-GCM) so that nobody can read or plant one: no
// row is written for visitors who are not signed in, and every node of an installation with the same secret can go on.
type Sealer struct {
	aead  cipher.AEAD
	clock council.Clock
}

// NewSealer derives its key from a secret that all nodes share; the OpenID client secret will do (HKDF, RFC 5869). Without a
// secret the key is random: sign-ins under way end with the process.
func NewSealer(secret string, clock council.Clock) (*Sealer, error) {
	if secret == "" {
		secret = rand.Text()
	}
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "ris sign-in under way, 1", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &Sealer{aead: aead, clock: clock}, nil
}

// LoginCookieName is the name of the cookie of one sign-in under way: several tabs do not disturb each other.
func LoginCookieName(state string, secure bool) string {
	name := "ris-login-" + loginTag(state)
	if secure {
		return "__Host-" + name
	}
	return name
}

// IsLoginCookie reports whether a cookie of that name holds a sign-in under way.
func IsLoginCookie(name string) bool {
	return strings.HasPrefix(strings.TrimPrefix(name, "__Host-"), "ris-login-")
}

// loginTag names the cookie without giving the state away to logs of cookie names.
func loginTag(state string) string { return Hash(state)[:16] }

// Seal gives the cookie's value; Until is set here.
func (s *Sealer) Seal(l Login) (string, error) {
	l.Until = s.clock().Add(LoginLife)
	plain, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, []byte(loginTag(l.State)))), nil
}

// errNoLogin is one answer for missing, forged, foreign and expired.
var errNoLogin = errors.New("no such sign-in under way")

// Open gives back what was sealed for this state; an error when it was not sealed by us, for it, or has expired.
func (s *Sealer) Open(state, value string) (Login, error) {
	var l Login
	raw, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || len(raw) < s.aead.NonceSize() || state == "" {
		return l, errNoLogin
	}
	n := s.aead.NonceSize()
	plain, err := s.aead.Open(nil, raw[:n], raw[n:], []byte(loginTag(state)))
	if err != nil {
		return l, errNoLogin
	}
	if err := json.Unmarshal(plain, &l); err != nil || l.State != state || !s.clock().Before(l.Until) {
		return Login{}, errNoLogin
	}
	return l, nil
}

// LocalPath is where a signed-in person goes: ret when it is a path on this site, else the reader. Anything that a browser
// could read as another host ("//host", "/\host", control characters, a scheme) is not a path on this site.
func LocalPath(ret string) string {
	const home = "/app/"
	if len(ret) > 1000 || !strings.HasPrefix(ret, "/") || strings.HasPrefix(ret, "//") || strings.ContainsAny(ret, "\\") {
		return home
	}
	for _, r := range ret {
		if r < 0x20 || r == 0x7f {
			return home
		}
	}
	at, _, _ := strings.Cut(ret, "?")
	at, _, _ = strings.Cut(at, "#")
	if strings.HasPrefix(at, "/auth/") || strings.HasPrefix(at, "/idp/") {
		return home // no loops through the sign-in itself
	}
	// "/app/..//host" and "/.//host" become "//host" for whoever tidies a path up on the way; ours need none of this.
	if plain, err := url.PathUnescape(at); err != nil || strings.Contains(plain, "//") || path.Clean(plain) != strings.TrimSuffix(plain, "/") && plain != "/" {
		return home
	}
	return ret
}
