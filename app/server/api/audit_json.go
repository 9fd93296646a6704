package api

import (
	"time"

	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/audit/review"
	"ris/app/council"
	"ris/auth/policy"
	"ris/web/locales"
)

// LogLine is a line of the log for people.
type LogLine struct {
	ID      council.ID `json:"id" format:"uuid"`
	At      time.Time  `json:"at"`
	Act     string     `json:"act"`
	Text    string     `json:"text" doc:"the act in words"`
	Class   string     `json:"class" enum:"reading,sign_in,act,log"`
	By      string     `json:"by" doc:"who did it, in words"`
	Mine    bool       `json:"mine" doc:"the viewer did it"`
	Machine string     `json:"machine" doc:"kind of device, as the browser says; empty = not known"`
	Object  *LogObject `json:"object" doc:"null: none, or none that the viewer may read"`
	Hidden  bool       `json:"hidden" doc:"it is about something that the viewer may not read (any more)"`
	About   string     `json:"about" doc:"what it is about, in words; empty = nothing"`
	Reason  string     `json:"reason" doc:"as it was typed"`
}

// LogObject is what a line is about.
type LogObject struct {
	_         struct{}   `nullable:"true"`
	Kind      string     `json:"kind" enum:"paper,meeting,agendaItem,person"`
	ID        council.ID `json:"id" format:"uuid"`
	Name      string     `json:"name"`
	Reference string     `json:"reference"`
	File      string     `json:"file"`
}

// LogHead is the signed head of the log.
type LogHead struct {
	Size        int64     `json:"size" doc:"lines in the log"`
	At          time.Time `json:"at"`
	Note        string    `json:"note" doc:"the signed text: keep it outside; ris audit verify --checkpoint takes it"`
	Key         string    `json:"key" doc:"public key"`
	Fingerprint string    `json:"fingerprint" doc:"of the signed text, to read out"`
}

func logLine(v policy.Viewer, l review.Line, lang string) LogLine {
	out := LogLine{ID: l.ID, At: l.At, Act: l.Act, Text: inWords(lang, "audit.act."+l.Act, l.Act), Class: string(audit.ClassOf(l.Act)), Machine: l.Details["machine"],
		Hidden: l.Hidden, Reason: typed(l), Mine: v.SignedIn() && l.Actor.ID == v.Person()}
	out.Machine = inWords(lang, "audit.machine."+out.Machine, out.Machine)
	switch {
	case out.Mine:
		out.By = locales.T(lang, "audit.by.self")
	case l.Actor.ID != "":
		out.By = l.Actor.Name
	case l.System != "":
		out.By = locales.T(lang, "audit.by.system")
	case l.AuditEntry.Actor != "":
		out.By = locales.T(lang, "audit.by.office")
	default:
		out.By = locales.T(lang, "audit.by.erased")
	}
	if o := l.Object; o != nil {
		out.Object = &LogObject{Kind: o.Kind, ID: o.ID, Name: o.Name, Reference: o.Reference, File: o.File}
		if out.About = o.Name; o.Reference != "" {
			out.About = o.Reference + " " + o.Name
		}
	} else if l.Hidden && out.Class == string(audit.Reading) {
		out.About = locales.T(lang, "audit.hidden")
	} else if l.Hidden {
		out.About = locales.T(lang, "audit.hidden_item")
	}
	return out
}

// typed is the reason that somebody has typed. Sign-ins carry a word for programs under the same name.
func typed(l review.Line) string {
	if audit.ClassOf(l.Act) == audit.SignIn {
		return ""
	}
	return l.Details["reason"]
}

// inWords is the text of the key, or the other when there is none.
func inWords(lang, key, other string) string {
	if text := locales.T(lang, key); text != key {
		return text
	}
	return other
}

func logHead(c journal.Checkpoint) LogHead {
	return LogHead{Size: c.Size, At: c.At, Note: c.Note, Key: c.Key, Fingerprint: c.Fingerprint()}
}
