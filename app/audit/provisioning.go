package audit

// The acts on master data, accounts and the directory (app/provisioning). Lines name rows, never what stands in them.
const (
	ImportApply        = "import.apply"
	ImportUndo         = "import.undo"
	ImportExport       = "import.export" // the persons of a Body were given out as a file
	BodyAdd            = "body.add"
	BodyChange         = "body.change"
	TermAdd            = "legislative_term.add"
	TermChange         = "legislative_term.change"
	TermEnd            = "legislative_term.end"
	OrganizationAdd    = "organization.add"
	OrganizationChange = "organization.change"
	OrganizationEnd    = "organization.end"
	PersonAdd          = "person.add"
	PersonChange       = "person.change"
	PersonLock         = "person.end" // may not sign in any more
	MembershipAdd      = "membership.add"
	MembershipChange   = "membership.change"
	MembershipEnd      = "membership.end"
	GrantAdd           = "grant.add"
	GrantChange        = "grant.change"
	GrantEnd           = "grant.end"
	IdentityUnlink     = "identity.unlink"
	AccountWant        = "person.account_want"   // the directory wants another address; a clerk decides
	AccountTake        = "person.account_take"   // the clerk took it
	AccountRefuse      = "person.account_refuse" // the clerk refused it
	ScimClientAdd      = "scim_client.add"
	ScimClientRevoke   = "scim_client.revoke"
	ScimGroupAdd       = "scim_group.add"
	ScimGroupChange    = "scim_group.change"
	ScimGroupDelete    = "scim_group.delete"
	ScimUserDelete     = "scim_user.delete"
)
