package demo

import (
	"embed"
	"encoding/json"
	"fmt"

	"ris/app/demo/pdfgen"
)

//go:embed town/*.json
var townFiles embed.FS

// Town is the invented town as data. Keys tie the parts together and are never stored.
type Town struct {
	Bodies        []TownBody         `json:"bodies"`
	Locations     []TownLocation     `json:"locations"`
	Organizations []TownOrganization `json:"organizations"`
	Persons       []TownPerson       `json:"persons"`
	Meetings      []TownMeeting      `json:"meetings"`
	Substitutions []TownSubstitution `json:"substitutions"`
	Conflicts     []TownConflict     `json:"conflicts"`
	Papers        []TownPaper        `json:"-"`
	Phrases       pdfgen.Phrases     `json:"-"`
}

// TownBody is a municipality.
type TownBody struct {
	Key, Name, ShortName, AGS, Classification, Website, ContactName, ContactEmail string
}

// TownLocation is a place of meetings.
type TownLocation struct {
	Key, Body, Description, Room, Street, PostalCode, Locality string
}

// TownOrganization is the council, a committee or a parliamentary group; Meeting is how its meetings are called.
type TownOrganization struct {
	Key, Body, Name, ShortName, Type, Classification, Meeting string
}

// TownPerson has seats "organization" or "organization:role", and grants "body:role". Past: sat in the council of the past
// term too; Ended: gave up the seat.
type TownPerson struct {
	Key, Title, Given, Family, Gender, Account, Faction, Home string
	Seats, Grants                                             []string
	Past, Ended                                               bool
}

// TownMeeting lies about Day days after the first start (negative: before; see meetingDay) at At o'clock local time.
type TownMeeting struct {
	Key, Location, At string
	Organizations     []string
	Day, Hours        int
	Draft             bool
	Items             []TownItem
}

// TownItem is an agenda item.
type TownItem struct {
	Name, Result string
	Public       bool
	Papers       []string
}

// TownPaper is a paper with its cover letter and annexes.
type TownPaper struct {
	Key, Body, Name, Type, Department, Proposal, Kind string
	Text                                              []string
	Pages                                             int
	Annexes                                           []TownAnnex
}

// TownAnnex is an Anlage.
type TownAnnex struct {
	Name, Kind string
	Pages      int
}

// TownSubstitution: for one meeting, Substitute acts for Absent.
type TownSubstitution struct{ Meeting, Organization, Absent, Substitute string }

// TownConflict: the person may not take part in the item named.
type TownConflict struct{ Meeting, Item, Person, Reason, Decider string }

// LoadTown reads the embedded data; an unknown field is an error.
func LoadTown() (Town, error) {
	var t Town
	for name, into := range map[string]any{"town": &t, "papers": &t.Papers, "phrases": &t.Phrases} {
		data, err := townFiles.ReadFile("town/" + name + ".json")
		if err != nil {
			return t, fmt.Errorf("demo: %w", err)
		}
		if err := json.Unmarshal(data, into); err != nil {
			return t, fmt.Errorf("demo: town/%s.json: %w", name, err)
		}
	}
	return t, nil
}

// Accounts are those with which somebody can sign in: address and what the person is.
func (t Town) Accounts() []TownPerson {
	var out []TownPerson
	for _, p := range t.Persons {
		if p.Account != "" {
			out = append(out, p)
		}
	}
	return out
}
