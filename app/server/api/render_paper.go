package api

import (
	"ris/app/packets"
	"ris/app/papers"
	"ris/web/locales"
)

func paper(p packets.Paper, lang string) Paper {
	out := Paper{Stamp: stamp(p.Stamp, "/papers/"), Body: bodyRef(p.In), Name: p.Name, Reference: p.Reference, PaperType: p.PaperType,
		Date: day(p.Date), State: string(p.State), PublishedAt: moment(p.PublishedAt), IsNew: p.New, MayManage: p.MayManage,
		Withdrawn: withdrawal(p.Withdrawn),
		Files:     files(p.Files, lang), Consultations: []Consultation{}}
	for _, c := range p.Consultations {
		stop := Consultation{ID: c.ID, Meeting: meetingRef(c.Meeting), Role: c.Role, Authoritative: c.Authoritative}
		if c.Organization != nil {
			o := organizationRef(*c.Organization)
			stop.Organization = &o
		}
		if it := c.AgendaItem; it != nil {
			stop.AgendaItem = &AgendaItemRef{ID: it.ID, URL: Prefix + "/agenda-items/" + string(it.ID), Number: it.Number, Name: it.Name, Result: it.Result}
		}
		out.Consultations = append(out.Consultations, stop)
	}
	if p.MayManage {
		out.Audience = &PaperAudience{Public: p.Audience.Public(), Readers: []string{}}
		for _, r := range p.Readers {
			out.Audience.Readers = append(out.Audience.Readers, locales.T(lang, r.Key, r.Args...))
		}
	}
	return out
}

func files(in []packets.File, lang string) []File {
	out := []File{}
	for _, f := range in {
		out = append(out, file(f, lang))
	}
	return out
}

func file(f packets.File, lang string) File {
	path := Prefix + "/files/" + string(f.ID)
	out := File{Stamp: stamp(f.Stamp, "/files/"), Paper: Prefix + "/papers/" + string(f.Paper), PaperID: f.Paper, Role: string(f.Role),
		Order: f.Order, Name: f.Name, FileName: f.FileName, State: string(f.State), Processing: string(f.Shown.Processing),
		Problem: fileProblem(f.Shown.Problem, lang), Size: f.Shown.Size, Pages: len(f.Shown.PageSizes),
		Version:  FileVersionRef{ID: f.Shown.ID, Number: f.Shown.Number, PublishedAt: moment(f.Shown.PublishedAt), State: string(f.Shown.State)},
		Findings: []FileProblem{}, Versions: []FileVersion{}, IsNew: f.New, NonPublic: f.NonPublic, Withdrawn: withdrawal(f.Withdrawn), Mode: string(f.Mode)}
	if f.Shown.Processing.Ready() {
		out.Size = f.Shown.Prepared.Size
		out.Thumbnails, out.Reading = len(f.Rendition.Pictures), f.Rendition.Reading.Size
	}
	if l := f.Latest; l != nil {
		out.Latest = &LatestVersion{ID: l.ID, Number: l.Number, Processing: string(l.Processing), Problem: fileProblem(l.Problem, lang),
			State: string(l.State), Reason: l.Reason}
	}
	for _, found := range f.Findings {
		out.Findings = append(out.Findings, *fileProblem(found, lang))
	}
	for _, v := range f.Versions {
		out.Versions = append(out.Versions, FileVersion{ID: v.ID, Number: v.Number, PublishedAt: moment(v.PublishedAt), Reason: v.Reason,
			URL: path + "?version=" + string(v.ID)})
	}
	return out
}

func fileProblem(problem, lang string) *FileProblem {
	if problem == "" {
		return nil
	}
	key, args := papers.ReadProblem(problem)
	return &FileProblem{Key: key, Text: locales.T(lang, key, args...)}
}
