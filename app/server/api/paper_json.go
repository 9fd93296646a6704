package api

import (
	"time"

	"ris/app/council"
)

// Paper is a Vorlage with its files and its Beratungsfolge as far as the viewer may see them.
type Paper struct {
	Stamp
	Body          BodyRef        `json:"body"`
	Name          string         `json:"name"`
	Reference     string         `json:"reference"`
	PaperType     string         `json:"paperType"`
	Date          *string        `json:"date" doc:"day, YYYY-MM-DD"`
	State         string         `json:"state" enum:"draft,published,withdrawn"`
	PublishedAt   *time.Time     `json:"publishedAt"`
	IsNew         bool           `json:"isNew"`
	MayManage     bool           `json:"mayManage"`
	Withdrawn     *Withdrawal    `json:"withdrawn" doc:"clerk: when and why it was taken back"`
	Files         []File         `json:"files"`
	Consultations []Consultation `json:"consultations"`
	Audience      *PaperAudience `json:"audience" doc:"clerk only: who can read it now"`
}

// PaperAudience says who can read a paper.
type PaperAudience struct {
	_       struct{} `nullable:"true"`
	Public  bool     `json:"public"`
	Readers []string `json:"readers" doc:"in words"`
}

// Consultation is a stop of the Beratungsfolge.
type Consultation struct {
	ID            council.ID       `json:"id" format:"uuid"`
	Organization  *OrganizationRef `json:"organization"`
	Meeting       *MeetingRef      `json:"meeting"`
	AgendaItem    *AgendaItemRef   `json:"agendaItem"`
	Role          string           `json:"role"`
	Authoritative bool             `json:"authoritative"`
}

// MeetingRef names a meeting.
type MeetingRef struct {
	_     struct{}   `nullable:"true"`
	ID    council.ID `json:"id" format:"uuid"`
	URL   string     `json:"url"`
	Name  string     `json:"name"`
	Start time.Time  `json:"start"`
}

// AgendaItemRef names an agenda item.
type AgendaItemRef struct {
	_      struct{}   `nullable:"true"`
	ID     council.ID `json:"id" format:"uuid"`
	URL    string     `json:"url"`
	Number string     `json:"number"`
	Name   string     `json:"name"`
	Result string     `json:"result"`
}

// PaperInput makes a paper; it stays a draft until its meeting is published.
type PaperInput struct {
	Name       string     `json:"name" maxLength:"500"`
	Reference  string     `json:"reference,omitempty" maxLength:"100"`
	PaperType  string     `json:"paperType,omitempty" maxLength:"100"`
	Body       council.ID `json:"body,omitempty"`
	AgendaItem council.ID `json:"agendaItem,omitempty" doc:"put it on this agenda item at once"`
}

// PaperChange changes what it names.
type PaperChange struct {
	Name      *string `json:"name,omitempty" maxLength:"500"`
	Reference *string `json:"reference,omitempty" maxLength:"100"`
	PaperType *string `json:"paperType,omitempty" maxLength:"100"`
}

// File is a document of a paper. Version is the one that readers get; Latest is the clerk's newest upload when it differs.
type File struct {
	Stamp
	Paper      string         `json:"paper" doc:"path of the paper"`
	PaperID    council.ID     `json:"paperId" format:"uuid"`
	Role       string         `json:"role" enum:"main,auxiliary"`
	Order      int            `json:"order"`
	Name       string         `json:"name"`
	FileName   string         `json:"fileName"`
	State      string         `json:"state" enum:"draft,published,withdrawn"`
	Processing string         `json:"processing" enum:"received,checking,readable,searchable,refused"`
	Problem    *FileProblem   `json:"problem"`
	Findings   []FileProblem  `json:"findings" doc:"clerk: what to know of the newest version before publishing it"`
	Size       int64          `json:"size" doc:"bytes of the personal copy; of the upload while it is not ready"`
	Pages      int            `json:"pages"`
	Thumbnails int            `json:"thumbnails" doc:"so many of the first pages have a small picture; 0 = none yet"`
	Reading    int64          `json:"readingSize" doc:"bytes of the reduced reading copy (?reading=1); 0 = there is none"`
	Version    FileVersionRef `json:"version"`
	Latest     *LatestVersion `json:"latest"`
	Versions   []FileVersion  `json:"versions" doc:"all versions that the viewer may read, newest first"`
	IsNew      bool           `json:"isNew"`
	NonPublic  bool           `json:"nonPublic"`
	Withdrawn  *Withdrawal    `json:"withdrawn" doc:"clerk: when and why it was taken back"`
	Mode       string         `json:"mode" enum:",standard,interleaved,raster" doc:"clerk: how copies are made, as chosen for this file; empty = by the type of the paper"`
}

