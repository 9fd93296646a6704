package sso

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
)

// keySet tells a provider whose keys cannot be had from a signature that is wrong: go-oidc has one error text for both.
type keySet struct{ keys oidc.KeySet }

// VerifySignature is oidc.KeySet's.
func (k keySet) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	payload, err := k.keys.VerifySignature(ctx, jwt)
	if t, ok := ctx.Value(keyTroubleKey{}).(*keyTrouble); ok && err != nil && strings.HasPrefix(err.Error(), "fetching keys") {
		t.err = err
	}
	return payload, err
}

// keyTrouble is what went wrong with the keys during one verification.
type keyTrouble struct{ err error }

type keyTroubleKey struct{}

func withKeyTrouble(ctx context.Context) (context.Context, *keyTrouble) {
	t := &keyTrouble{}
	return context.WithValue(ctx, keyTroubleKey{}, t), t
}

// explain gives the error that a failed verification is.
func (t *keyTrouble) explain(what string, err error) error {
	var late *oidc.TokenExpiredError
	switch {
	case t.err != nil:
		return fmt.Errorf("%w: %v", ErrUnavailable, t.err)
	case errors.As(err, &late) && late.Expiry.Unix() > 0, strings.Contains(err.Error(), "before the nbf"):
		return &Refused{Why: Clock, Reason: what + ": " + err.Error()}
	}
	return refused(what + ": " + err.Error())
}
