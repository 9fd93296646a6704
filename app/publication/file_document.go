package publication

import (
	"context"
	"strings"

	"ris/app/council"
	"ris/app/publication/readmodel"
	"ris/auth/policy"
	"ris/search"
)

// PublicDocument is what the public search index must hold of a file, read from the read model alone. false = the file is not
// public (any more): take it out of the index with the document's File and Sequence.
func (p *Publication) PublicDocument(ctx context.Context, file council.ID) (search.Document, bool, error) {
	d := search.Document{File: file, Sequence: p.clock().UnixMicro()}
	f, err := p.model.PublicFile(ctx, file)
	if err != nil && council.KindOf(err) == council.NotFound {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	o, err := p.model.PublicObject(ctx, f.Paper)
	if err != nil {
		return d, false, err
	}
	var paper readmodel.OParlPaper
	if err := decode(o, &paper); err != nil {
		return d, false, err
	}
	own, err := p.model.PublicObject(ctx, file)
	if err != nil {
		return d, false, err
	}
	var named readmodel.OParlFile
	if err := decode(own, &named); err != nil {
		return d, false, err
	}
	pages, err := p.model.PublicPages(ctx, file)
	if err != nil {
		return d, false, err
	}
	d.Paper, d.Version, d.Body = f.Paper, f.Version, f.Body
	d.Title = strings.Join(strings.Fields(paper.Name+" "+paper.Reference+" "+named.Name), " ")
	d.Reference, d.PaperType, d.Date = paper.Reference, paper.PaperType, o.SortAt
	d.Audience = council.Audience{Allowed: []council.Label{policy.LabelPublic}}
	for _, page := range pages {
		d.Pages = append(d.Pages, search.Page{Number: page.Page, Text: page.Text})
	}
	return d, true, nil
}
