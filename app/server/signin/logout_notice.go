package signin

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/session"
	"ris/auth/sso"
)

// NoticePath is where providers report that somebody has signed out there; each provider's client registers it.
const NoticePath = "/auth/backchannel-logout"

// Notice takes a provider's word that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0, sections 2.5 to 2.8):
// the session named by sid, else all of sub, is dead in the next request. It answers 200 when there was nothing to end, too;
// 400 to what is no logout token of a configured provider, or was taken before; 503 when the provider's keys cannot be had, so that
// it may try again.
func (h *Handlers) Notice(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	raw, ok := logoutToken(c)
	if !ok {
		return h.noticeRefused(c, errors.New("no form with one logout_token"))
	}
	provider, ok := h.issuing(sso.IssuerOf(raw))
	if !ok {
		return h.noticeRefused(c, errors.New("of no configured provider"))
	}
	notice, err := provider.Notice(c.UserContext(), raw)
	if errors.Is(err, sso.ErrUnavailable) {
		h.Log.Error("sign-out message cannot be checked", "request", httpkit.RequestID(c), "error", err)
		return c.SendStatus(fiber.StatusServiceUnavailable)
	}
	if err != nil {
		return h.noticeRefused(c, err)
	}
	err = h.Store.InTx(c.UserContext(), func(ctx context.Context) error {
		if err := h.Store.SpendOnce(ctx, "logout "+notice.Issuer+" "+notice.TokenID, notice.Until); err != nil {
			return err
		}
		return h.endNoticed(ctx, notice)
	})
	if errors.Is(err, errTwoPeople) {
		return h.noticeRefused(c, err)
	}
	if err != nil && council.KindOf(err) == council.Conflict {
		return h.noticeRefused(c, errors.New("the token was taken before"))
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusOK)
}

var errTwoPeople = errors.New("sid and sub name different people")

// endNoticed ends what the notice names, with a line in the log of acts for each person.
func (h *Handlers) endNoticed(ctx context.Context, n sso.Notice) error {
	var ended []session.Session
	var err error
	if n.SID != "" { // section 2.7: the session alone, when it is named
		ended, err = h.Sessions.EndBySID(ctx, n.Issuer, n.SID)
	} else {
		ended, err = h.Sessions.EndBySubject(ctx, n.Issuer, n.Subject)
	}
	if err != nil {
		return err
	}
	for _, s := range ended {
		if n.Subject != "" && s.Subject != n.Subject {
			return errTwoPeople // nothing of it counts: the transaction is taken back
		}
		facts, err := h.Store.Facts(ctx, s.Person)
		if err != nil {
			return err
		}
		if err := h.audit(ctx, audit.SessionRevoke, facts.Person, "by", "provider", "issuer", n.Issuer, "reason", string(session.ProviderEnded)); err != nil {
			return err
		}
	}
	return nil
}

// noticeRefused answers as section 2.8 wants it: 400 and an error code, nothing of why.
func (h *Handlers) noticeRefused(c *fiber.Ctx, reason error) error {
	h.Log.Warn("sign-out message refused", "request", httpkit.RequestID(c), "reason", reason)
	return c.Status(fiber.StatusBadRequest).JSON(fiber.Map{"error": "invalid_request"})
}

// logoutToken reads the one parameter of the form (section 2.5).
func logoutToken(c *fiber.Ctx) (string, bool) {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationForm) || c.Request().Header.ContentLength() > 2*sso.MaxToken {
		return "", false
	}
	form, err := url.ParseQuery(string(c.Body()))
	if err != nil || len(form["logout_token"]) != 1 || form.Get("logout_token") == "" {
		return "", false
	}
	return form.Get("logout_token"), true
}
