package api

import (
	"maps"
	"slices"
	"time"

	"ris/app/council"
	"ris/app/privacy"
	"ris/web/locales"
)

// PrivacyRequest is a request for somebody's data or its erasure, under the two-person release.
type PrivacyRequest struct {
	Stamp
	Person      PersonRef  `json:"person"`
	Kind        string     `json:"kind" enum:"export,erase"`
	Reason      string     `json:"reason"`
	State       string     `json:"state" enum:"requested,released,refused,used,expired"`
	Expires     time.Time  `json:"expires"`
	RequestedBy PersonRef  `json:"requestedBy"`
	DecidedBy   *PersonRef `json:"decidedBy"`
	DecidedAt   *time.Time `json:"decidedAt"`
	Decision    string     `json:"decision"`
	Mine        bool       `json:"mine"`
	MayDecide   bool       `json:"mayDecide"`
	MayUse      bool       `json:"mayUse" doc:"released, and the viewer asked: it can be carried out, once"`
}

// PrivacyAsk asks.
type PrivacyAsk struct {
	Person council.ID `json:"person" format:"uuid"`
	Kind   string     `json:"kind" enum:"export,erase"`
	Reason string     `json:"reason" maxLength:"2000"`
}

// PrivacyErasure says what goes and what stays.
type PrivacyErasure struct {
	Erased  []PrivacyRows `json:"erased"`
	Kept    []PrivacyRows `json:"kept"`
	Renamed bool          `json:"renamed" doc:"no council record names the person: the name goes, too"`
}

// PrivacyRows is one kind of data.
type PrivacyRows struct {
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	Count int64  `json:"count" doc:"0 = not counted"`
	Why   string `json:"why" doc:"the legal reason why it stays"`
}

func privacyRequest(v privacy.View) PrivacyRequest {
	out := PrivacyRequest{Stamp: stamp(v.Stamp, "/privacy/requests/"), Person: PersonRef{ID: v.Object, Name: v.Person.Name}, Kind: "export", Reason: v.Reason,
		State: string(v.State), Expires: v.Expires, RequestedBy: PersonRef{ID: v.RequestedBy.ID, Name: v.RequestedBy.Name}, Decision: v.Decision,
		Mine: v.Mine, MayDecide: v.MayDecide, MayUse: v.MayUse}
	if v.Erase {
		out.Kind = "erase"
	}
	if v.DecidedBy != nil {
		out.DecidedBy, out.DecidedAt = &PersonRef{ID: v.DecidedBy.ID, Name: v.DecidedBy.Name}, moment(v.DecidedAt)
	}
	return out
}

func privacyErasure(e council.Erasure, lang string) PrivacyErasure {
	out := PrivacyErasure{Erased: []PrivacyRows{}, Kept: []PrivacyRows{}, Renamed: !e.Recorded()}
	for _, kind := range slices.Sorted(maps.Keys(e.Erased)) {
		if n := e.Erased[kind]; n > 0 {
			out.Erased = append(out.Erased, PrivacyRows{Kind: kind, Text: locales.T(lang, "privacy.erased."+kind), Count: n})
		}
	}
	for _, kind := range []string{"contact", "log"} {
		out.Erased = append(out.Erased, PrivacyRows{Kind: kind, Text: locales.T(lang, "privacy.erased."+kind)})
	}
	for _, kind := range slices.Sorted(maps.Keys(e.Kept)) {
		if n := e.Kept[kind]; n > 0 {
			out.Kept = append(out.Kept, PrivacyRows{Kind: kind, Text: locales.T(lang, "privacy.kept."+kind), Count: n, Why: locales.T(lang, "privacy.why."+kind)})
		}
	}
	return out
}
