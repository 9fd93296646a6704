package api

import (
	"time"

	"ris/app/council"
	"ris/app/provisioning"
	"ris/web/locales"
)

// PersonSeat is a seat in a committee or Fraktion; days are YYYY-MM-DD.
type PersonSeat struct {
	ID           council.ID       `json:"id"`
	Organization OrganizationRef  `json:"organization"`
	Role         string           `json:"role"`
	VotingRight  bool             `json:"votingRight"`
	OnBehalfOf   *OrganizationRef `json:"onBehalfOf" doc:"the Fraktion that sent the person"`
	Start        *string          `json:"start"`
	End          *string          `json:"end" doc:"last day; null = open"`
}

// PersonGrant is a role of the administration.
type PersonGrant struct {
	ID           council.ID       `json:"id"`
	Body         council.ID       `json:"body"`
	Role         string           `json:"role"`
	Organization *OrganizationRef `json:"organization" doc:"the Fraktion whose office it is (group_office); null for all other roles"`
	Start        *string          `json:"start"`
	End          *string          `json:"end"`
	Kept         string           `json:"kept" doc:"empty = by hand; else by the directory or the sign-in, and changed there"`
}

// PersonAccountWant is another address that the directory wants for a person; it waits for the clerk (POST /persons/{id}/account).
type PersonAccountWant struct {
	Account string    `json:"account"`
	Since   time.Time `json:"since"`
}

// PersonCard is a person as the clerk keeps them.
type PersonCard struct {
	ID          council.ID         `json:"id"`
	Body        council.ID         `json:"body"`
	Name        string             `json:"name"`
	Title       string             `json:"title"`
	GivenName   string             `json:"givenName"`
	FamilyName  string             `json:"familyName"`
	Gender      string             `json:"gender"`
	Account     string             `json:"account"`
	Locked      *time.Time         `json:"locked" doc:"from then on nobody signs in with this account; null = open"`
	LockedBy    string             `json:"lockedBy" enum:",clerk,import,directory" doc:"whose lock it is; the directory opens only its own; empty = open"`
	Unconfirmed bool               `json:"unconfirmed" doc:"made by the directory and not confirmed: what its groups give does not count yet"`
	Wanted      *PersonAccountWant `json:"wanted" doc:"another address that the directory wants; null = none; only in lists"`
	SignedIn    bool               `json:"signedIn" doc:"has signed in at least once"`
	Home        bool               `json:"home" doc:"name and account can be changed here"`
	Seats       []PersonSeat       `json:"seats"`
	Grants      []PersonGrant      `json:"grants"`
	Revision    int64              `json:"revision"`
}

// PersonDone is a person after an act; Undo is the act's id for POST /imports/{id}/undo, empty when nothing was changed.
type PersonDone struct {
	Person PersonCard `json:"person"`
	Undo   string     `json:"undo"`
}

// SeatWish is a seat to make (without id) or to change.
type SeatWish struct {
	ID           council.ID `json:"id,omitempty" maxLength:"36"`
	Organization council.ID `json:"organization,omitempty" maxLength:"36"`
	Role         string     `json:"role,omitempty" maxLength:"100"`
	VotingRight  bool       `json:"votingRight,omitempty"`
	OnBehalfOf   council.ID `json:"onBehalfOf,omitempty" maxLength:"36"`
	Start        string     `json:"start,omitempty" maxLength:"10" doc:"YYYY-MM-DD; empty = today"`
	End          string     `json:"end,omitempty" maxLength:"10" doc:"last day; empty = open"`
}

// GrantWish is a role to give (without id) or to change.
type GrantWish struct {
	ID           council.ID `json:"id,omitempty" maxLength:"36"`
	Role         string     `json:"role,omitempty" enum:"clerk,mayor,it,group_office"`
	Organization council.ID `json:"organization,omitempty" maxLength:"36" doc:"the Fraktion of group_office"`
	Start        string     `json:"start,omitempty" maxLength:"10"`
	End          string     `json:"end,omitempty" maxLength:"10"`
}

// PersonWish is what is to be kept; what is left out stays.
type PersonWish struct {
	Home       council.ID  `json:"body,omitempty" maxLength:"36" doc:"home of a new person"`
	Title      *string     `json:"title,omitempty" maxLength:"100"`
	GivenName  *string     `json:"givenName,omitempty" maxLength:"200"`
	FamilyName *string     `json:"familyName,omitempty" maxLength:"200"`
	Gender     *string     `json:"gender,omitempty" maxLength:"10"`
	Account    *string     `json:"account,omitempty" maxLength:"254" doc:"e-mail address by which the first sign-in finds the person"`
	Open       *bool       `json:"open,omitempty" doc:"true = may sign in again"`
	Confirm    bool        `json:"confirm,omitempty" doc:"the office knows this person, whom the directory made"`
	Seats      []SeatWish  `json:"seats,omitempty" maxItems:"200"`
	Grants     []GrantWish `json:"grants,omitempty" maxItems:"20"`
}

// PersonEnding says with which day it ends; empty = at once.
type PersonEnding struct {
	On string `json:"on,omitempty" maxLength:"10" doc:"last day, YYYY-MM-DD; empty = now"`
}

