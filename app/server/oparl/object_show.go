package oparl

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/publication/readmodel"
)

// showObject answers one object; a tombstone is answered with 200 (OParl 1.1, section "Gelöschte Objekte").
func (s *server) showObject(c *fiber.Ctx, t target) error {
	o, err := s.Model.PublicObject(c.UserContext(), t.id)
	if err != nil {
		return err
	}
	if o.Type != t.object {
		return council.ErrNotFound()
	}
	stored := o.OParl
	if isTrue(c, "omit_internal") {
		if stored, err = omitInternal(o.Type, stored); err != nil {
			return err
		}
	}
	return s.send(c, stored, o.Modified)
}

// system is the System object; it is made from the configuration and the bodies that are public.
type system struct {
	readmodel.Head
	OParlVersion string        `json:"oparlVersion"`
	Body         readmodel.URL `json:"body"`
	Name         string        `json:"name,omitempty"`
	ContactEmail string        `json:"contactEmail,omitempty"`
	ContactName  string        `json:"contactName,omitempty"`
	Website      readmodel.URL `json:"website"`
	Vendor       string        `json:"vendor,omitempty"`
	Product      string        `json:"product,omitempty"`
}

// showSystem answers the entry point.
func (s *server) showSystem(c *fiber.Ctx) error {
	bodies, _, _, err := s.Model.PublicList(c.UserContext(), readmodel.ListFilter{Type: readmodel.Body, Limit: maxLimit})
	if err != nil {
		return err
	}
	modified, err := s.Model.PublicLatest(c.UserContext(), readmodel.Body, "")
	if err != nil {
		return err
	}
	created := modified
	for _, b := range bodies {
		if b.Created.Before(created) {
			created = b.Created
		}
	}
	if created.IsZero() { // nothing was published yet
		created = time.Unix(0, 0)
		modified = created
	}
	o := system{
		Head: readmodel.Head{
			ID: "/oparl/system", Type: readmodel.TypeURL + "System", Created: readmodel.DateTime(created),
			Modified: readmodel.DateTime(modified), License: s.License, Web: "/",
		},
		OParlVersion: readmodel.TypeURL, Body: "/oparl/bodies", Name: readmodel.Clean(s.Name),
		ContactEmail: readmodel.Clean(s.ContactEmail), ContactName: readmodel.Clean(s.ContactName), Website: "/",
		Vendor: s.Vendor, Product: s.Product,
	}
	stored, err := readmodel.Encode(o)
	if err != nil {
		return err
	}
	return s.send(c, stored, modified)
}
