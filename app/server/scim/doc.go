// Package scim answers a municipality's directory (Entra, Okta, ...) as a SCIM 2.0 service provider: RFC 7643 (schemas) and RFC 7644
// (protocol), below /scim/v2. A directory shows a bearer token that was made for one Body; it keeps the accounts and groups of that Body
// and sees nothing else: no seat, no paper, no person of another Body.
//
// What it can do: Users and Groups with GET, POST, PUT, PATCH, DELETE; filter (all operators), startIndex and count, attributes and
// excludedAttributes, ETags. Not: bulk, sorting, passwords, /Me; ServiceProviderConfig says so.
//
// Resources are plain JSON maps here (resource.go), so that filter (filter.go, match.go) and PATCH (patch.go) work on what the client
// sees. What directories do differently from the RFC is met where it happens, with a comment.
//
// What does not belong here: what an account is and what a group gives (app/provisioning). Start reading at scim.go.
package scim
