package sso

// Refused says that the provider's answer was not acceptable, or that the provider itself refused. Reason is for the log; it holds
// no token and no address.
type Refused struct {
	Why    Why
	Reason string
}

func (r *Refused) Error() string { return "sign-in refused: " + r.Reason }

// Why is what people are told about a refusal: each has a page that says what to do.
type Why string

// The refusals that somebody can do something about; all others are the zero Why.
const (
	Aborted       Why = "aborted"    // the person or the provider broke it off
	Clock         Why = "clock"      // the clocks of the provider and of this machine differ
	NotFresh      Why = "not_fresh"  // the provider did not prove a fresh sign-in
	TooManyGroups Why = "groups"     // the provider left the groups out because there are too many (Entra's pointer)
	OddClaims     Why = "odd_claims" // larger or deeper than any honest token
)

func refused(reason string) *Refused { return &Refused{Reason: reason} }
