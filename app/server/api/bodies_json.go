package api

import (
	"ris/app/bodies"
	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/web/locales"
)

// PaperTypeMode is how papers of a type are prepared.
type PaperTypeMode struct {
	PaperType string `json:"paperType" minLength:"1" maxLength:"100"`
	Mode      string `json:"mode" enum:"standard,interleaved,raster" doc:"how strongly the personal mark is bound to the paper"`
}

// Preparation is how a Body has its papers prepared.
type Preparation struct {
	Body            BodyRef         `json:"body"`
	Template        string          `json:"template" doc:"of the personal mark; empty = the usual one"`
	DefaultTemplate string          `json:"defaultTemplate"`
	PaperTypes      []PaperTypeMode `json:"paperTypes"`
	Revision        int64           `json:"revision"`
}

// PreparationChange replaces what it names.
type PreparationChange struct {
	Template   *string         `json:"template,omitempty" maxLength:"2000" doc:"with {name} {account} {date} {body} {code}; empty = the usual one"`
	PaperTypes []PaperTypeMode `json:"paperTypes,omitempty" maxItems:"200" doc:"types that are left out stay as they are"`
}

// MarkSample is the mark of one person with a template that is not kept yet.
type MarkSample struct {
	Name    string   `json:"name"`
	Lines   []string `json:"lines" doc:"as printed, top line first"`
	Picture string   `json:"picture" doc:"data of an SVG path in a square of 1000, origin at the top left; runs along the page's diagonal"`
	Problem string   `json:"problem" doc:"why this mark cannot be printed, or empty"`
}

func preparation(p bodies.Preparation) Preparation {
	out := Preparation{Body: bodyRef(p.Body), Template: p.Template, DefaultTemplate: bodies.DefaultTemplate, PaperTypes: []PaperTypeMode{}, Revision: p.Body.Revision}
	for _, t := range p.Types {
		out.PaperTypes = append(out.PaperTypes, PaperTypeMode{t.PaperType, string(t.Mode)})
	}
	return out
}

func preparationAnswer(p bodies.Preparation, err error) (*Answer[Preparation], error) {
	if err != nil {
		return nil, err
	}
	return &Answer[Preparation]{Status: 200, ETag: httpkit.ETag(p.Body.Revision), Body: preparation(p)}, nil
}

func (c PreparationChange) change() bodies.ChangePreparation {
	out := bodies.ChangePreparation{Template: c.Template}
	for _, t := range c.PaperTypes {
		out.Types = append(out.Types, bodies.TypeMode{PaperType: t.PaperType, Mode: council.PreparationMode(t.Mode)})
	}
	return out
}

func markSamples(samples []bodies.Sample, lang string) List[MarkSample] {
	out := List[MarkSample]{Data: []MarkSample{}}
	for _, x := range samples {
		m := MarkSample{Name: x.Name, Lines: x.Lines, Picture: x.Picture}
		if x.Lines == nil {
			m.Lines = []string{}
		}
		if x.Problem != nil {
			m.Problem = locales.T(lang, x.Problem.Key, x.Problem.Args...)
		}
		out.Data = append(out.Data, m)
	}
	return out
}
