package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"ris/app/council"
)

// Person is whose keys they are. Keys are all of the person's.
type Person struct {
	ID      council.ID
	Name    string
	Account string
	Keys    []council.Passkey
}

// Life is how long an answer may take.
const Life = 5 * time.Minute

// MaxAnswer is the longest answer of a browser that is read, in bytes; honest ones have some 2 kB.
const MaxAnswer = 64 << 10

// MaxKeys is how many keys a person may have.
const MaxKeys = 20

// Host is the host name to which keys are bound that are made on the origin; false where browsers allow none: an address of numbers,
// or no https (but localhost).
func Host(origin string) (string, bool) {
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return "", false
	}
	return u.Hostname(), u.Scheme == "https" || u.Hostname() == "localhost"
}

// Begun is a registration or confirmation under way: Options go to the browser (the argument of navigator.credentials, as JSON), State
// stays with us until the answer, Challenge (base64url) may be answered once.
type Begun struct {
	Options   json.RawMessage
	State     []byte
	Challenge string
}

var (
	errRefused = council.E(council.Invalid, "passkey.error.refused")
	errNoHost  = council.E(council.Conflict, "passkey.error.host")
)

// BeginAdd starts a registration on the origin that the browser uses.
func BeginAdd(origin string, p Person) (Begun, error) {
	w, err := party(origin)
	if err != nil {
		return Begun{}, err
	}
	u, err := asUser(w, p)
	if err != nil {
		return Begun{}, err
	}
	var known []protocol.CredentialDescriptor
	for _, c := range u.keys {
		known = append(known, c.Descriptor())
	}
	options, session, err := w.BeginRegistration(u, webauthn.WithExclusions(known), webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementPreferred),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementPreferred,
			UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return Begun{}, err
	}
	return begun(options, session)
}

// FinishAdd takes the browser's answer; the key is not stored yet. council.Invalid: the answer does not fit.
func FinishAdd(origin string, p Person, state, answer []byte) (council.Passkey, error) {
	w, u, session, err := resume(origin, p, state, answer)
	if err != nil {
		return council.Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return council.Passkey{}, errRefused.Because(explain(err))
	}
	c, err := w.CreateCredential(u, session, parsed)
	if err != nil {
		return council.Passkey{}, errRefused.Because(explain(err))
	}
	raw, err := json.Marshal(c)
	return council.Passkey{Person: p.ID, CredentialID: encoded(c.ID), RP: w.Config.RPID, Credential: raw}, err
}

// BeginConfirm starts a confirmation. council.NotFound: the person has no key for this host.
func BeginConfirm(origin string, p Person) (Begun, error) {
	w, err := party(origin)
	if err != nil {
		return Begun{}, err
	}
	u, err := asUser(w, p)
	if err != nil {
		return Begun{}, err
	}
	if len(u.keys) == 0 {
		return Begun{}, council.E(council.NotFound, "passkey.error.none")
	}
	options, session, err := w.BeginLogin(u, webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Begun{}, err
	}
	return begun(options, session)
}

// FinishConfirm takes the browser's answer and gives the key that was used, with its counter moved on. council.Invalid: the answer does not
// fit, or its counter stood still where it must move (a copied key, section 7.2 step 22).
func FinishConfirm(origin string, p Person, state, answer []byte) (council.Passkey, error) {
	w, u, session, err := resume(origin, p, state, answer)
	if err != nil {
		return council.Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return council.Passkey{}, errRefused.Because(explain(err))
	}
	c, err := w.ValidateLogin(u, session, parsed)
	if err != nil {
		return council.Passkey{}, errRefused.Because(explain(err))
	}
	if c.Authenticator.CloneWarning {
		return council.Passkey{}, errRefused.Because(errors.New("the key's counter stood still: it may have been copied"))
	}
	for _, k := range p.Keys {
		if k.CredentialID == encoded(c.ID) {
			k.Credential, err = json.Marshal(c)
			return k, err
		}
	}
	return council.Passkey{}, errRefused
}

func begun(options any, session *webauthn.SessionData) (Begun, error) {
	o, err := json.Marshal(options)
	if err != nil {
		return Begun{}, err
	}
	state, err := json.Marshal(session)
	return Begun{Options: o, State: state, Challenge: session.Challenge}, err
}

func resume(origin string, p Person, state, answer []byte) (*webauthn.WebAuthn, user, webauthn.SessionData, error) {
	var session webauthn.SessionData
	w, err := party(origin)
	if err != nil {
		return nil, user{}, session, err
	}
	if len(answer) > MaxAnswer || json.Unmarshal(state, &session) != nil {
		return nil, user{}, session, errRefused
	}
	u, err := asUser(w, p)
	return w, u, session, err
}

// party is us, on this origin alone.
func party(origin string) (*webauthn.WebAuthn, error) {
	host, ok := Host(origin)
	if !ok {
		return nil, errNoHost
	}
	return webauthn.New(&webauthn.Config{RPID: host, RPDisplayName: "Ratsinformationssystem", RPOrigins: []string{strings.ToLower(origin)},
		AttestationPreference: protocol.PreferNoAttestation})
}

// explain gives the library's inner reason for the log.
func explain(err error) error {
	var e *protocol.Error
	if errors.As(err, &e) {
		return fmt.Errorf("%s: %s", e.Details, e.DevInfo)
	}
	return err
}
