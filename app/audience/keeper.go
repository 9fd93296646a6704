package audience

import (
	"context"

	"ris/app/council"
	"ris/auth/policy"
)

// Store is what the keeper reads and writes; app/store has it. Every call joins the transaction in ctx.
type Store interface {
	Terms(ctx context.Context, body council.ID) ([]council.LegislativeTerm, error)
	Conflicts(ctx context.Context, agendaItem council.ID) ([]council.ConflictOfInterest, error)
	Guests(ctx context.Context, f council.GuestFilter) ([]council.Guest, error)
	Consultations(ctx context.Context, f council.ConsultationFilter) ([]council.Consultation, error)
	Meeting(ctx context.Context, v policy.Viewer, id council.ID) (council.Meeting, error)
	SaveMeeting(ctx context.Context, m *council.Meeting) error
	AgendaItem(ctx context.Context, v policy.Viewer, id council.ID) (council.AgendaItem, error)
	AgendaItems(ctx context.Context, v policy.Viewer, meeting council.ID) ([]council.AgendaItem, error)
	SaveAgendaItem(ctx context.Context, it *council.AgendaItem) error
	Paper(ctx context.Context, v policy.Viewer, id council.ID) (council.Paper, error)
	SavePaper(ctx context.Context, p *council.Paper) error
	Files(ctx context.Context, v policy.Viewer, f council.FileFilter) ([]council.File, error)
	SaveFile(ctx context.Context, f *council.File) error
	FileVersions(ctx context.Context, v policy.Viewer, file council.ID) ([]council.FileVersion, error)
	SaveFileVersion(ctx context.Context, fv *council.FileVersion) error
}

// Keeper keeps the stored audiences equal to what policy says.
type Keeper struct{ store Store }

// New makes a keeper over a store.
func New(s Store) *Keeper { return &Keeper{store: s} }

// system reads everything: an audience must be computed from all facts, not from those that the acting person sees.
var system = policy.System("audience")

// Changed names what got another audience, or may have: files whose index entries must be written anew, and papers.
type Changed struct {
	Papers []council.ID
	Files  []council.ID
}

// Meeting computes and saves the audiences of the meeting and of everything on its agenda.
func (k *Keeper) Meeting(ctx context.Context, id council.ID, o Opening) (Changed, error) {
	var out Changed
	m, err := k.store.Meeting(ctx, system, id)
	if err != nil {
		return out, err
	}
	items, err := k.store.AgendaItems(ctx, system, id)
	if err != nil {
		return out, err
	}
	terms, err := k.store.Terms(ctx, m.Body)
	if err != nil {
		return out, err
	}
	guests, err := k.store.Guests(ctx, council.GuestFilter{Meeting: id})
	if err != nil {
		return out, err
	}
	was := m.Audience
	if m.Audience = policy.ForMeeting(m, items, terms, guests...); !was.Equal(m.Audience) {
		if m.State == council.Published && !o.Allows(withPublic(was), m.Audience) {
			return out, widened("meeting", id)
		}
		if err := k.store.SaveMeeting(ctx, &m); err != nil {
			return out, err
		}
	}
	for _, it := range items {
		was := it.Audience
		it.Audience = policy.ForAgendaItem(policy.ItemFacts{Item: it, Meeting: m, Terms: terms, Guests: guests})
		if was.Equal(it.Audience) {
			continue
		}
		if it.State == council.Published && !o.Allows(was, it.Audience) {
			return out, widened("agenda item", it.ID)
		}
		if err := k.store.SaveAgendaItem(ctx, &it); err != nil {
			return out, err
		}
	}
	on, err := k.store.Consultations(ctx, council.ConsultationFilter{Meeting: id})
	if err != nil {
		return out, err
	}
	seen := map[council.ID]bool{}
	for _, c := range on {
		if seen[c.Paper] {
			continue
		}
		seen[c.Paper] = true
		files, err := k.Paper(ctx, c.Paper, o)
		if err != nil {
			return out, err
		}
		out.Papers = append(out.Papers, c.Paper)
		out.Files = append(out.Files, files...)
	}
	return out, nil
}

