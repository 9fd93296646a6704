package oparl

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// Deps are the parts that the OParl server stands on. PublicURL is the address at which the world reaches this server, with
// scheme and host and without a slash at its end; all ids begin with it. The other texts describe the System object and may
// be empty; License, Vendor and Product are URLs.
type Deps struct {
	Model        readmodel.Reader
	PublicURL    string
	Name         string
	ContactName  string
	ContactEmail string
	License      string
	Vendor       string
	Product      string
}

// Route is a line for the table of routes; all of them are open to everybody.
type Route struct{ Method, Path string }

// Routes are the addresses that Mount serves; HEAD answers like GET on all of them.
func Routes() []Route {
	out := []Route{{"GET", "/oparl"}, {"GET", "/oparl/system"}, {"GET", "/oparl/bodies"}}
	for _, t := range types {
		out = append(out, Route{"GET", "/oparl/" + readmodel.Segments[t] + "/:id"})
	}
	for _, l := range bodyLists {
		out = append(out, Route{"GET", "/oparl/body/:id/" + l.segment})
	}
	for _, l := range organizationLists {
		out = append(out, Route{"GET", "/oparl/organization/:id/" + l.segment})
	}
	return out
}

// Mount serves OParl below /oparl; an unusable PublicURL is an error. One handler takes all paths and reads them itself: the
// framework's own matching ignores a slash at the end, while in OParl every letter is part of an object's identity.
func Mount(router fiber.Router, d Deps) error {
	u, err := url.Parse(d.PublicURL)
	if err != nil || u.Host == "" || strings.HasSuffix(d.PublicURL, "/") {
		return fmt.Errorf("oparl: public URL %q: want scheme://host without a slash at the end", d.PublicURL)
	}
	s := &server{Deps: d, host: strings.ToLower(u.Host), scheme: u.Scheme}
	router.Use("/oparl", compress.New(compress.Config{Level: compress.LevelBestSpeed}))
	for _, r := range Routes() {
		router.Get(r.Path, s.serve)
	}
	router.Use("/oparl", s.serve) // other methods, other spellings, unknown addresses
	return nil
}

type server struct {
	Deps
	host, scheme string
}

// types that have rows, in the order of the specification.
var types = []readmodel.Type{
	readmodel.Body, readmodel.LegislativeTerm, readmodel.Organization, readmodel.Person, readmodel.Membership, readmodel.Meeting,
	readmodel.AgendaItem, readmodel.Paper, readmodel.Consultation, readmodel.File, readmodel.Location,
}

// sublist is an external list below an object.
type sublist struct {
	segment string
	typ     readmodel.Type
}

var bodyLists = []sublist{
	{"organizations", readmodel.Organization}, {"persons", readmodel.Person}, {"meetings", readmodel.Meeting},
	{"papers", readmodel.Paper}, {"agenda-items", readmodel.AgendaItem}, {"consultations", readmodel.Consultation},
	{"files", readmodel.File}, {"memberships", readmodel.Membership}, {"locations", readmodel.Location},
	{"legislative-terms", readmodel.LegislativeTerm},
}

var organizationLists = []sublist{{"meetings", readmodel.Meeting}, {"consultations", readmodel.Consultation}}

// target is what a path means.
type target struct {
	system bool
	object readmodel.Type // with id
	list   readmodel.Type // with id and below, or the list of all bodies
	below  readmodel.Type
	id     council.ID
}

// locate reads a canonical path; false = no such address.
func locate(path string) (target, bool) {
	switch path {
	case "/oparl/system":
		return target{system: true}, true
	case "/oparl/bodies":
		return target{list: readmodel.Body}, true
	}
	parts := strings.Split(strings.TrimPrefix(path, "/oparl/"), "/")
	if len(parts) < 2 || len(parts) > 3 || !council.ID(parts[1]).Valid() {
		return target{}, false
	}
	for _, t := range types {
		if readmodel.Segments[t] != parts[0] {
			continue
		}
		id := council.ID(parts[1])
		if len(parts) == 2 {
			return target{object: t, id: id}, true
		}
		var lists []sublist
		switch t {
		case readmodel.Body:
			lists = bodyLists
		case readmodel.Organization:
			lists = organizationLists
		}
		for _, l := range lists {
			if l.segment == parts[2] {
				return target{list: l.typ, below: t, id: id}, true
			}
		}
	}
	return target{}, false
}
