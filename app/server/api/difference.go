package api

import (
	"context"
	"strconv"

	"ris/app/council"
	"ris/app/versions"
	"ris/auth/policy"
	"ris/documents/compare"
)

type differenceOf struct {
	ByID
	From    string `query:"from" doc:"id of the old version; left out = the newest before the other that the viewer may read"`
	To      string `query:"to" doc:"id of the new version; left out = the one that readers get"`
	Summary bool   `query:"summary" doc:"counts only"`
	First   int    `query:"first" minimum:"0" doc:"with last: these rows, folded ones too"`
	Last    int    `query:"last" minimum:"0"`
	After   int    `query:"after" minimum:"0" doc:"rows behind this one; from next"`
}

const (
	// rowsAtOnce is how many rows with text one answer has at most.
	rowsAtOnce = 1200
	// aroundChange is how many rows without changes stand around one with changes.
	aroundChange = 1
)

func (s *surface) differenceRoutes() {
	read(s, op("GET", "/files/{id}/difference", "compareVersions", "What changed between two versions that the viewer may read", "files"),
		func(ctx context.Context, v policy.Viewer, in *differenceOf) (*Plain[Difference], error) {
			c, err := s.Versions.Compare(ctx, v, in.id(), council.ID(in.From), council.ID(in.To))
			if err != nil {
				return nil, err
			}
			f, err := s.Packets.File(ctx, v, in.id()) // the numbers of the versions as this viewer knows them
			if err != nil {
				return nil, err
			}
			numbers := map[council.ID]int{}
			for _, fv := range f.Versions {
				numbers[fv.ID] = fv.Number
			}
			out := difference(c, numbers)
			if c.Difference != nil && !in.Summary {
				differenceRows(&out, c.Difference, in)
			}
			return &Plain[Difference]{out}, nil
		})
}

func difference(c versions.Comparison, numbers map[council.ID]int) Difference {
	path := Prefix + "/files/" + string(c.File.ID)
	side := func(v council.FileVersion) ComparedVersion {
		return ComparedVersion{ID: v.ID, Number: numbers[v.ID], PublishedAt: moment(v.PublishedAt), Reason: v.Reason, State: string(v.State),
			Pages: len(v.PageSizes), URL: path + "?version=" + string(v.ID)}
	}
	out := Difference{File: path, Name: c.File.Name, From: side(c.Old), To: side(c.New), State: "preparing", Pictures: "pending", NonPublic: c.NonPublic,
		Rows: []DifferenceRow{}, Changes: []DifferenceChange{}, Pages: []DifferencePage{}}
	switch c.State {
	case council.DifferenceFailed:
		out.State = "failed"
	case council.DifferenceReady:
		out.Pictures = "done"
	case council.DifferenceNoImages:
		out.Pictures = "partial"
	}
	d := c.Difference
	if d == nil {
		return out
	}
	out.State, out.Note = "ready", string(d.Note)
	if out.Similarity = int(100 * d.Similarity()); out.Similarity == 100 && len(d.Changes) > 0 {
		out.Similarity = 99
	}
	out.Counts = DifferenceCounts{All: len(d.Changes), Added: d.Count(compare.Added), Removed: d.Count(compare.Removed), Changed: d.Count(compare.Changed),
		Moved: d.Count(compare.Moved), Pages: len(d.Pictures)}
	for _, p := range d.Pictures {
		page := DifferencePage{OldPage: p.OldPage, NewPage: p.NewPage, Regions: []DifferenceRegion{}}
		for _, r := range p.Regions {
			page.Regions = append(page.Regions, DifferenceRegion{Kind: string(r.Kind), Old: r.Old, New: r.New})
		}
		out.Pages = append(out.Pages, page)
	}
	return out
}

// differenceRows fills rows in: those that were asked for, or those around changes. Changes come once, with the first rows.
func differenceRows(out *Difference, d *compare.Difference, in *differenceOf) {
	if in.Last > 0 {
		for i := in.First; i <= min(in.Last, len(d.Rows)-1, in.First+rowsAtOnce); i++ {
			out.Rows = append(out.Rows, differenceRow(i, d.Rows[i]))
		}
		return
	}
	if in.After == 0 {
		for n, c := range d.Changes {
			out.Changes = append(out.Changes, DifferenceChange{Number: n + 1, Kind: string(c.Kind), OldPage: c.OldPage, NewPage: c.NewPage,
				OldText: c.OldText, NewText: c.NewText, Old: places(c.Old), New: places(c.New)})
		}
	}
	if len(d.Changes) == 0 {
		return
	}
	near := make([]bool, len(d.Rows))
	for i, r := range d.Rows {
		if !r.Same() {
			for k := max(0, i-aroundChange); k <= min(len(d.Rows)-1, i+aroundChange); k++ {
				near[k] = true
			}
		}
	}
	shown := 0
	for i := in.After; i < len(d.Rows); {
		if near[i] {
			if shown++; shown > rowsAtOnce {
				out.Next = out.File + "/difference?from=" + string(out.From.ID) + "&to=" + string(out.To.ID) + "&after=" + strconv.Itoa(i)
				return
			}
			out.Rows = append(out.Rows, differenceRow(i, d.Rows[i]))
			i++
			continue
		}
		from := i
		for i < len(d.Rows) && !near[i] {
			i++
		}
		if i-from == 1 {
			out.Rows = append(out.Rows, differenceRow(from, d.Rows[from]))
			continue
		}
		out.Rows = append(out.Rows, DifferenceRow{Index: from, Folded: i - from, OldPage: d.Rows[from].OldPage, NewPage: d.Rows[from].NewPage, Parts: []DifferencePart{}})
	}
}

func differenceRow(index int, r compare.Row) DifferenceRow {
	out := DifferenceRow{Index: index, OldPage: r.OldPage, NewPage: r.NewPage, Parts: []DifferencePart{}}
	for _, p := range r.Parts {
		kind := string(p.Kind)
		if p.Kind == compare.Both {
			kind = "same"
		}
		out.Parts = append(out.Parts, DifferencePart{Text: p.Text, Kind: kind, Change: p.Change, In: p.In})
	}
	return out
}

func places(list []compare.Place) []PageMarks {
	out := []PageMarks{}
	for _, p := range list {
		out = append(out, PageMarks{Page: p.Page, Quads: p.Quads})
	}
	return out
}
