package httpkit

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Origins are the addresses under which browsers reach us, as scheme://host[:port]; the first is the one that we name
// ourselves. The Host of a request picks among them and gives nothing else: a made-up Host leads to the first.
type Origins struct{ list []string }

// NewOrigins checks the list; at least one is needed.
func NewOrigins(list ...string) (Origins, error) {
	if len(list) == 0 {
		return Origins{}, errors.New("server: no public address")
	}
	o := Origins{}
	for _, s := range list {
		u, err := url.Parse(strings.TrimSuffix(s, "/"))
		if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || (u.Scheme != "http" && u.Scheme != "https") {
			return o, fmt.Errorf("server: public address %q: want scheme://host[:port]", s)
		}
		o.list = append(o.list, strings.ToLower(u.Scheme+"://"+u.Host))
	}
	return o, nil
}

// First is the address that we name ourselves.
func (o Origins) First() string { return o.list[0] }

// Of is the origin that the browser uses in this request, and whether it is one of ours (else it is the first).
func (o Origins) Of(c *fiber.Ctx) (origin string, known bool) {
	host := strings.ToLower(string(c.Request().Host()))
	for _, s := range o.list {
		if _, h, _ := strings.Cut(s, "://"); h == host {
			return s, true
		}
	}
	return o.list[0], false
}

// Secure reports whether the browser reaches us by https: its cookies then carry Secure and the prefix __Host-.
func (o Origins) Secure(c *fiber.Ctx) bool {
	origin, _ := o.Of(c)
	return strings.HasPrefix(origin, "https://")
}

// AllSecure reports whether every address is https: only then may browsers be told never to use http for the host again
// (HSTS holds for all its ports; the demo serves both).
func (o Origins) AllSecure() bool {
	for _, s := range o.list {
		if !strings.HasPrefix(s, "https://") {
			return false
		}
	}
	return true
}
