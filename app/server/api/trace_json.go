package api

import (
	"time"

	"ris/app/council"
	"ris/app/trace"
	"ris/web/locales"
)

// Trace is the question whose copy a file is that was found, under the two-person release.
type Trace struct {
	Stamp
	Body        BodyRef      `json:"body"`
	RequestedBy PersonRef    `json:"requestedBy"`
	Reason      string       `json:"reason"`
	File        *TracedFile  `json:"file" doc:"null: it is looked at on the server, by its operator: ris trace --release ID FILE"`
	Ways        []TraceWay   `json:"ways" doc:"kinds of marks that are in the file; whose they are is not looked up before the release"`
	Unclear     []string     `json:"unclear" doc:"in words: what could not be looked at"`
	State       string       `json:"state" enum:"requested,released,refused,used,expired"`
	Expires     time.Time    `json:"expires" doc:"of the request or of the permission"`
	DecidedBy   *PersonRef   `json:"decidedBy"`
	DecidedAt   *time.Time   `json:"decidedAt"`
	Decision    string       `json:"decision" doc:"reason of the second person"`
	MayDecide   bool         `json:"mayDecide"`
	Mine        bool         `json:"mine"`
	ResultUntil *time.Time   `json:"resultUntil" doc:"set when there is or was a result"`
	ResultGone  bool         `json:"resultGone" doc:"there was a result, its time is over"`
	Result      *TraceResult `json:"result" doc:"for the two persons alone"`
}

// PersonRef names a person of the administration or council.
type PersonRef struct {
	_    struct{}   `nullable:"true"`
	ID   council.ID `json:"id" format:"uuid"`
	Name string     `json:"name"`
}

// TracedFile describes the file; it is not kept.
type TracedFile struct {
	_         struct{} `nullable:"true"`
	Name      string   `json:"name"`
	MediaType string   `json:"mediaType"`
	Size      int64    `json:"size" doc:"bytes"`
	SHA256    string   `json:"sha256"`
}

// TraceWay is a kind of mark.
type TraceWay struct {
	Way  string `json:"way" enum:"code,picture,id,fingerprint"`
	Text string `json:"text"`
}

// TraceResult is the answer; no findings: no copy of this Body fits.
type TraceResult struct {
	_        struct{}       `nullable:"true"`
	Findings []TraceFinding `json:"findings"`
	Copies   int            `json:"copies" doc:"that were compared"`
}

// TraceFinding is one copy to which the file led.
type TraceFinding struct {
	Person     PersonRef   `json:"person"`
	Account    string      `json:"account"`
	Paper      *TracePaper `json:"paper" doc:"null for a merged packet, and where the viewer may not read it"`
	Meeting    string      `json:"meeting" doc:"of a packet; empty where the viewer may not know of it"`
	FirstGiven time.Time   `json:"firstGiven"`
	Code       string      `json:"code"`
	CodeRead   string      `json:"codeRead" doc:"as it was read, when it was read with a slip"`
	Ways       []TraceWay  `json:"ways"`
	Pages      int         `json:"pages" doc:"whose invisible shift fits"`
	Chance     float64     `json:"chance" doc:"that one of all copies fits so well by accident"`
	Sureness   string      `json:"sureness" enum:"certain,high,fair"`
	SureText   string      `json:"sureText"`
}

// TracePaper is what the copy is of.
type TracePaper struct {
	_         struct{}   `nullable:"true"`
	ID        council.ID `json:"id" format:"uuid"`
	Reference string     `json:"reference"`
	Name      string     `json:"name"`
	File      string     `json:"file"`
	Version   int        `json:"version"`
}

// TraceDecision releases or refuses.
type TraceDecision struct {
	Give   bool   `json:"give" doc:"true releases, false refuses"`
	Reason string `json:"reason,omitempty" maxLength:"1000" doc:"needed to refuse"`
}

func traceJSON(v trace.View, lang string) Trace {
	out := Trace{Stamp: stamp(v.Trace.Stamp, "/traces/"), Body: bodyRef(v.In), RequestedBy: PersonRef{ID: v.RequestedBy.ID, Name: v.RequestedBy.Name},
		Reason: v.Release.Reason, Ways: ways(v.Ways, lang), Unclear: []string{}, State: string(v.Release.State), Expires: v.Release.Expires,
		Decision: v.Release.Decision, MayDecide: v.MayDecide, Mine: v.Mine, ResultGone: v.Expired}
	out.Revision = v.Release.Revision // what is decided about
	if v.FileName != "" {
		out.File = &TracedFile{Name: v.FileName, MediaType: v.MediaType, Size: v.Size, SHA256: v.SHA256}
	}
	for _, key := range v.Unclear {
		out.Unclear = append(out.Unclear, locales.T(lang, key))
	}
	if v.DecidedBy != nil {
		out.DecidedBy, out.DecidedAt = &PersonRef{ID: v.DecidedBy.ID, Name: v.DecidedBy.Name}, &v.Release.DecidedAt
	}
	if !v.TracedAt.IsZero() {
		out.ResultUntil = &v.Trace.ResultUntil
	}
	if v.Result != nil {
		out.Result = &TraceResult{Findings: []TraceFinding{}, Copies: v.Result.Copies}
		for _, f := range v.Result.Found {
			out.Result.Findings = append(out.Result.Findings, foundCopy(f, lang))
		}
	}
	return out
}

func foundCopy(f trace.Found, lang string) TraceFinding {
	out := TraceFinding{Person: PersonRef{ID: f.Person, Name: f.Name}, Account: f.Account, Meeting: f.Meeting, FirstGiven: f.FirstGiven, Code: f.Code,
		CodeRead: f.CodeRead, Ways: ways(f.Ways, lang), Pages: f.Pages, Chance: f.Chance, Sureness: f.Sureness()}
	out.SureText = locales.T(lang, "trace.sure."+out.Sureness)
	if f.Paper != "" {
		out.Paper = &TracePaper{ID: f.Paper, Reference: f.Reference, Name: f.PaperName, File: f.FileName, Version: f.Version}
	}
	return out
}

func ways(keys []string, lang string) []TraceWay {
	out := []TraceWay{}
	for _, w := range keys {
		out = append(out, TraceWay{Way: w, Text: locales.T(lang, "trace.way."+w)})
	}
	return out
}
