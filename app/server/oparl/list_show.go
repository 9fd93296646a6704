package oparl

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// The size of a list page: what a client gets that asks for nothing, and the most that it gets.
const (
	defaultLimit = 100
	maxLimit     = 500
)

// page is an OParl list page. next is absent on the last page only.
type page struct {
	Data       json.RawMessage `json:"data"`
	Pagination pagination      `json:"pagination"`
	Links      links           `json:"links"`
}

type pagination struct {
	TotalElements   int `json:"totalElements"`
	ElementsPerPage int `json:"elementsPerPage"`
	CurrentPage     int `json:"currentPage"`
	TotalPages      int `json:"totalPages"`
}

type links struct {
	First readmodel.URL `json:"first"`
	Self  readmodel.URL `json:"self"`
	Next  readmodel.URL `json:"next,omitempty"`
}

// showList answers a page of an external list. Pages are cut by id, which never changes: an object that comes or goes
// meanwhile moves no other one over the edge of a page.
func (s *server) showList(c *fiber.Ctx, t target) error {
	q, err := readFilter(string(c.Request().URI().QueryString()))
	if err != nil {
		return err
	}
	f := q.ListFilter
	f.Type = t.list
	if t.id != "" {
		parent, err := s.Model.PublicObject(c.UserContext(), t.id)
		if err != nil {
			return err
		}
		if parent.Type != t.below {
			return council.ErrNotFound()
		}
		if t.below == readmodel.Body {
			f.Body = t.id
		} else {
			f.Relation, f.Target = readmodel.OfOrganization, t.id
		}
	}
	objects, total, before, err := s.Model.PublicList(c.UserContext(), f)
	if err != nil {
		return err
	}
	data := make([][]byte, len(objects))
	for i, o := range objects {
		data[i] = o.OParl
		if q.omitInternal {
			if data[i], err = omitInternal(o.Type, o.OParl); err != nil {
				return err
			}
		}
	}
	path := readmodel.URL(canonicalPath(string(c.Request().URI().PathOriginal())))
	p := page{
		// Base is put in by hand: what is stored has it, and the encoder would escape it.
		Data: json.RawMessage("[]"),
		Pagination: pagination{
			TotalElements: total, ElementsPerPage: f.Limit, CurrentPage: before/f.Limit + 1, TotalPages: max(1, (total+f.Limit-1)/f.Limit),
		},
		Links: links{First: path + q.with(""), Self: path + q.with(f.After)},
	}
	if before+len(objects) < total && len(objects) > 0 {
		p.Links.Next = path + q.with(objects[len(objects)-1].ID)
	}
	stored, err := encodePage(p, join(data))
	if err != nil {
		return err
	}
	return s.send(c, stored, time.Time{}) // the ETag tells
}

// encodePage writes the frame and puts the stored objects into it as they are.
func encodePage(p page, data []byte) ([]byte, error) {
	frame, err := readmodel.Encode(p)
	if err != nil {
		return nil, err
	}
	const empty = `{"data":[`
	out := make([]byte, 0, len(frame)+len(data))
	out = append(out, empty...)
	out = append(out, data...)
	return append(out, frame[len(empty):]...), nil
}

// internal are the lists of embedded objects that omit_internal leaves out (OParl 1.1, section "omit_internal").
var internal = map[readmodel.Type][]string{
	readmodel.AgendaItem: {"auxiliaryFile"},
	readmodel.Meeting:    {"auxiliaryFile", "agendaItem"},
	readmodel.Paper:      {"auxiliaryFile", "location"},
	readmodel.Person:     {"membership"},
	readmodel.Body:       {"legislativeTerm"},
}

func omitInternal(t readmodel.Type, stored []byte) ([]byte, error) {
	names := internal[t]
	if len(names) == 0 {
		return stored, nil
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(stored, &fields); err != nil {
		return nil, err
	}
	for _, name := range names {
		delete(fields, name)
	}
	return encodeRaw(fields)
}
