package meetings

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// plan is what the next publication of a meeting would do. It is made before (preview), while waiting, and once more inside
// the transaction that carries it out.
type plan struct {
	meeting  council.Meeting
	items    []council.AgendaItem // on the agenda, in order
	papers   []plannedPaper
	stays    []stay       // papers and files that are withdrawn: no publication brings them back
	waiting  []council.ID // files that a worker has not finished
	blockers []Blocker
}

// plannedPaper is a paper with the audience it will have.
type plannedPaper struct {
	paper council.Paper
	item  council.ID // the first item of this meeting on which it stands
	will  council.Audience
	files []plannedFile
}

// plannedFile is a file with the version that readers will get.
type plannedFile struct {
	file    council.File
	version council.FileVersion
}

// changes reports whether the publication does something to the file.
func (f plannedFile) changes() bool {
	return f.file.State != council.Published || f.file.Current != f.version.ID
}

// Blocker is what must be mended before publishing: a message key with its arguments.
type Blocker struct {
	Kind string
	ID   council.ID
	Key  string
	Args []string
	of   *council.Audience // of the file that it names; nil: it names none
}

// stay is a line with whom it and the paper whose reference it shows are for.
type stay struct {
	Line
	readers, paper council.Audience
}

// seenBy are the lines that the viewer may read; a withdrawn file is shown to its clerk without the reference of a paper that a
// conflict of interest withholds.
func (t stay) seenBy(v policy.Viewer) (Line, bool) {
	if !policy.CanRead(v, t.paper) {
		t.Number = ""
	}
	return t.Line, policy.CanRead(v, t.readers)
}

// seenBy leaves out of what stands in the way what the viewer may not read: a clerk with a conflict of interest publishes, too, and
// learns no more of the papers than the agenda tells them.
func (p *plan) seenBy(v policy.Viewer) {
	for i, b := range p.blockers {
		if b.of != nil && !policy.CanRead(v, *b.of) {
			p.blockers[i] = Blocker{Kind: "meeting", ID: p.meeting.ID, Key: "meeting.publish.withheld"}
		}
	}
}

func (b Blocker) err() error { return council.E(council.Conflict, b.Key, b.Args...) }

// plan reads everything that stands on the agenda. Withdrawn items are off the agenda for good; withdrawn papers and files stay
// withdrawn until somebody restores them, and so does a withdrawn meeting.
func (s *Service) plan(ctx context.Context, meeting council.ID) (p plan, err error) {
	if p.meeting, err = s.Store.Meeting(ctx, system, meeting); err != nil {
		return p, err
	}
	if p.meeting.State == council.Withdrawn {
		p.blockers = append(p.blockers, Blocker{Kind: "meeting", ID: meeting, Key: "meeting.publish.withdrawn"})
	}
	if p.items, _, err = s.agenda(ctx, meeting); err != nil {
		return p, err
	}
	on, err := s.Store.Consultations(ctx, council.ConsultationFilter{Meeting: meeting})
	if err != nil {
		return p, err
	}
	seen := map[council.ID]bool{}
	for _, it := range p.items {
		for _, c := range on {
			if c.AgendaItem != it.ID || seen[c.Paper] {
				continue
			}
			seen[c.Paper] = true
			if err := s.planPaper(ctx, &p, it.ID, c.Paper); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

func (s *Service) planPaper(ctx context.Context, p *plan, item, id council.ID) error {
	paper, err := s.Store.Paper(ctx, system, id)
	if err != nil {
		return err
	}
	if paper.State == council.Withdrawn {
		p.stays = append(p.stays, stay{Line{Kind: "paper", ID: id, Number: paper.Reference, Name: paper.Name, Change: "same"}, paper.Audience, paper.Audience})
		return nil
	}
	planned := plannedPaper{paper: paper, item: item}
	paper.State = council.Published
	if planned.will, err = s.Settler.IfPublished(ctx, paper, p.meeting.ID); err != nil {
		return err
	}
	files, err := s.Store.Files(ctx, system, council.FileFilter{Paper: id})
	if err != nil {
		return err
	}
	for _, f := range files {
		versions, err := s.Store.FileVersions(ctx, system, f.ID)
		if err != nil {
			return err
		}
		newest, ok := newestOf(versions)
		switch {
		case !ok:
		case f.State == council.Withdrawn:
			p.stays = append(p.stays, stay{Line{Kind: "file", ID: f.ID, Number: paper.Reference, Name: f.Name, Change: "same"}, f.Audience, paper.Audience})
		case newest.Processing == council.Refused:
			p.blockers = append(p.blockers, Blocker{Kind: "file", ID: f.ID, Key: "meeting.publish.refused_file", Args: []string{"name", f.Name}, of: &f.Audience})
		case newest.Processing == council.Checking && newest.Problem != "": // in quarantine: it will not come by itself soon
			p.blockers = append(p.blockers, Blocker{Kind: "file", ID: f.ID, Key: "meeting.publish.quarantined_file", Args: []string{"name", f.Name}, of: &f.Audience})
		case !newest.Processing.Ready():
			p.waiting = append(p.waiting, f.ID)
			planned.files = append(planned.files, plannedFile{f, newest})
		default:
			planned.files = append(planned.files, plannedFile{f, newest})
		}
	}
	p.papers = append(p.papers, planned)
	return nil
}

func newestOf(versions []council.FileVersion) (council.FileVersion, bool) {
	var newest council.FileVersion
	for _, v := range versions {
		if v.Number > newest.Number {
			newest = v
		}
	}
	return newest, newest.Number > 0
}

// changes counts the objects that the publication would change.
func (p plan) changes() int {
	n := 0
	if p.meeting.State != council.Published {
		n++
	}
	for _, it := range p.items {
		if it.State == council.Draft {
			n++
		}
	}
	for _, pp := range p.papers {
		if pp.paper.State != council.Published {
			n++
		}
		for _, f := range pp.files {
			if f.changes() {
				n++
			}
		}
	}
	return n
}
