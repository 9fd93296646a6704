package readmodel

// TypeURL is the prefix of OParl type names.
const TypeURL = "https://schema.oparl.org/1.1/"

// Head is what every OParl object has. Created and Modified are DateTime values and stand on embedded objects, too (1.1).
type Head struct {
	ID       URL    `json:"id"`
	Type     string `json:"type"`
	Created  string `json:"created"`
	Modified string `json:"modified"`
	License  string `json:"license,omitempty"`
	Web      URL    `json:"web,omitempty"`
	Deleted  bool   `json:"deleted,omitempty"`
}

// OParlBody is OParl 1.1's Body. The six lists after LegislativeTerm are demanded by the text only.
type OParlBody struct {
	Head
	System              URL                    `json:"system"`
	Name                string                 `json:"name"`
	ShortName           string                 `json:"shortName,omitempty"`
	Website             string                 `json:"website,omitempty"`
	AGS                 string                 `json:"ags,omitempty"`
	ContactEmail        string                 `json:"contactEmail,omitempty"`
	ContactName         string                 `json:"contactName,omitempty"`
	Classification      string                 `json:"classification,omitempty"`
	Organization        URL                    `json:"organization"`
	Person              URL                    `json:"person"`
	Meeting             URL                    `json:"meeting"`
	Paper               URL                    `json:"paper"`
	LegislativeTerm     []OParlLegislativeTerm `json:"legislativeTerm"` // required, may be []
	AgendaItem          URL                    `json:"agendaItem"`
	Consultation        URL                    `json:"consultation"`
	File                URL                    `json:"file"`
	Membership          URL                    `json:"membership"`
	LocationList        URL                    `json:"locationList"`
	LegislativeTermList URL                    `json:"legislativeTermList"`
}

// OParlLegislativeTerm is OParl 1.1's LegislativeTerm; dates are days.
type OParlLegislativeTerm struct {
	Head
	Body      URL    `json:"body"`
	Name      string `json:"name,omitempty"`
	StartDate string `json:"startDate,omitempty"`
	EndDate   string `json:"endDate,omitempty"`
}

// OParlOrganization is OParl 1.1's Organization. Meeting and Consultation are lists of their own.
type OParlOrganization struct {
	Head
	Body             URL    `json:"body"`
	Name             string `json:"name,omitempty"`
	ShortName        string `json:"shortName,omitempty"`
	Membership       []URL  `json:"membership,omitempty"`
	Meeting          URL    `json:"meeting"`
	Consultation     URL    `json:"consultation"`
	OrganizationType string `json:"organizationType,omitempty"`
	Classification   string `json:"classification,omitempty"`
	StartDate        string `json:"startDate,omitempty"`
	EndDate          string `json:"endDate,omitempty"`
}

// OParlPerson is OParl 1.1's Person, without any way to reach the person: those need the person's consent.
type OParlPerson struct {
	Head
	Body       URL               `json:"body"`
	Name       string            `json:"name,omitempty"`
	FamilyName string            `json:"familyName,omitempty"`
	GivenName  string            `json:"givenName,omitempty"`
	Title      []string          `json:"title,omitempty"`
	Gender     string            `json:"gender,omitempty"`
	Membership []OParlMembership `json:"membership,omitempty"`
}

// OParlMembership is OParl 1.1's Membership; dates are days.
type OParlMembership struct {
	Head
	Person       URL    `json:"person"`
	Organization URL    `json:"organization"`
	Role         string `json:"role,omitempty"`
	VotingRight  bool   `json:"votingRight"`
	StartDate    string `json:"startDate,omitempty"`
	EndDate      string `json:"endDate,omitempty"`
	OnBehalfOf   URL    `json:"onBehalfOf,omitempty"`
}

// OParlMeeting is OParl 1.1's Meeting. Participant is left out: attendance needs consent.
type OParlMeeting struct {
	Head
	Name         string            `json:"name,omitempty"`
	MeetingState string            `json:"meetingState,omitempty"`
	Cancelled    bool              `json:"cancelled"`
	Start        string            `json:"start,omitempty"`
	End          string            `json:"end,omitempty"`
	Location     *OParlLocation    `json:"location,omitempty"`
	Organization []URL             `json:"organization,omitempty"`
	AgendaItem   []OParlAgendaItem `json:"agendaItem,omitempty"`
}

// OParlAgendaItem is OParl 1.1's AgendaItem. Order counts the public items from 0 without gaps, so that it does not tell
// how many others there are.
type OParlAgendaItem struct {
	Head
	Meeting      URL    `json:"meeting"`
	Number       string `json:"number,omitempty"`
	Order        int    `json:"order"`
	Name         string `json:"name,omitempty"`
	Public       bool   `json:"public"`
	Consultation URL    `json:"consultation,omitempty"`
	Result       string `json:"result,omitempty"`
}

// OParlPaper is OParl 1.1's Paper.
type OParlPaper struct {
	Head
	Body          URL                 `json:"body"`
	Name          string              `json:"name,omitempty"`
	Reference     string              `json:"reference,omitempty"`
	Date          string              `json:"date,omitempty"`
	PaperType     string              `json:"paperType,omitempty"`
	MainFile      *OParlFile          `json:"mainFile,omitempty"`
	AuxiliaryFile []OParlFile         `json:"auxiliaryFile,omitempty"`
	Consultation  []OParlConsultation `json:"consultation,omitempty"`
}

// OParlConsultation is OParl 1.1's Consultation.
type OParlConsultation struct {
	Head
	Paper         URL    `json:"paper"`
	AgendaItem    URL    `json:"agendaItem,omitempty"`
	Meeting       URL    `json:"meeting,omitempty"`
	Organization  []URL  `json:"organization,omitempty"`
	Authoritative bool   `json:"authoritative"`
	Role          string `json:"role,omitempty"`
}

// OParlFile is OParl 1.1's File. Size is bytes. Name has no extension. AccessURL never sends Content-Disposition: attachment.
type OParlFile struct {
	Head
	Name           string `json:"name,omitempty"`
	FileName       string `json:"fileName,omitempty"`
	MimeType       string `json:"mimeType"`
	Date           string `json:"date,omitempty"`
	Size           int64  `json:"size"`
	SHA512Checksum string `json:"sha512Checksum"`
	AccessURL      URL    `json:"accessUrl"`
	DownloadURL    URL    `json:"downloadUrl"`
	Paper          []URL  `json:"paper,omitempty"`
}

// OParlLocation is OParl 1.1's Location.
type OParlLocation struct {
	Head
	Description   string `json:"description,omitempty"`
	StreetAddress string `json:"streetAddress,omitempty"`
	Room          string `json:"room,omitempty"`
	PostalCode    string `json:"postalCode,omitempty"`
	Locality      string `json:"locality,omitempty"`
}
