package api

import (
	"time"

	"ris/app/council"
)

// Stamp is what every object of its own has. Revision is the ETag that If-Match sends back.
type Stamp struct {
	ID       council.ID `json:"id" format:"uuid"`
	URL      string     `json:"url" doc:"path of the object"`
	Created  time.Time  `json:"created"`
	Modified time.Time  `json:"modified"`
	Revision int64      `json:"revision"`
}

// MeetingSummary is a Sitzung in a list.
type MeetingSummary struct {
	Stamp
	Body             BodyRef           `json:"body"`
	Name             string            `json:"name"`
	Organizations    []OrganizationRef `json:"organizations"`
	Location         *LocationRef      `json:"location"`
	Start            time.Time         `json:"start"`
	End              *time.Time        `json:"end"`
	MeetingState     string            `json:"meetingState" doc:"OParl: terminiert, eingeladen, durchgeführt"`
	Cancelled        bool              `json:"cancelled"`
	State            string            `json:"state" enum:"draft,published,withdrawn"`
	Public           bool              `json:"public" doc:"anonymous visitors may see it"`
	ItemCount        int               `json:"itemCount"`
	PaperCount       int               `json:"paperCount"`
	NewCount         int               `json:"newCount" doc:"files that are new for this person"`
	ProblemCount     int               `json:"problemCount" doc:"clerk: files that were refused or failed and need a hand; 0 for everybody else"`
	MayManage        bool              `json:"mayManage"`
	Mine             bool              `json:"mine" doc:"the viewer sits or substitutes in it"`
	PublishRequested *time.Time        `json:"publishRequested" doc:"a publication still waits for its files"`
	PublishedAt      *time.Time        `json:"publishedAt"`
	Withdrawn        *Withdrawal       `json:"withdrawn" doc:"clerk: when and why it was taken back; null for everybody else"`
}

// Meeting is a Sitzung with its agenda as far as the viewer may see it.
type Meeting struct {
	MeetingSummary
	AgendaItems    []AgendaItem `json:"agendaItems"`
	PendingChanges int          `json:"pendingChanges" doc:"clerk: objects that only the next publication shows to others; 0 for everybody else"`
}

// AgendaItem is a Tagesordnungspunkt with its papers.
type AgendaItem struct {
	Stamp
	Meeting string      `json:"meeting" doc:"path of the meeting"`
	Order   int         `json:"order"`
	Number  string      `json:"number"`
	Name    string      `json:"name"`
	Public  bool        `json:"public"`
	State   string      `json:"state" enum:"draft,published,withdrawn"`
	Result  string      `json:"result"`
	IsNew   bool        `json:"isNew"`
	Papers  []ItemPaper `json:"papers"`
}

// ItemPaper is a paper as it stands on an agenda item.
type ItemPaper struct {
	ID            council.ID  `json:"id" format:"uuid"`
	URL           string      `json:"url"`
	Reference     string      `json:"reference"`
	Name          string      `json:"name"`
	PaperType     string      `json:"paperType"`
	State         string      `json:"state" enum:"draft,published,withdrawn"`
	PublishedAt   *time.Time  `json:"publishedAt" doc:"first publication"`
	IsNew         bool        `json:"isNew"`
	Role          string      `json:"role"`
	Authoritative bool        `json:"authoritative"`
	Revision      int64       `json:"revision"`
	Withdrawn     *Withdrawal `json:"withdrawn" doc:"clerk: when and why it was taken back"`
	Files         []File      `json:"files"`
}

// LocationInput is a known location by its id, or a place in words.
type LocationInput struct {
	ID            council.ID `json:"id,omitempty"`
	Description   string     `json:"description,omitempty" maxLength:"300"`
	Room          string     `json:"room,omitempty" maxLength:"200"`
	StreetAddress string     `json:"streetAddress,omitempty" maxLength:"300"`
	Locality      string     `json:"locality,omitempty" maxLength:"200"`
}

