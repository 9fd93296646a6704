package signin

import (
	"context"
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/policy"
	"ris/auth/session"
	"ris/auth/sso"
)

// Callback takes the provider's answer and signs the person in under a fresh session.
func (h *Handlers) Callback(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer") // the address holds the code
	if h.Provider == nil {
		return h.page(c, fiber.StatusServiceUnavailable, "signin.not_set_up", "")
	}
	answer, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return h.page(c, fiber.StatusBadRequest, "signin.expired", "")
	}
	state := answer.Get("state")
	name := session.LoginCookieName(state, h.Origins.Secure(c))
	login, err := h.Sealer.Open(state, c.Cookies(name))
	if err != nil {
		h.Log.Info("sign-in refused", "request", httpkit.RequestID(c), "reason", err)
		return h.page(c, fiber.StatusBadRequest, "signin.expired", "")
	}
	h.setCookie(c, name, "", -1) // once
	identity, err := h.Provider.Finish(c.UserContext(), sso.Login{State: login.State, Nonce: login.Nonce, Verifier: login.Verifier, Redirect: login.Redirect}, answer)
	if errors.Is(err, sso.ErrUnavailable) {
		h.Log.Error("sign-in cannot finish", "request", httpkit.RequestID(c), "error", err)
		return h.page(c, fiber.StatusServiceUnavailable, "signin.unavailable", login.Return)
	}
	if err != nil {
		h.Log.Warn("sign-in refused", "request", httpkit.RequestID(c), "reason", err)
		return h.page(c, fiber.StatusBadRequest, "signin.refused", login.Return)
	}

	secure := h.Origins.Secure(c)
	old := c.Cookies(session.CookieName(secure))
	token, started, err := h.enter(c.UserContext(), identity, c.Get(fiber.HeaderUserAgent), old)
	if errors.Is(err, errUnknown) {
		h.Log.Info("sign-in of somebody without an account here", "request", httpkit.RequestID(c))
		return h.page(c, fiber.StatusForbidden, "signin.unknown", "", "account", identity.Email)
	}
	if err != nil {
		return err
	}
	h.setCookie(c, session.CookieName(secure), token, started.Expires.Sub(started.Created))
	return c.Redirect(login.Return, fiber.StatusSeeOther)
}

// errUnknown: the provider knows the person, the council's office does not.
var errUnknown = errors.New("no person for this identity")

// enter finds the person and starts the session, with its lines in the log, in one transaction. old is the token of the
// session that the browser had, if any: a sign-in never goes on under an old one.
func (h *Handlers) enter(ctx context.Context, id sso.Identity, agent, old string) (token string, started session.Session, err error) {
	unknown := false
	err = h.Store.InTx(ctx, func(ctx context.Context) error {
		person, err := h.find(ctx, id)
		if errors.Is(err, errUnknown) {
			unknown = true // the refusal stands in the log all the same
			return h.audit(ctx, "session.refuse", council.Person{}, "issuer", id.Issuer, "subject", id.Subject)
		}
		if err != nil {
			return err
		}
		facts, err := h.Store.Facts(ctx, person)
		if err != nil {
			return err
		}
		if old != "" {
			if err := h.Sessions.Replace(ctx, old); err != nil {
				return err
			}
		}
		v := policy.ForPerson(facts, h.Kit.Now())
		token, started, err = h.Sessions.Start(ctx, session.Session{Person: person, Issuer: id.Issuer, Subject: id.Subject, SID: id.SID,
			UserAgent: agent, AuthTime: id.AuthTime, Rights: policy.Offices(v)}, h.Kit.LimitsOf(v))
		if err != nil {
			return err
		}
		return h.audit(ctx, "session.start", facts.Person)
	})
	if err == nil && unknown {
		err = errUnknown
	}
	return token, started, err
}

// find gives the person of an identity. A person who was never signed in is found by account when the provider vouches for
// the address; after that the address counts no more, so that whoever gets it next does not become that person.
func (h *Handlers) find(ctx context.Context, id sso.Identity) (council.ID, error) {
	known, err := h.Store.IdentityPerson(ctx, id.Issuer, id.Subject)
	if err == nil {
		return known, nil
	}
	if council.KindOf(err) != council.NotFound {
		return "", err
	}
	if !id.EmailVerified || id.Email == "" {
		return "", errUnknown
	}
	person, err := h.Store.PersonByAccount(ctx, id.Email)
	if err != nil && council.KindOf(err) == council.NotFound {
		return "", errUnknown
	}
	if err != nil {
		return "", err
	}
	if taken, err := h.Store.HasIdentity(ctx, person.ID); err != nil || taken {
		if err == nil {
			err = errUnknown
		}
		return "", err
	}
	if err := h.Store.SaveIdentity(ctx, id.Issuer, id.Subject, person.ID); err != nil {
		return "", err
	}
	return person.ID, h.audit(ctx, "identity.link", person, "issuer", id.Issuer, "subject", id.Subject)
}

// audit writes a line about a person; details are pairs of name and value.
func (h *Handlers) audit(ctx context.Context, act string, p council.Person, details ...string) error {
	now := h.Clock()
	e := council.AuditEntry{ID: council.NewID(now), At: now, Body: p.Body, Actor: p.ID, Act: act, Object: p.ID, Kind: "person"}
	if p.ID == "" {
		e.System = "sign-in"
	}
	for i := 0; i+1 < len(details); i += 2 {
		if e.Details == nil {
			e.Details = map[string]string{}
		}
		e.Details[details[i]] = details[i+1]
	}
	return h.Store.Audit(ctx, e)
}
