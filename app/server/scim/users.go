package scim

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
)

func (s *surface) users(c *fiber.Ctx) error {
	all, err := s.Accounts.Accounts(c.UserContext(), client(c))
	if err != nil {
		return err
	}
	resources := make([]map[string]any, len(all))
	for i, a := range all {
		resources[i] = s.userJSON(a)
	}
	return list(c, resources)
}

func (s *surface) user(c *fiber.Ctx) error {
	a, err := s.Accounts.Account(c.UserContext(), client(c), council.ID(c.Params("id")))
	if err != nil {
		return err
	}
	return sent(c, fiber.StatusOK, s.userJSON(a))
}

func (s *surface) userAdd(c *fiber.Ctx) error {
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	w, err := accountWish(body)
	if err != nil {
		return err
	}
	a, err := s.Accounts.AddAccount(c.UserContext(), client(c), w)
	if err != nil {
		return err
	}
	return sent(c, fiber.StatusCreated, s.userJSON(a))
}

func (s *surface) userPut(c *fiber.Ctx) error {
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	return s.keepUser(c, body)
}

func (s *surface) userPatch(c *fiber.Ctx) error {
	body, err := bodyOf(c)
	if err != nil {
		return err
	}
	now, err := s.Accounts.Account(c.UserContext(), client(c), council.ID(c.Params("id")))
	if err != nil {
		return err
	}
	r := s.userJSON(now)
	delete(r, "active") // what is not asked for stays: active is the sum of two locks, of which only one is the directory's
	if now.Asked != "" {
		r["emails"] = workEmail(now.Asked)
	}
	if err := patch(r, body); err != nil {
		return err
	}
	return s.keepUser(c, r)
}

func (s *surface) keepUser(c *fiber.Ctx, r map[string]any) error {
	seen, err := revision(c)
	if err != nil {
		return err
	}
	id := council.ID(c.Params("id"))
	if _, err := s.Accounts.Account(c.UserContext(), client(c), id); err != nil { // before any complaint
		return err
	}
	w, err := accountWish(r)
	if err != nil {
		return err
	}
	a, err := s.Accounts.ChangeAccount(c.UserContext(), client(c), id, seen, w)
	if e, ok := errors.AsType[*council.Error](err); ok && e.Key == "scim.error.locked" {
		return wrong("mutability", e.Key) // "not compatible with the target attribute's ... current state" (RFC 7644, table 9)
	}
	if err != nil {
		return err
	}
	// What holds is answered: an address that waits for the clerk is not there yet.
	return sent(c, fiber.StatusOK, s.userJSON(a))
}

func (s *surface) userDelete(c *fiber.Ctx) error {
	seen, err := revision(c)
	if err != nil {
		return err
	}
	if err := s.Accounts.DeleteAccount(c.UserContext(), client(c), council.ID(c.Params("id")), seen); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// search is a list whose question stands in the body (RFC 7644, section 3.4.3): it becomes the question of the address.
func search(list fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		body, err := bodyOf(c)
		if err != nil {
			return err
		}
		args := c.Context().QueryArgs()
		for _, name := range []string{"filter", "startIndex", "count", "attributes", "excludedAttributes"} {
			args.Del(name)
			v, ok := get(body, name)
			if !ok || v == nil {
				continue
			}
			texts := make([]string, 0, 1)
			for _, x := range elements(v) {
				switch x := x.(type) {
				case string:
					texts = append(texts, x)
				case float64:
					texts = append(texts, strconv.FormatFloat(x, 'f', -1, 64))
				default:
					return wrong("invalidValue", "scim.error.attribute", "name", name)
				}
			}
			args.Set(name, strings.Join(texts, ","))
		}
		return list(c)
	}
}

// everything lists accounts and groups together: a search below the root (RFC 7644, section 3.4.3).
func (s *surface) everything(c *fiber.Ctx) error {
	accounts, err := s.Accounts.Accounts(c.UserContext(), client(c))
	if err != nil {
		return err
	}
	groups, err := s.Accounts.Groups(c.UserContext(), client(c))
	if err != nil {
		return err
	}
	all := make([]map[string]any, 0, len(accounts)+len(groups))
	for _, a := range accounts {
		all = append(all, s.userJSON(a))
	}
	for _, g := range groups {
		all = append(all, s.groupJSON(g))
	}
	return list(c, all)
}

// mostResults is the longest page; ServiceProviderConfig names it.
const mostResults = 1000

// list answers a page of the resources that meet the filter (RFC 7644, section 3.4.2).
func list(c *fiber.Ctx, all []map[string]any) error {
	if text := c.Query("filter"); text != "" {
		n, err := parseFilter(text)
		if err != nil {
			return err
		}
		met := all[:0:0]
		for _, r := range all {
			if n.matches(r) {
				met = append(met, r)
			}
		}
		all = met
	}
	start, err := number(c, "startIndex", 1)
	if err != nil {
		return err
	}
	count, err := number(c, "count", 100)
	if err != nil {
		return err
	}
	start, count = max(start, 1), min(max(count, 0), mostResults)
	page := all[min(start-1, len(all)):]
	page = page[:min(count, len(page))]
	resources := make([]any, len(page))
	for i, r := range page {
		resources[i] = shaped(c, r)
	}
	return send(c, fiber.StatusOK, map[string]any{"schemas": []string{schemaList}, "totalResults": len(all), "startIndex": start, "itemsPerPage": len(page), "Resources": resources})
}

func number(c *fiber.Ctx, name string, usual int) (int, error) {
	text := c.Query(name)
	if text == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, wrong("invalidValue", "scim.error.attribute", "name", name)
	}
	return n, nil
}