// MeetingInput makes a meeting. Body may be left out by the clerk of one Body.
type MeetingInput struct {
	Body          council.ID     `json:"body,omitempty"`
	Name          string         `json:"name" maxLength:"300"`
	Organizations []council.ID   `json:"organizations" maxItems:"20"`
	Location      *LocationInput `json:"location,omitempty"`
	Start         time.Time      `json:"start"`
	End           *time.Time     `json:"end,omitempty"`
}

// MeetingChange changes what it names.
type MeetingChange struct {
	Name          *string        `json:"name,omitempty" maxLength:"300"`
	Start         *time.Time     `json:"start,omitempty"`
	End           *time.Time     `json:"end,omitempty"`
	Location      *LocationInput `json:"location,omitempty"`
	Cancelled     *bool          `json:"cancelled,omitempty"`
	Organizations *[]council.ID  `json:"organizations,omitempty"`
}

// AgendaItemInput makes an agenda item; it is non-public unless Public says otherwise.
type AgendaItemInput struct {
	Name     string       `json:"name" maxLength:"500"`
	Number   string       `json:"number,omitempty" maxLength:"40"`
	Public   bool         `json:"public,omitempty"`
	Position *int         `json:"position,omitempty" minimum:"0" doc:"place from 0; left out = last"`
	Papers   []council.ID `json:"papers,omitempty" maxItems:"100"`
}

// AgendaItemChange changes what it names.
type AgendaItemChange struct {
	Name   *string `json:"name,omitempty" maxLength:"500"`
	Number *string `json:"number,omitempty" maxLength:"40"`
	Public *bool   `json:"public,omitempty"`
	Result *string `json:"result,omitempty" maxLength:"5000"`
}

// AgendaOrderInput names every agenda item of the meeting in its new order.
type AgendaOrderInput struct {
	Items []council.ID `json:"items" maxItems:"500"`
}

// AttachInput puts a paper on an agenda item.
type AttachInput struct {
	Paper         council.ID `json:"paper"`
	Role          string     `json:"role,omitempty" maxLength:"100" doc:"Vorberatung, Entscheidung, Kenntnisnahme"`
	Authoritative bool       `json:"authoritative,omitempty"`
}

// Withdrawal says when and why something was taken back.
type Withdrawal struct {
	_      struct{}  `nullable:"true"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason" doc:"what the clerk typed, or empty"`
}

// ReasonInput says why something is withdrawn.
type ReasonInput struct {
	Reason string `json:"reason,omitempty" maxLength:"500"`
}

// PublishPreview says what the next publication makes visible to whom.
type PublishPreview struct {
	Public    []PreviewLine    `json:"public" doc:"what anonymous visitors will see"`
	Internal  []PreviewLine    `json:"internal" doc:"what only members inside will see"`
	Withdrawn []PreviewLine    `json:"withdrawn" doc:"papers and files that stay withdrawn"`
	Readers   []PreviewReader  `json:"readers"`
	Blockers  []PreviewBlocker `json:"blockers" doc:"what must be mended first"`
	Warnings  []PreviewBlocker `json:"warnings" doc:"what should be known before; it does not stand in the way"`
	Changes   int              `json:"changes"`
}

// PreviewLine is one object of the preview.
type PreviewLine struct {
	Kind   string     `json:"kind" enum:"meeting,agendaItem,paper,file"`
	ID     council.ID `json:"id" format:"uuid"`
	Number string     `json:"number"`
	Name   string     `json:"name"`
	Change string     `json:"change" enum:"new,changed,same,removed"`
}

// PreviewReader is a group of readers and how many persons it has today.
type PreviewReader struct {
	Label   string `json:"label"`
	Name    string `json:"name"`
	Persons int    `json:"persons"`
}

// PreviewBlocker says what stands against publishing.
type PreviewBlocker struct {
	Object council.ID `json:"object" format:"uuid"`
	URL    string     `json:"url"`
	Text   string     `json:"text"`
}
