// Package signin holds the handlers of the sign-in: GET /auth/login, GET /auth/callback, POST /auth/logout. All of it works
// without script.
//
// Who is who: the provider's (issuer, subject) names a person for ever. At the first sign-in a person is found by a verified
// e-mail address that equals the account prepared by the office, once; nobody is created here. The log gets a line for each
// sign-in, link, refusal and sign-out.
//
// What does not belong here: what somebody may do (auth/policy), the protocol (auth/sso), cookies' contents (auth/session).
// Start reading at signin.go.
package signin
