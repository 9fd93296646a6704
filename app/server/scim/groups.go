package scim

import (
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

func (s *surface) groups(c *fiber.Ctx) error {
	all, err := s.Accounts.Groups(c.UserContext(), client(c))
	if err != nil {
		return err
	}
	resources := make([]map[string]any, len(all))
	for i, g := range all {
		resources[i] = s.groupJSON(g)
	}
	return list(c, resources)
}

func (s *surface) group(c *fiber.Ctx) error {
	g, err := s.Accounts.Group(c.UserContext(), client(c), council.ID(c.Params("id")))
	if err != nil {
		return err
	}
	return sent(c, fiber.StatusOK, s.groupJSON(g))
}

func (s *surface) groupAdd(c *fiber.Ctx) error {
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	w, err := groupWish(body)
	if err != nil {
		return err
	}
	g, err := s.Accounts.AddGroup(c.UserContext(), client(c), w)
	if err != nil {
		return err
	}
	return sent(c, fiber.StatusCreated, s.groupJSON(g))
}

func (s *surface) groupPut(c *fiber.Ctx) error {
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	return s.keepGroup(c, body)
}

func (s *surface) groupPatch(c *fiber.Ctx) error {
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	now, err := s.Accounts.Group(c.UserContext(), client(c), council.ID(c.Params("id")))
	if err != nil {
		return err
	}
	r := s.groupJSON(now)
	if err := patch(r, body); err != nil {
		return err
	}
	return s.keepGroup(c, r)
}

func (s *surface) keepGroup(c *fiber.Ctx, r map[string]any) error {
	seen, err := revision(c)
	if err != nil {
		return err
	}
	id := council.ID(c.Params("id"))
	if _, err := s.Accounts.Group(c.UserContext(), client(c), id); err != nil { // before any complaint
		return err
	}
	w, err := groupWish(r)
	if err != nil {
		return err
	}
	g, err := s.Accounts.ChangeGroup(c.UserContext(), client(c), id, seen, w)
	if err != nil {
		return err
	}
	return sent(c, fiber.StatusOK, s.groupJSON(g))
}

func (s *surface) groupDelete(c *fiber.Ctx) error {
	seen, err := revision(c)
	if err != nil {
		return err
	}
	if err := s.Accounts.DeleteGroup(c.UserContext(), client(c), council.ID(c.Params("id")), seen); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
