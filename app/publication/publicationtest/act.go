package publicationtest

import (
	"bytes"
	"context"
	"time"

	"ris/app/audience"
	"ris/app/council"
	"ris/documents/blob"
)

// The acts below do what the use-cases do, with the same rules (audience.Keeper) and the same order: renditions first, then
// one transaction for state, Audience and read model.

// Meeting saves a draft meeting of the Body.
func (w *Town) Meeting(body council.ID, name string, start time.Time, organizations ...council.ID) council.ID {
	w.TB.Helper()
	place := council.Location{Body: body, Description: "Rathaus", Room: "Ratssaal", StreetAddress: "Marktplatz 1", PostalCode: "12345", Locality: "Lindenbrück"}
	w.must(w.Store.SaveLocation(ctx, &place))
	m := council.Meeting{Body: body, Name: name, Organizations: organizations, Location: place.ID, Start: start, State: council.Draft}
	w.must(w.Store.SaveMeeting(ctx, &m))
	return m.ID
}

// Item adds a draft item at the end of the agenda.
func (w *Town) Item(meeting council.ID, number, name string, public bool) council.ID {
	w.TB.Helper()
	m, err := w.Store.Meeting(ctx, system, meeting)
	w.must(err)
	items, err := w.Store.AgendaItems(ctx, system, meeting)
	w.must(err)
	it := council.AgendaItem{Body: m.Body, Meeting: meeting, Order: len(items), Number: number, Name: name, Public: public, State: council.Draft}
	w.must(w.Store.SaveAgendaItem(ctx, &it))
	return it.ID
}

// Paper saves a draft paper and puts it on the items.
func (w *Town) Paper(body council.ID, reference, name string, items ...council.ID) council.ID {
	w.TB.Helper()
	p := council.Paper{Body: body, Name: name, Reference: reference, PaperType: "Beschlussvorlage", Date: Day(2026, 11, 2), State: council.Draft}
	w.must(w.Store.SavePaper(ctx, &p))
	for _, id := range items {
		w.Put(p.ID, id)
	}
	return p.ID
}

// Put puts a paper on an item.
func (w *Town) Put(paper, item council.ID) council.ID {
	w.TB.Helper()
	it, err := w.Store.AgendaItem(ctx, system, item)
	w.must(err)
	c := council.Consultation{Body: it.Body, Paper: paper, Meeting: it.Meeting, AgendaItem: item, Role: "Entscheidung", Authoritative: true}
	w.must(w.Store.SaveConsultation(ctx, &c))
	return c.ID
}

// File adds a draft file with one prepared version; each text is a page.
func (w *Town) File(paper council.ID, role council.FileRole, name string, pages ...string) council.ID {
	w.TB.Helper()
	p, err := w.Store.Paper(ctx, system, paper)
	w.must(err)
	f := council.File{Body: p.Body, Paper: paper, Role: role, Name: name, FileName: name + ".pdf", State: council.Draft}
	w.must(w.Store.SaveFile(ctx, &f))
	w.Version(f.ID, pages...)
	return f.ID
}

// Version adds a draft version that is prepared and has text.
func (w *Town) Version(file council.ID, pages ...string) council.ID {
	w.TB.Helper()
	f, err := w.Store.File(ctx, system, file)
	w.must(err)
	older, err := w.Store.FileVersions(ctx, system, file)
	w.must(err)
	data := PDF(pages...)
	sum, size, err := w.Blobs.Put(ctx, blob.Bases, bytes.NewReader(data), 0)
	w.must(err)
	v := council.FileVersion{
		Body: f.Body, File: file, Paper: f.Paper, Number: len(older) + 1, SHA256: sum, Size: size, UploadedBy: w.Clerk.ID, State: council.Draft,
		Processing: council.Searchable, Prepared: council.Prepared{Blob: sum, Size: size}, PageSizes: make([]council.PageSize, len(pages)),
	}
	w.must(w.Store.SaveFileVersion(ctx, &v))
	var texts []council.PageText
	for i, text := range pages {
		texts = append(texts, council.PageText{Page: i + 1, Text: text, Boxes: make([]council.Box, len([]rune(text)))})
	}
	w.must(w.Store.SaveText(ctx, v.ID, texts))
	return v.ID
}

