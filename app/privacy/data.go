package privacy

import (
	"context"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// data is all that is kept about a person, as daten.json has it. Times are RFC 3339, UTC; days are YYYY-MM-DD.
type data struct {
	Made     time.Time               `json:"made"`
	Person   personal                `json:"person"`
	Accounts []council.LinkedAccount `json:"linkedAccounts"`
	Offices  []office                `json:"offices"`
	Recorded []record                `json:"councilRecords"`
	Notes    []note                  `json:"notes"`
	NotesOut bool                    `json:"notesLeftOut"` // given to somebody else: notes are the owner's alone
	Copies   []given                 `json:"copies"`
	Devices  []device                `json:"devices"`
	Passkeys []passkey               `json:"passkeys"`
	Uploads  []upload                `json:"uploads"`
	Visit    *visit                  `json:"lastVisit"`
	Log      []logged                `json:"log"`

	home council.ID // Body
}

type personal struct {
	ID         council.ID `json:"id"`
	Body       string     `json:"body"`
	Name       string     `json:"name"`
	FamilyName string     `json:"familyName"`
	GivenName  string     `json:"givenName"`
	Title      string     `json:"title"`
	Gender     string     `json:"gender"`
	Account    string     `json:"account"`
	Created    time.Time  `json:"created"`
	Locked     *time.Time `json:"locked"`
}

type office struct {
	Kind  string `json:"kind"` // "seat", "role", "deputy"
	Where string `json:"where"`
	Role  string `json:"role"`
	Start string `json:"start"`
	End   string `json:"end"`
}

type record struct {
	Kind string    `json:"kind"` // "substitute", "substituted", "conflict", "guest"
	What string    `json:"what"`
	Note string    `json:"note"`
	At   time.Time `json:"at"`
}

type note struct {
	ID       council.ID   `json:"id"`
	Paper    string       `json:"paper"`
	PaperID  council.ID   `json:"paperId"`
	Version  council.ID   `json:"version"`
	Kind     string       `json:"kind"`
	Page     int          `json:"page"`
	Quote    string       `json:"quote"`
	Text     string       `json:"text"`
	Style    string       `json:"style"`
	Quads    [][4]float64 `json:"quads"`
	Created  time.Time    `json:"created"`
	Modified time.Time    `json:"modified"`
	Deleted  bool         `json:"deleted"`
}

type given struct {
	Of         string     `json:"of"`
	Version    council.ID `json:"version,omitempty"`
	Meeting    council.ID `json:"meeting,omitempty"`
	FirstGiven time.Time  `json:"firstGiven"`
	Code       string     `json:"code"`
}

type device struct {
	ID         council.ID `json:"id"`
	Name       string     `json:"name"`
	UserAgent  string     `json:"userAgent"`
	Added      time.Time  `json:"added"`
	LastSeen   time.Time  `json:"lastSeen"`
	AppVersion string     `json:"appVersion"`
	LeaseUntil time.Time  `json:"leaseUntil"`
	Wipe       string     `json:"wipe"`
}

type passkey struct {
	Name     string    `json:"name"`
	Created  time.Time `json:"created"`
	LastUsed time.Time `json:"lastUsed"`
}

type upload struct {
	FileName string    `json:"fileName"`
	Length   int64     `json:"length"`
	Created  time.Time `json:"created"`
}

type visit struct {
	Previous time.Time `json:"previous"`
	LastSeen time.Time `json:"lastSeen"`
}

type logged struct {
	At      time.Time  `json:"at"`
	Act     string     `json:"act"`
	Mine    bool       `json:"byThePerson"`
	What    string     `json:"what"`
	Kind    string     `json:"kind"`
	Object  council.ID `json:"object,omitempty"`
	Machine string     `json:"machine,omitempty"`
}

// collector reads the data for a viewer: what the viewer may not read is not named.
type collector struct {
	*Service
	v     policy.Viewer
	names map[council.ID]string
}

func (s *Service) collect(ctx context.Context, v policy.Viewer, person council.ID, notes bool) (*data, error) {
	c := &collector{s, v, map[council.ID]string{}}
	d := &data{Made: s.Clock().UTC(), NotesOut: !notes, Notes: []note{}, Log: []logged{}, Copies: []given{}, Offices: []office{}, Recorded: []record{},
		Devices: []device{}, Passkeys: []passkey{}, Uploads: []upload{}, Accounts: []council.LinkedAccount{}}
	steps := []func(context.Context, council.ID, *data) error{c.person, c.offices, c.records, c.own, c.copies, c.log}
	if notes {
		steps = append(steps, c.notes)
	}
	for _, step := range steps {
		if err := step(ctx, person, d); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func timeOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
