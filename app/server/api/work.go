package api

import (
	"context"
	"time"

	"ris/app/council"
	"ris/app/papers"
	"ris/app/work"
	"ris/auth/policy"
	"ris/web/locales"
)

// FileSteps are the steps of the work on the newest version of a file.
type FileSteps struct {
	Steps []FileStep `json:"steps"`
}

// FileStep says how far one step is.
type FileStep struct {
	Step    string        `json:"step" enum:"scan,convert,prepare,proof,text,index,rendition,recognise,compare"`
	State   string        `json:"state" enum:"waiting,running,done,failed,skipped"`
	Done    int           `json:"done" doc:"of total pages; 0 of 0 = not countable"`
	Total   int           `json:"total"`
	Problem *FileProblem  `json:"problem" doc:"why it failed, or what it waits for"`
	Notes   []FileProblem `json:"notes" doc:"of a step that is done: what the clerk should know"`
	Tries   int           `json:"tries"`
	Started *time.Time    `json:"started"`
	Ended   *time.Time    `json:"ended"`
}

// Work is everything that needs a hand, by meeting, the soonest first.
type Work struct {
	Data  []WorkGroup `json:"data"`
	Count int         `json:"count"`
}

// WorkGroup is what needs a hand for one meeting.
type WorkGroup struct {
	Meeting *MeetingRef `json:"meeting" doc:"null: on no agenda"`
	Items   []WorkItem  `json:"items"`
}

// WorkItem is one thing with the one act that mends it.
type WorkItem struct {
	Kind   string      `json:"kind" enum:"refused,infected,quarantine,failed,finding,blocked,damaged"`
	Action string      `json:"action" enum:"again,replace,open,prepare"`
	File   *WorkObject `json:"file"`
	Paper  *WorkObject `json:"paper"`
	Body   council.ID  `json:"body,omitempty" doc:"of a setting that has to be changed"`
	Step   string      `json:"step,omitempty"`
	Texts  []string    `json:"texts" doc:"what is wrong and what to do"`
	Since  *time.Time  `json:"since"`
}

// WorkObject names a file or paper.
type WorkObject struct {
	_    struct{}   `nullable:"true"`
	ID   council.ID `json:"id" format:"uuid"`
	URL  string     `json:"url"`
	Name string     `json:"name"`
}

type workOf struct {
	Of string `query:"body" doc:"id of a body; left out = all in which the viewer is clerk"`
}

func (s *surface) workRoutes() {
	read(s, op("GET", "/work", "listWork", "What needs a hand (clerk)", "work"),
		func(ctx context.Context, v policy.Viewer, in *workOf) (*Plain[Work], error) {
			groups, err := s.Work.List(ctx, v, council.ID(in.Of))
			if err != nil {
				return nil, err
			}
			return &Plain[Work]{workAnswer(groups, callOf(ctx).lang)}, nil
		})
	read(s, op("GET", "/files/{id}/steps", "listFileSteps", "How far the work on the newest version of a file is (clerk)", "files"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[FileSteps], error) {
			all, err := s.Papers.FileSteps(ctx, v, in.id())
			out := FileSteps{Steps: []FileStep{}}
			for _, p := range all {
				out.Steps = append(out.Steps, fileStep(p, callOf(ctx).lang))
			}
			return &Plain[FileSteps]{out}, err
		})
}

func fileStep(p council.ProcessingStep, lang string) FileStep {
	out := FileStep{Step: p.Name, State: string(p.State), Done: p.Done, Total: p.Total, Tries: p.Tries, Started: moment(p.Started), Ended: moment(p.Ended),
		Notes: []FileProblem{}}
	if p.State != council.StepDone {
		out.Problem = fileProblem(p.Problem, lang)
		return out
	}
	for _, n := range papers.ReadNotes(p.Problem) {
		out.Notes = append(out.Notes, *fileProblem(n, lang))
	}
	return out
}

func workAnswer(groups []work.Group, lang string) Work {
	out := Work{Data: []WorkGroup{}}
	for _, g := range groups {
		group := WorkGroup{Items: []WorkItem{}}
		if m := g.Meeting; m != nil {
			group.Meeting = &MeetingRef{ID: m.ID, URL: Prefix + "/meetings/" + string(m.ID), Name: m.Name, Start: m.Start}
		}
		for _, it := range g.Items {
			group.Items = append(group.Items, workItem(it, lang))
		}
		out.Count += len(group.Items)
		out.Data = append(out.Data, group)
	}
	return out
}

func workItem(it work.Item, lang string) WorkItem {
	out := WorkItem{Kind: it.Kind, Action: it.Action, Step: it.Step, Texts: []string{}, Since: moment(it.Since)}
	if it.File != nil {
		out.File = &WorkObject{ID: it.File.ID, URL: Prefix + "/files/" + string(it.File.ID), Name: it.File.Name}
	}
	if it.Paper != nil {
		out.Paper = &WorkObject{ID: it.Paper.ID, URL: Prefix + "/papers/" + string(it.Paper.ID), Name: it.Paper.Name}
	}
	if it.Action == work.DoPrepare {
		out.Body = it.Object
	}
	if it.Key != "" {
		out.Texts = append(out.Texts, locales.T(lang, it.Key, it.Args...))
	}
	for _, p := range it.Problems {
		out.Texts = append(out.Texts, fileProblem(p, lang).Text)
	}
	return out
}