// FileChange changes what it names.
type FileChange struct {
	Name *string `json:"name,omitempty" maxLength:"200"`
	Role *string `json:"role,omitempty" enum:"main,auxiliary" doc:"a new main file makes the former one auxiliary"`
	Mode *string `json:"mode,omitempty" enum:",standard,interleaved,raster" doc:"how copies are made; empty = by the type of the paper. The newest version is worked anew; 409 when it is published"`
}

// FileProblem says what is wrong with a file and what to do.
type FileProblem struct {
	_    struct{} `nullable:"true"`
	Key  string   `json:"key"`
	Text string   `json:"text"`
}

// FileVersionRef is the version that a reader gets.
type FileVersionRef struct {
	ID          council.ID `json:"id" format:"uuid"`
	Number      int        `json:"number"`
	PublishedAt *time.Time `json:"publishedAt"`
	State       string     `json:"state" enum:"draft,published,withdrawn"`
}

// LatestVersion is the clerk's newest upload while readers still get another.
type LatestVersion struct {
	_          struct{}     `nullable:"true"`
	ID         council.ID   `json:"id" format:"uuid"`
	Number     int          `json:"number"`
	Processing string       `json:"processing" enum:"received,checking,readable,searchable,refused"`
	Problem    *FileProblem `json:"problem"`
	State      string       `json:"state" enum:"draft,published,withdrawn"`
	Reason     string       `json:"reason"`
}

// FileVersion is one Fassung in the history of a file.
type FileVersion struct {
	ID          council.ID `json:"id" format:"uuid"`
	Number      int        `json:"number"`
	PublishedAt *time.Time `json:"publishedAt"`
	Reason      string     `json:"reason"`
	URL         string     `json:"url" doc:"path of the viewer's copy of this version"`
	By          string     `json:"by" doc:"clerk, in the answer for one file: who uploaded it"`
}

// FilePages are the visible sizes of the pages of one version.
type FilePages struct {
	Version council.ID         `json:"version" format:"uuid"`
	Pages   []council.PageSize `json:"pages" doc:"w, h in PDF points, r in degrees clockwise"`
}

// PageMarks are the places of a query's words on one page.
type PageMarks struct {
	Page  int          `json:"page"`
	Quads [][4]float64 `json:"quads" doc:"x0, y0, x1, y1 in PDF user space, one per line"`
}

// SearchAnswer is a page of hits.
type SearchAnswer struct {
	Data  []SearchHit `json:"data"`
	Next  string      `json:"next"`
	Total int         `json:"total"`
}

// SearchHit is the best page of one file.
type SearchHit struct {
	Paper     string     `json:"paper" doc:"path of the paper"`
	File      string     `json:"file" doc:"path of the viewer's copy"`
	PaperID   council.ID `json:"paperId" format:"uuid"`
	FileID    council.ID `json:"fileId" format:"uuid"`
	Version   council.ID `json:"version" format:"uuid"`
	Page      int        `json:"page" doc:"from 1"`
	Title     string     `json:"title"`
	Reference string     `json:"reference"`
	Snippet   string     `json:"snippet" doc:"HTML-escaped text; only <mark> and </mark> are markup"`
	// Recognised: the text of the page was read off a picture.
	Recognised bool        `json:"recognised" doc:"the page is a picture whose text was recognised; it may have mistakes"`
	Meeting    *MeetingRef `json:"meeting"`
}

// UploadedFile is the answer to an upload. Notice says what was changed about it on the way in, a file name for example.
type UploadedFile struct {
	File
	Notice *FileProblem `json:"notice"`
}
