package portal

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// ref names another object.
type ref struct {
	ID   council.ID
	Name string
}

// meetingView is a meeting as lists show it.
type meetingView struct {
	ID            council.ID
	Body          council.ID
	Name          string
	Start, End    time.Time
	Cancelled     bool
	Over          bool
	Organizations []ref
	Place         []string // room, description, street, town
	Withdrawn     time.Time
}

// PlaceShort is the first part of the place.
func (m meetingView) PlaceShort() string {
	if len(m.Place) == 0 {
		return ""
	}
	return m.Place[0]
}

// paperView is a paper as lists show it; a withdrawn one has nothing but its id and that day.
type paperView struct {
	ID        council.ID
	Body      council.ID
	Name      string
	Reference string
	Type      string
	Date      time.Time
	Published time.Time
	Files     []fileView
	Withdrawn time.Time
}

// fileView is a file of a paper. Pages is 0 where it was not asked for.
type fileView struct {
	ID        council.ID
	Name      string
	Main      bool
	Size      int64
	Pages     int
	Withdrawn time.Time
}

// decode reads a row's OParl object.
func decode[T any](o readmodel.Object) (T, error) {
	var v T
	if err := json.Unmarshal(o.OParl, &v); err != nil {
		return v, fmt.Errorf("public %s %s: %w", o.Type, o.ID, err)
	}
	return v, nil
}

// living gives the object when it has this type and is no tombstone; otherwise council.NotFound or gone.
func (s *server) living(ctx context.Context, t readmodel.Type, id string) (readmodel.Object, error) {
	if !council.ID(id).Valid() {
		return readmodel.Object{}, council.ErrNotFound()
	}
	o, err := s.Model.PublicObject(ctx, council.ID(id))
	if err != nil {
		return o, err
	}
	if o.Type != t {
		return o, council.ErrNotFound()
	}
	return o, nil
}

// names gives the display names of objects that have a "name".
func (s *server) names(ctx context.Context, ids []council.ID) (map[council.ID]string, error) {
	objects, err := s.Model.PublicObjects(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := map[council.ID]string{}
	for _, o := range objects {
		if o.Deleted {
			continue
		}
		named, err := decode[struct{ Name string }](o)
		if err != nil {
			return nil, err
		}
		out[o.ID] = named.Name
	}
	return out, nil
}

// meetings makes views, with the names of all organizations read at once.
func (s *server) meetings(ctx context.Context, objects []readmodel.Object, now time.Time) ([]meetingView, error) {
	out := make([]meetingView, 0, len(objects))
	var organizations []council.ID
	for _, o := range objects {
		m, err := decode[readmodel.OParlMeeting](o)
		if err != nil {
			return nil, err
		}
		v := meetingView{ID: o.ID, Body: o.Body, Name: m.Name, Start: o.SortAt, End: moment(m.End), Cancelled: m.Cancelled}
		over := v.End
		if over.IsZero() {
			over = v.Start.Add(6 * time.Hour)
		}
		v.Over = now.After(over)
		if l := m.Location; l != nil {
			for _, part := range []string{l.Room, l.Description, l.StreetAddress, join(l.PostalCode, l.Locality)} {
				if part != "" {
					v.Place = append(v.Place, part)
				}
			}
		}
		for _, u := range m.Organization {
			v.Organizations = append(v.Organizations, ref{ID: u.ID()})
			organizations = append(organizations, u.ID())
		}
		out = append(out, v)
	}
	names, err := s.names(ctx, organizations)
	if err != nil {
		return nil, err
	}
	for i := range out {
		for j := range out[i].Organizations {
			out[i].Organizations[j].Name = names[out[i].Organizations[j].ID]
		}
	}
	return out, nil
}

func paper(o readmodel.Object) (paperView, error) {
	if o.Deleted {
		return paperView{ID: o.ID, Body: o.Body, Withdrawn: o.Modified}, nil
	}
	p, err := decode[readmodel.OParlPaper](o)
	if err != nil {
		return paperView{}, err
	}
	v := paperView{ID: o.ID, Body: o.Body, Name: p.Name, Reference: p.Reference, Type: p.PaperType, Date: moment(p.Date), Published: o.SortAt}
	if p.MainFile != nil {
		v.Files = append(v.Files, fileView{ID: p.MainFile.ID.ID(), Name: p.MainFile.Name, Main: true, Size: p.MainFile.Size})
	}
	for _, f := range p.AuxiliaryFile {
		v.Files = append(v.Files, fileView{ID: f.ID.ID(), Name: f.Name, Size: f.Size})
	}
	return v, nil
}

func papers(objects []readmodel.Object) ([]paperView, error) {
	out := make([]paperView, 0, len(objects))
	for _, o := range objects {
		v, err := paper(o)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// moment reads a stored date or date-time; what is not there is the zero time.
func moment(s string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04:05-07:00", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
