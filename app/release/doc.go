// Package release is the two-person release: an act that touches a person's rights (looking up whose copy a file is, erasing a
// person) is asked for by one with a reason, released or refused by another, and done once. It is one mechanism for all such
// acts; what the act is, its own package says.
//
// Rules stand in auth/policy/release.go. A request and a permission each live for Days; every step is in the audit log. An act
// calls Use in its own transaction, so that no permission serves twice and none is lost by a failure.
//
// What does not belong here: the acts themselves (app/trace). Start reading at release_request.go, then in the order of the
// files' verbs: decide, use, expire.
package release
