// Package people answers who the signed-in person is, and lists the committees and places that a form offers.
//
// What does not belong here: sign-in (auth/session, app/server/signin), rules (auth/policy). Start reading at me_show.go.
package people
