package council

import (
	"errors"
	"fmt"
)

// Kind says what went wrong, for machines; app/server/httpkit maps it to HTTP once.
type Kind int

// The kinds of errors. The zero Kind is Internal: an error nobody classified is ours.
const (
	Internal        Kind = iota // 500
	Invalid                     // 422: what was sent cannot be accepted as it is
	Unauthenticated             // 401: nobody is signed in
	Forbidden                   // 403: known to exist for this viewer, but not allowed
	NotFound                    // 404: does not exist, or may not be known of
	Conflict                    // 409: contradicts the present state
	Stale                       // 412: somebody was faster (If-Match did not meet the revision)
	Gone                        // 410: was here and has been withdrawn
	TooLarge                    // 413: over a configured limit
	Unavailable                 // 503: try again later
)

// Error carries a kind for machines, a text key that is safe for people, and a cause for the log only.
// Key names an entry of the message catalogue (web/locales), Args fill its placeholders {name} in pairs name, value.
type Error struct {
	Kind  Kind
	Key   string
	Args  []string
	Cause error
}

// E makes an error for people: args are pairs of placeholder name and value.
func E(kind Kind, key string, args ...string) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Because adds the cause for the log and returns the same error.
func (e *Error) Because(cause error) *Error { e.Cause = cause; return e }

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Key, e.Cause)
	}
	return e.Key
}

func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of err; Internal when nobody classified it.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// ErrNotFound is the one answer for what does not exist and for what the viewer may not know of.
func ErrNotFound() *Error { return E(NotFound, "error.not_found") }
