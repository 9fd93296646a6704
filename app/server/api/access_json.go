package api

import (
	"time"

	"ris/app/access"
	"ris/app/council"
	"ris/web/locales"
)

// AccessReport says who may see an object at this moment, and why; for the clerk of its Body.
type AccessReport struct {
	Kind     string       `json:"kind" enum:"meeting,agendaItem,paper,file"`
	ID       council.ID   `json:"id" format:"uuid"`
	Name     string       `json:"name"`
	Public   bool         `json:"public" doc:"everybody sees it, also without signing in; then nobody is listed"`
	Note     string       `json:"note" doc:"what holds for everybody at once, or empty"`
	Readers  []AccessLine `json:"readers"`
	Excluded []AccessLine `json:"excluded" doc:"of whom one may wonder why they do not see it"`
}

// AccessLine is a person with the reasons as sentences.
type AccessLine struct {
	Person  council.ID `json:"person" format:"uuid"`
	Name    string     `json:"name"`
	Reasons []string   `json:"reasons"`
}

// Unseen answers why something cannot be seen. It is the same for everything that cannot.
type Unseen struct {
	Title     string          `json:"title"`
	Sentences []string        `json:"sentences"`
	Contacts  []UnseenContact `json:"contacts"`
}

// UnseenContact is whom to ask.
type UnseenContact struct {
	Body  string `json:"body"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

// AccessRules are what a Body has decided about its readers.
type AccessRules struct {
	Body          BodyRef           `json:"body"`
	Settings      AccessSettings    `json:"settings"`
	Deputies      []Deputy          `json:"deputies" doc:"standing deputies, not past"`
	Organizations []OrganizationRef `json:"organizations"`
	Persons       []NamedPerson     `json:"persons"`
	Revision      int64             `json:"revision"`
}

// AccessSettings are the choices; the careful ones are the default.
type AccessSettings struct {
	ConflictMode       string `json:"conflictMode" enum:"hide,mark,declare" doc:"what a conflict of interest does that is recorded from now on"`
	DeputiesRead       bool   `json:"deputiesRead" doc:"standing deputies read what their committee reads, also while nobody is substituted"`
	NewcomersReadOlder bool   `json:"newcomersReadOlder" doc:"members read the non-public papers of terms before their seat"`
	FormerDays         int    `json:"formerDays" minimum:"0" maximum:"90" doc:"days after the end of a term for which its last members go on reading it"`
	MayorReads         bool   `json:"mayorReads" doc:"the mayor reads as a member of each committee"`
	GroupOfficesRead   bool   `json:"groupOfficesRead" doc:"offices of groups read what the committees read in which the group has a seat"`
}

// Deputy is a standing deputy. Dates are days, YYYY-MM-DD; an empty end is open.
type Deputy struct {
	ID           council.ID `json:"id" format:"uuid"`
	Organization council.ID `json:"organization" format:"uuid"`
	Person       council.ID `json:"person" format:"uuid"`
	Start        string     `json:"start"`
	End          string     `json:"end"`
	Revision     int64      `json:"revision"`
}

// DeputyInput appoints one.
type DeputyInput struct {
	Organization council.ID `json:"organization"`
	Person       council.ID `json:"person"`
	Start        string     `json:"start,omitempty" pattern:"^(\\d{4}-\\d{2}-\\d{2})?$" doc:"left out = today"`
	End          string     `json:"end,omitempty" pattern:"^(\\d{4}-\\d{2}-\\d{2})?$" doc:"last day; left out = open"`
}

// NamedPerson can be chosen.
type NamedPerson struct {
	ID   council.ID `json:"id" format:"uuid"`
	Name string     `json:"name"`
}

func accessReport(r access.Report, lang string, zone *time.Location) AccessReport {
	out := AccessReport{Kind: string(r.Kind), ID: r.ID, Name: r.Name, Public: r.Public, Readers: []AccessLine{}, Excluded: []AccessLine{}}
	switch {
	case r.Public:
		out.Note = locales.T(lang, "access.note.public")
	case r.State == council.Withdrawn:
		out.Note = locales.T(lang, "access.note.withdrawn")
	case r.State != council.Published:
		out.Note = locales.T(lang, "access.note.draft")
	}
	line := func(l access.Line) AccessLine {
		x := AccessLine{Person: l.Person.ID, Name: l.Person.Name, Reasons: []string{}}
		for _, reason := range l.Reasons {
			x.Reasons = append(x.Reasons, sentence(reason, lang, zone))
		}
		return x
	}
	for _, l := range r.Readers {
		out.Readers = append(out.Readers, line(l))
	}
	for _, l := range r.Excluded {
		out.Excluded = append(out.Excluded, line(l))
	}
	return out
}

func sentence(r access.Reason, lang string, zone *time.Location) string {
	text := locales.T(lang, r.Key, r.Args...)
	switch {
	case r.Until.IsZero():
		return text
	case r.Moment:
		return text + locales.T(lang, "access.until_moment", "date", r.Until.In(zone).Format("02.01.2006, 15:04"))
	}
	return text + locales.T(lang, "access.until", "date", r.Until.Format("02.01.2006"))
}

func accessRules(r access.Rules) AccessRules {
	s := r.Settings
	out := AccessRules{Body: bodyRef(r.Body), Deputies: []Deputy{}, Organizations: []OrganizationRef{}, Persons: []NamedPerson{}, Revision: r.Revision,
		Settings: AccessSettings{string(s.ConflictMode), s.DeputiesRead, s.NewcomersReadOlder, s.FormerDays, s.MayorReads, s.GroupOfficesRead}}
	for _, d := range r.Deputies {
		out.Deputies = append(out.Deputies, deputy(d))
	}
	for _, o := range r.Organizations {
		out.Organizations = append(out.Organizations, organizationRef(o))
	}
	for _, p := range r.Persons {
		out.Persons = append(out.Persons, NamedPerson{p.ID, p.Name})
	}
	return out
}

func deputy(d council.Deputy) Deputy {
	out := Deputy{ID: d.ID, Organization: d.Organization, Person: d.Person, Start: d.Start.Format(time.DateOnly), Revision: d.Revision}
	if !d.End.IsZero() {
		out.End = d.End.Format(time.DateOnly)
	}
	return out
}
