package api

import (
	"time"

	"ris/app/council"
	"ris/app/meetings"
	"ris/app/packets"
	"ris/web/locales"
)

func summary(m packets.Meeting, now time.Time) MeetingSummary {
	out := MeetingSummary{Stamp: stamp(m.Stamp, "/meetings/"), Body: bodyRef(m.In), Name: m.Name, Organizations: []OrganizationRef{},
		Location: locationRef(m.At), Start: m.Start.UTC(), End: moment(m.End), MeetingState: m.MeetingState(now), Cancelled: m.Cancelled,
		State: string(m.State), Public: m.Audience.Public(), ItemCount: m.Items, PaperCount: m.Papers, NewCount: m.New, ProblemCount: m.Problems,
		MayManage: m.MayManage, Mine: m.Mine, PublishedAt: moment(m.PublishedAt)}
	for _, o := range m.Organizations {
		out.Organizations = append(out.Organizations, organizationRef(o))
	}
	out.Withdrawn = withdrawal(m.Withdrawn)
	if m.MayManage {
		out.PublishRequested = moment(m.PublishRequested)
	}
	return out
}

func meeting(m packets.Meeting, now time.Time, lang string) Meeting {
	out := Meeting{MeetingSummary: summary(m, now), AgendaItems: []AgendaItem{}, PendingChanges: m.Pending}
	for _, it := range m.Agenda {
		out.AgendaItems = append(out.AgendaItems, agendaItem(it, lang))
	}
	return out
}

func agendaItem(it packets.AgendaItem, lang string) AgendaItem {
	out := AgendaItem{Stamp: stamp(it.Stamp, "/agenda-items/"), Meeting: Prefix + "/meetings/" + string(it.Meeting), Order: it.Order,
		Number: it.Number, Name: it.Name, Public: it.Public, State: string(it.State), Result: it.Result, IsNew: it.New, Papers: []ItemPaper{}}
	for _, p := range it.Papers {
		out.Papers = append(out.Papers, ItemPaper{ID: p.ID, URL: Prefix + "/papers/" + string(p.ID), Reference: p.Reference, Name: p.Name,
			PaperType: p.PaperType, State: string(p.State), PublishedAt: moment(p.PublishedAt), IsNew: p.New, Role: p.Role, Authoritative: p.Authoritative, Revision: p.Revision,
			Withdrawn: withdrawal(p.Withdrawn), Files: files(p.Files, lang)})
	}
	return out
}

func meetingRef(m *council.Meeting) *MeetingRef {
	if m == nil {
		return nil
	}
	return &MeetingRef{ID: m.ID, URL: Prefix + "/meetings/" + string(m.ID), Name: m.Name, Start: m.Start.UTC()}
}

func preview(p meetings.Preview, lang string) PublishPreview {
	out := PublishPreview{Public: lines(p.Public), Internal: lines(p.Internal), Withdrawn: lines(p.Stays), Readers: []PreviewReader{}, Blockers: []PreviewBlocker{}, Warnings: []PreviewBlocker{}, Changes: p.Changes}
	for _, r := range p.Readers {
		out.Readers = append(out.Readers, PreviewReader{Label: string(r.Label), Name: locales.T(lang, r.Key, r.Args...), Persons: r.Persons})
	}
	for _, b := range p.Blockers {
		out.Blockers = append(out.Blockers, PreviewBlocker{Object: b.ID, URL: blockerURL(b), Text: locales.T(lang, b.Key, b.Args...)})
	}
	for _, w := range p.Warnings {
		out.Warnings = append(out.Warnings, PreviewBlocker{Object: w.ID, URL: blockerURL(w), Text: w.Args[1] + ": " + fileProblem(w.Key, lang).Text})
	}
	return out
}

// blockerURL is where the object that stands in the way is shown.
func blockerURL(b meetings.Blocker) string {
	switch b.Kind {
	case "meeting":
		return Prefix + "/meetings/" + string(b.ID)
	case "preparation":
		return Prefix + "/bodies/" + string(b.ID) + "/preparation"
	}
	return Prefix + "/files/" + string(b.ID) + "/info"
}

func withdrawal(w *packets.Withdrawal) *Withdrawal {
	if w == nil {
		return nil
	}
	return &Withdrawal{At: w.At.UTC(), Reason: w.Reason}
}

func lines(in []meetings.Line) []PreviewLine {
	out := []PreviewLine{}
	for _, l := range in {
		out = append(out, PreviewLine(l))
	}
	return out
}
