package signin

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"ris/app/server/httpkit"
	"ris/auth/session"
	"ris/auth/sso"
	"ris/web/locales"
)

// refuse tells what was wrong with the provider's answer and what to do; the log gets the reason.
func (h *Handlers) refuse(c *fiber.Ctx, login session.Login, err error) error {
	if errors.Is(err, sso.ErrUnavailable) {
		h.Log.Error("sign-in cannot finish", "request", httpkit.RequestID(c), "error", err)
		return h.unavailable(c, login.Return, login.MaxAge > 0)
	}
	h.Log.Warn("sign-in refused", "request", httpkit.RequestID(c), "reason", err)
	key := "signin.refused"
	var refused *sso.Refused
	if errors.As(err, &refused) && refused.Why != "" {
		key = "signin." + string(refused.Why)
	}
	return h.page(c, fiber.StatusBadRequest, key, login.Return)
}

// unavailable says that the provider does not answer; who is signed in and only has to confirm has another way.
func (h *Handlers) unavailable(c *fiber.Ctx, ret string, confirming bool) error {
	if !confirming {
		return h.page(c, fiber.StatusServiceUnavailable, "signin.unavailable", ret)
	}
	lang := httpkit.Lang(c)
	return httpkit.SendPage(c, fiber.StatusServiceUnavailable, httpkit.Page{
		Lang: lang, Title: locales.T(lang, "signin.unavailable.title"), Text: []string{locales.T(lang, "signin.unavailable.confirm")},
		Action: httpkit.Link{Text: locales.T(lang, "signin.with_passkey"), Path: confirmPath + "?return=" + url.QueryEscape(ret)},
		Second: httpkit.Link{Text: locales.T(lang, "signin.again"), Path: loginPath + "?step=1&return=" + url.QueryEscape(ret)},
	})
}

// refusals are the reasons for which somebody whom the provider vouches for is not let in, with the page that says what to do.
var refusals = []struct {
	err error
	key string
}{{errUnknown, "signin.unknown"}, {errLocked, "signin.locked"}, {errNoGroup, "signin.no_group"}}

func isRefusal(err error) bool { return refusalKey(err) != "" }

func refusalKey(err error) string {
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			return r.key
		}
	}
	return ""
}

var (
	errUnknown = errors.New("no person for this identity") // the provider knows the person, the council's office does not
	errLocked  = errors.New("the account is locked")
	errNoGroup = errors.New("none of the provider's groups lets the person in")
)