// Paper computes and saves the audiences of a paper, its files and their versions, and returns the ids of the files whose
// audience changed.
func (k *Keeper) Paper(ctx context.Context, id council.ID, o Opening) ([]council.ID, error) {
	p, err := k.store.Paper(ctx, system, id)
	if err != nil {
		return nil, err
	}
	was := p.Audience
	if p.Audience, err = k.OfPaper(ctx, p); err != nil {
		return nil, err
	}
	if !was.Equal(p.Audience) {
		if p.State == council.Published && !o.Allows(was, p.Audience) {
			return nil, widened("paper", id)
		}
		if err := k.store.SavePaper(ctx, &p); err != nil {
			return nil, err
		}
	}
	files, err := k.store.Files(ctx, system, council.FileFilter{Paper: id})
	if err != nil {
		return nil, err
	}
	var changed []council.ID
	for _, f := range files {
		moved, err := k.file(ctx, f, p.Audience)
		if err != nil {
			return nil, err
		}
		if moved {
			changed = append(changed, f.ID)
		}
	}
	return changed, nil
}

// OfPaper is the audience that the paper would have with its present state and its present agenda items; nothing is saved.
func (k *Keeper) OfPaper(ctx context.Context, p council.Paper) (council.Audience, error) {
	return k.IfPublished(ctx, p, "")
}

// IfPublished is OfPaper as it would be if the named meeting with all its waiting items were published; empty = as things stand.
func (k *Keeper) IfPublished(ctx context.Context, p council.Paper, meeting council.ID) (council.Audience, error) {
	facts, err := k.facts(ctx, p.ID)
	if err != nil {
		return council.Audience{}, err
	}
	for i := range facts {
		if meeting != "" && facts[i].Meeting.ID == meeting {
			facts[i].Meeting.State = council.Published
			if facts[i].Item.State == council.Draft {
				facts[i].Item.State = council.Published
			}
		}
	}
	return policy.ForPaper(p, facts), nil
}

// facts are all agenda items on which a paper stands.
func (k *Keeper) facts(ctx context.Context, paper council.ID) ([]policy.ItemFacts, error) {
	on, err := k.store.Consultations(ctx, council.ConsultationFilter{Paper: paper})
	if err != nil {
		return nil, err
	}
	var out []policy.ItemFacts
	for _, c := range on {
		if c.AgendaItem == "" {
			continue
		}
		f := policy.ItemFacts{}
		if f.Item, err = k.store.AgendaItem(ctx, system, c.AgendaItem); err != nil {
			return nil, err
		}
		if f.Meeting, err = k.store.Meeting(ctx, system, f.Item.Meeting); err != nil {
			return nil, err
		}
		if f.Terms, err = k.store.Terms(ctx, f.Meeting.Body); err != nil {
			return nil, err
		}
		if f.Conflicts, err = k.store.Conflicts(ctx, c.AgendaItem); err != nil {
			return nil, err
		}
		if f.Guests, err = k.store.Guests(ctx, council.GuestFilter{AgendaItem: c.AgendaItem}); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func (k *Keeper) file(ctx context.Context, f council.File, paper council.Audience) (moved bool, err error) {
	was := f.Audience
	if f.Audience = policy.ForFile(f, paper).Normal(); !was.Equal(f.Audience) {
		moved = true
		if err := k.store.SaveFile(ctx, &f); err != nil {
			return false, err
		}
	}
	versions, err := k.store.FileVersions(ctx, system, f.ID)
	if err != nil {
		return false, err
	}
	for _, v := range versions {
		was := v.Audience
		if v.Audience = policy.ForFileVersion(v, f, f.Audience).Normal(); was.Equal(v.Audience) {
			continue
		}
		moved = true
		if err := k.store.SaveFileVersion(ctx, &v); err != nil {
			return false, err
		}
	}
	return moved, nil
}
