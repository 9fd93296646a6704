// Package directory turns what an OpenID provider says of a person's groups into the kind of account: clerk, mayor and IT are offices
// of a Body (council.Grant), member and guest only let in.
//
// The rules come from the configuration (RIS_OIDC_FILE), one list for each provider. A sign-in brings the offices in line with the
// groups of that moment: what this provider's groups gave and give no more is ended, nothing else is touched. Seats, committees and
// substitutes come from the council's data and are never given here.
//
// What does not belong here: the protocol (auth/sso), SCIM and files (app/provisioning), what an office may do (auth/policy).
// Start reading at kinds.go, then settle.go; trial.go answers "what would X get" and writes nothing.
package directory