// Publish publishes a meeting with its draft items, their draft papers, files and newest versions.
func (w *Town) Publish(meeting council.ID) {
	w.TB.Helper()
	w.prepare(meeting)
	w.must(w.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := w.Store.Meeting(ctx, system, meeting)
		if err != nil {
			return err
		}
		m.State = council.Published
		if err := w.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		items, err := w.Store.AgendaItems(ctx, system, meeting)
		if err != nil {
			return err
		}
		for _, it := range items {
			it.State = council.Published
			if err := w.Store.SaveAgendaItem(ctx, &it); err != nil {
				return err
			}
		}
		stops, err := w.Store.Consultations(ctx, council.ConsultationFilter{Meeting: meeting})
		if err != nil {
			return err
		}
		for _, c := range stops {
			if err := w.publishPaper(ctx, c.Paper); err != nil {
				return err
			}
		}
		if _, err := w.Keeper.Meeting(ctx, meeting, audience.Publishing); err != nil {
			return err
		}
		return w.Gate.ProjectMeeting(ctx, meeting)
	}))
}

func (w *Town) publishPaper(ctx context.Context, paper council.ID) error {
	p, err := w.Store.Paper(ctx, system, paper)
	if err != nil {
		return err
	}
	if p.State = council.Published; p.PublishedAt.IsZero() {
		p.PublishedAt = w.Now
	}
	if err := w.Store.SavePaper(ctx, &p); err != nil {
		return err
	}
	files, err := w.Store.Files(ctx, system, council.FileFilter{Paper: paper})
	if err != nil {
		return err
	}
	for _, f := range files {
		versions, err := w.Store.FileVersions(ctx, system, f.ID)
		if err != nil {
			return err
		}
		newest := versions[0]
		for _, v := range versions {
			if v.Number > newest.Number {
				newest = v
			}
		}
		newest.State, newest.PublishedAt = council.Published, w.Now
		if err := w.Store.SaveFileVersion(ctx, &newest); err != nil {
			return err
		}
		f.State, f.Current = council.Published, newest.ID
		if err := w.Store.SaveFile(ctx, &f); err != nil {
			return err
		}
	}
	return nil
}

// prepare writes the public renditions of everything on the meeting, which makes nothing public.
func (w *Town) prepare(meeting council.ID) {
	w.TB.Helper()
	stops, err := w.Store.Consultations(ctx, council.ConsultationFilter{Meeting: meeting})
	w.must(err)
	for _, c := range stops {
		files, err := w.Store.Files(ctx, system, council.FileFilter{Paper: c.Paper})
		w.must(err)
		for _, f := range files {
			versions, err := w.Store.FileVersions(ctx, system, f.ID)
			w.must(err)
			for _, v := range versions {
				v.Prepared.Public, v.Prepared.PublicSize, err = w.Gate.PrepareFile(ctx, v)
				w.must(err)
				w.must(w.Store.SaveFileVersion(ctx, &v))
			}
		}
	}
}

// WithdrawMeeting, WithdrawPaper and WithdrawFile flip the state and the read model; Republish of the meeting undoes them.
func (w *Town) WithdrawMeeting(id council.ID) {
	w.TB.Helper()
	w.must(w.Store.InTx(ctx, func(ctx context.Context) error {
		m, err := w.Store.Meeting(ctx, system, id)
		if err != nil {
			return err
		}
		m.State = council.Withdrawn
		if err := w.Store.SaveMeeting(ctx, &m); err != nil {
			return err
		}
		if _, err := w.Keeper.Meeting(ctx, id, audience.Closed); err != nil {
			return err
		}
		return w.Gate.ProjectMeeting(ctx, id)
	}))
}

// WithdrawPaper: see WithdrawMeeting.
func (w *Town) WithdrawPaper(id council.ID) {
	w.TB.Helper()
	w.must(w.Store.InTx(ctx, func(ctx context.Context) error {
		p, err := w.Store.Paper(ctx, system, id)
		if err != nil {
			return err
		}
		p.State = council.Withdrawn
		if err := w.Store.SavePaper(ctx, &p); err != nil {
			return err
		}
		return w.closePaper(ctx, id)
	}))
}

// WithdrawFile: see WithdrawMeeting.
func (w *Town) WithdrawFile(id council.ID) {
	w.TB.Helper()
	w.must(w.Store.InTx(ctx, func(ctx context.Context) error {
		f, err := w.Store.File(ctx, system, id)
		if err != nil {
			return err
		}
		f.State = council.Withdrawn
		if err := w.Store.SaveFile(ctx, &f); err != nil {
			return err
		}
		return w.closePaper(ctx, f.Paper)
	}))
}

func (w *Town) closePaper(ctx context.Context, paper council.ID) error {
	if _, err := w.Keeper.Paper(ctx, paper, audience.Closed); err != nil {
		return err
	}
	return w.Gate.ProjectPaper(ctx, paper)
}
