package audit

// The acts of the sign-in. Offices that a provider's groups give and take are GrantAdd and GrantEnd.
const (
	PasskeyAdd     = "passkey.add"
	PasskeyDelete  = "passkey.delete"
	SessionConfirm = "session.confirm" // the signed-in person proved again who it is
)