// ImportFile is a table to look at or to take over.
type ImportFile struct {
	In       council.ID `json:"body,omitempty" maxLength:"36" doc:"the Body that is meant where a line names none"`
	FileName string     `json:"fileName" maxLength:"300"`
	Data     []byte     `json:"data" doc:"CSV as it is, in base64"`
	Complete bool       `json:"complete,omitempty" doc:"seats of the named committees that are not in the file end"`
	EndsOn   string     `json:"endsOn,omitempty" maxLength:"10" doc:"their last day; empty = yesterday"`
	Digest   string     `json:"digest,omitempty" maxLength:"64" doc:"of the preview that was seen; needed to take it over"`
}

// ImportField is a value that changes.
type ImportField struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// ImportLine is a row that changes.
type ImportLine struct {
	Op     string        `json:"op" enum:"added,changed,ended"`
	Kind   string        `json:"kind"`
	Text   string        `json:"text" doc:"the kind in words"`
	Label  string        `json:"label"`
	Line   int           `json:"line" doc:"of the file; 0 = follows from another"`
	Fields []ImportField `json:"fields"`
}

// ImportNote is what is to be said of a line.
type ImportNote struct {
	Line int    `json:"line" doc:"0 = of the whole"`
	Text string `json:"text"`
}

// ImportPreview is what a file would do. Problems keep it out as a whole.
type ImportPreview struct {
	Lines    []ImportLine `json:"lines"`
	Problems []ImportNote `json:"problems"`
	Hints    []ImportNote `json:"hints"`
	Same     int          `json:"same"`
	Added    int          `json:"added"`
	Changed  int          `json:"changed"`
	Ended    int          `json:"ended"`
	Digest   string       `json:"digest"`
}

// ImportAct is an act on master data that was done.
type ImportAct struct {
	ID      council.ID `json:"id"`
	Source  string     `json:"source" doc:"name of the file; desk = at the desk, directory = by the directory"`
	By      string     `json:"by"`
	At      time.Time  `json:"at"`
	Added   int        `json:"added"`
	Changed int        `json:"changed"`
	Ended   int        `json:"ended"`
	Undone  *time.Time `json:"undone"`
	MayUndo bool       `json:"mayUndo"`
}

func (w PersonWish) wish() (provisioning.Wish, error) {
	out := provisioning.Wish{Body: w.Home, Title: w.Title, GivenName: w.GivenName, FamilyName: w.FamilyName, Gender: w.Gender, Account: w.Account, Open: w.Open, Confirm: w.Confirm}
	for _, s := range w.Seats {
		start, end, err := days(s.Start, s.End)
		if err != nil {
			return out, err
		}
		out.Seats = append(out.Seats, provisioning.SeatWish{ID: s.ID, Organization: s.Organization, Role: s.Role, VotingRight: s.VotingRight, OnBehalfOf: s.OnBehalfOf, Start: start, End: end})
	}
	for _, g := range w.Grants {
		start, end, err := days(g.Start, g.End)
		if err != nil {
			return out, err
		}
		out.Grants = append(out.Grants, provisioning.GrantWish{ID: g.ID, Role: council.Role(g.Role), Organization: g.Organization, Start: start, End: end})
	}
	return out, nil
}

func days(a, b string) (start, end time.Time, err error) {
	if start, err = calendarDay(a); err == nil {
		end, err = calendarDay(b)
	}
	return start, end, err
}

func calendarDay(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return t, council.E(council.Invalid, "import.error.day", "value", s)
	}
	return t, nil
}

func (f ImportFile) file() (provisioning.File, error) {
	ends, err := calendarDay(f.EndsOn)
	return provisioning.File{Name: f.FileName, Data: f.Data, Body: f.In, Complete: f.Complete, EndsOn: ends}, err
}

func importPreview(p provisioning.Preview, lang string) ImportPreview {
	out := ImportPreview{Lines: []ImportLine{}, Problems: importNotes(p.Problems, lang), Hints: importNotes(p.Hints, lang), Same: p.Same, Digest: p.Digest}
	for _, l := range p.Lines {
		line := ImportLine{Op: string(l.Op), Kind: string(l.Kind), Text: locales.T(lang, "import.kind."+string(l.Kind)), Label: l.Label, Line: l.Source, Fields: []ImportField{}}
		for _, f := range l.Fields {
			line.Fields = append(line.Fields, ImportField{locales.T(lang, "import.field."+f.Name), f.Before, f.After})
		}
		out.Lines = append(out.Lines, line)
		switch l.Op {
		case provisioning.Added:
			out.Added++
		case provisioning.Ended:
			out.Ended++
		default:
			out.Changed++
		}
	}
	return out
}

func importNotes(all []provisioning.Note, lang string) []ImportNote {
	out := []ImportNote{}
	for _, n := range all {
		out = append(out, ImportNote{n.Line, locales.T(lang, n.Key, n.Args...)})
	}
	return out
}

func importAct(a provisioning.Act) ImportAct {
	return ImportAct{ID: a.ID, Source: a.Source, By: a.By, At: a.Created.UTC(), Added: a.Added, Changed: a.Changed, Ended: a.Ended, Undone: moment(a.UndoneAt), MayUndo: a.MayUndo}
}
