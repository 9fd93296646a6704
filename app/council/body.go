package council

import "time"

// Stamp is what every stored object has. Revision starts at 1 and grows by one with each change (ETag, If-Match).
// Times are UTC with microseconds.
type Stamp struct {
	ID       ID
	Created  time.Time
	Modified time.Time
	Revision int64
}

// Body is a Koerperschaft (OParl Body): one municipality. All other objects belong to exactly one Body.
type Body struct {
	Stamp
	Name           string // "Stadt Lindenbrück"
	ShortName      string // "Lindenbrück"
	AGS            string // Amtlicher Gemeindeschluessel, 8 digits, or empty
	Classification string // "Stadt", "Gemeinde", "Amt"
	Website        string // URL or empty
	License        string // URL of the licence for the published data
	ContactEmail   string
	ContactName    string
	// WatermarkText is the template of the personal mark: {name} {account} {date} {body} are replaced; empty = default.
	WatermarkText string
}

// LegislativeTerm is a Wahlperiode. Start and End are dates (midnight UTC); a zero End is open.
type LegislativeTerm struct {
	Stamp
	Body  ID
	Name  string
	Start time.Time
	End   time.Time
}

// Organization is a Gremium, a Fraktion or an office (OParl Organization).
type Organization struct {
	Stamp
	Body           ID
	Name           string
	ShortName      string
	Type           OrganizationType
	Classification string // OParl: full words, the council itself is "Parlament"
	Start          time.Time
	End            time.Time // zero = open
}

// OrganizationType holds the values of OParl 1.1, section Organization.
type OrganizationType string

const (
	Committee OrganizationType = "Gremium"
	Faction   OrganizationType = "Fraktion"
	Office    OrganizationType = "Verwaltungsbereich"
)

// Person is a Mandatstraeger or a member of the administration (OParl Person).
// Account is the verified e-mail address by which the first sign-in finds the person; it is never published.
type Person struct {
	Stamp
	Body       ID // home Body; a person can hold memberships and grants in several
	Name       string
	FamilyName string
	GivenName  string
	Title      string // academic title, "Dr."
	Gender     string // OParl: female, male, other; empty = unknown
	Account    string
	// Locked is since when the office (desk or table) lets the person not sign in and hold no right; zero = not locked by it. Council
	// records stay. LockedBy is the way by which that lock came, empty without one.
	Locked   time.Time
	LockedBy LockOrigin
	// DirectoryLocked is the same for the directory's lock. Each opens only its own; the office opens both.
	DirectoryLocked time.Time
	// Unconfirmed: the directory made the person, and no clerk has given a seat or a role, or confirmed it. What groups give does not count.
	Unconfirmed bool
}

// Membership is a seat of a person in an organization for a time. Start and End are dates, both inclusive; a zero End is open.
type Membership struct {
	Stamp
	Body         ID
	Person       ID
	Organization ID
	Role         string // "Vorsitzende", "Mitglied", "sachkundiger Bürger"
	VotingRight  bool
	OnBehalfOf   ID // the Fraktion that sent the person, or empty
	Start        time.Time
	End          time.Time
}

// Grant is a role of the administration in a Body for a time (dates inclusive, zero End = open).
type Grant struct {
	Stamp
	Body   ID
	Person ID
	Role   Role
	Start  time.Time
	End    time.Time
	Source string // who keeps it: empty = by hand, FromDirectory
	// Organization is the Fraktion whose office it is (GroupOffice); empty for all other roles.
	Organization ID
}

// Role is a kind of work for the administration. A seat in the council is a Membership, not a Role.
type Role string

const (
	Clerk Role = "clerk" // Sitzungsdienst
	Mayor Role = "mayor" // Bürgermeister: reads by membership; the role names the office
	IT    Role = "it"    // runs the system, may read no paper
	// GroupOffice works in the office of a Fraktion (Grant.Organization).
	GroupOffice Role = "group_office"
)

// Location is a Sitzungsort (OParl Location).
type Location struct {
	Stamp
	Body          ID
	Description   string
	Room          string
	StreetAddress string
	PostalCode    string
	Locality      string
}
