package api

import (
	"time"

	"ris/app/council"
)

// BodyRef names a Körperschaft.
type BodyRef struct {
	ID        council.ID `json:"id"`
	Name      string     `json:"name"`
	ShortName string     `json:"shortName"`
}

// OrganizationRef names a Gremium or a Fraktion.
type OrganizationRef struct {
	ID        council.ID `json:"id"`
	Name      string     `json:"name"`
	ShortName string     `json:"shortName"`
	Type      string     `json:"type" doc:"OParl organizationType: Gremium, Fraktion, Verwaltungsbereich"`
}

// Organization is a Gremium, a Fraktion or an office of a Body.
type Organization struct {
	OrganizationRef
	Body council.ID `json:"body"`
}

// LocationRef is a Sitzungsort.
type LocationRef struct {
	_             struct{}   `nullable:"true"`
	ID            council.ID `json:"id"`
	Description   string     `json:"description"`
	Room          string     `json:"room"`
	StreetAddress string     `json:"streetAddress"`
	Locality      string     `json:"locality"`
}

// MeBody is a Body in which the person works or sits.
type MeBody struct {
	BodyRef
	Roles []string `json:"roles" doc:"clerk, mayor, it"`
}

// MeMembership is a seat in force today.
type MeMembership struct {
	Organization OrganizationRef `json:"organization"`
	Role         string          `json:"role"`
	Start        *string         `json:"start" doc:"day, YYYY-MM-DD"`
	End          *string         `json:"end" doc:"day, YYYY-MM-DD; null = open"`
}

// Me is the person who is signed in.
type Me struct {
	ID          council.ID     `json:"id"`
	Name        string         `json:"name"`
	Account     string         `json:"account"`
	Roles       []string       `json:"roles" doc:"clerk, mayor, it: in any Body"`
	Bodies      []MeBody       `json:"bodies"`
	Memberships []MeMembership `json:"memberships"`
	LastVisit   *time.Time     `json:"lastVisit" doc:"end of the visit before this one"`
	UploadLimit int64          `json:"uploadLimit" doc:"bytes of the largest PDF that is accepted, so that a device can say so before sending"`
}

// List is a page of anything; Next is the full path of the next page, or empty.
type List[T any] struct {
	Data []T    `json:"data"`
	Next string `json:"next"`
}
