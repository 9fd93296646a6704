package signin

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

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
	if len(h.Providers) == 0 {
		return h.page(c, fiber.StatusServiceUnavailable, "signin.not_set_up", "")
	}
	answer, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return h.page(c, fiber.StatusBadRequest, "signin.expired", "")
	}
	login, provider, err := h.under(c, answer.Get("state"))
	if err != nil {
		h.Log.Info("sign-in refused", "request", httpkit.RequestID(c), "reason", err)
		return h.page(c, fiber.StatusBadRequest, "signin.expired", "")
	}
	identity, err := provider.Finish(c.UserContext(), sso.Login{State: login.State, Nonce: login.Nonce, Verifier: login.Verifier, Redirect: login.Redirect,
		MaxAge: time.Duration(login.MaxAge) * time.Second}, answer)
	if err != nil {
		return h.refuse(c, login, err)
	}
	secure := h.Origins.Secure(c)
	old := c.Cookies(session.CookieName(secure))
	device := h.newDevice(c)
	token, started, err := h.enter(c.UserContext(), provider.Name(), identity, device, old)
	if key := refusalKey(err); key != "" {
		h.Log.Info("sign-in of somebody who is not let in", "request", httpkit.RequestID(c), "reason", err)
		return h.page(c, fiber.StatusForbidden, key, "", "account", identity.Email)
	}
	if err != nil {
		return err
	}
	h.setCookie(c, session.CookieName(secure), token, started.Expires.Sub(started.Created))
	device.keep(c)
	h.rememberHint(c, identity, started)
	return c.Redirect(login.Return, fiber.StatusSeeOther)
}

// under finds the sign-in that is under way in this browser for the state, with its provider, and uses it up: a second answer to
// it, even with a kept cookie, meets nothing.
func (h *Handlers) under(c *fiber.Ctx, state string) (session.Login, Choice, error) {
	name := session.LoginCookieName(state, h.Origins.Secure(c))
	login, err := h.Sealer.Open(state, c.Cookies(name))
	if err != nil {
		return login, Choice{}, err
	}
	h.setCookie(c, name, "", -1) // once
	provider, ok := h.named(login.Provider)
	if !ok || provider.Name() != c.Params("provider") {
		return login, provider, errors.New("the answer came to another provider's callback")
	}
	return login, provider, h.Store.SpendOnce(c.UserContext(), "sign-in "+state, login.Until)
}

// enter finds the person and starts the session, with its lines in the log, in one transaction. old is the token of the
// session that the browser had, if any: a sign-in never goes on under an old one.
func (h *Handlers) enter(ctx context.Context, provider string, id sso.Identity, device *atDevice, old string) (token string, started session.Session, err error) {
	var not error // the refusal stands in the log all the same
	err = h.Store.InTx(ctx, func(ctx context.Context) error {
		person, err := h.find(ctx, id)
		var facts policy.Facts
		if err == nil {
			facts, err = h.facts(ctx, provider, person, id.Groups)
		}
		if isRefusal(err) {
			not = err
			return h.audit(ctx, "session.refuse", facts.Person, "issuer", id.Issuer, "subject", id.Subject)
		}
		if err != nil {
			return err
		}
		if old != "" {
			if err := h.Sessions.Replace(ctx, old); err != nil {
				return err
			}
		}
		v := policy.ForPerson(facts, h.Kit.Now())
		s := session.Session{Person: person, Issuer: id.Issuer, Subject: id.Subject, SID: id.SID, ACR: id.ACR, AMR: strings.Join(id.AMR, " "),
			UserAgent: device.agent, AuthTime: id.AuthTime, Rights: policy.Offices(v)}
		if s.AuthTime.IsZero() {
			s.AuthTime = session.UnknownAuthTime
		}
		if err := device.enter(ctx, &s); err != nil {
			return err
		}
		if token, started, err = h.Sessions.Start(ctx, s, h.Kit.LimitsOf(v)); err != nil {
			return err
		}
		return h.audit(ctx, "session.start", facts.Person)
	})
	if err == nil {
		err = not
	}
	return token, started, err
}

// facts are those of the person after the directory's groups have had their say; errLocked and errNoGroup when they are not let in.
func (h *Handlers) facts(ctx context.Context, provider string, person council.ID, groups []string) (policy.Facts, error) {
	facts, err := h.Store.Facts(ctx, person)
	if err != nil {
		return facts, err
	}
	if !policy.ForPerson(facts, h.Kit.Now()).SignedIn() {
		return facts, errLocked
	}
	if h.Directory == nil {
		return facts, nil
	}
	if err := h.Directory.Settle(ctx, provider, facts.Person, groups); err != nil {
		if council.KindOf(err) == council.Forbidden {
			err = errNoGroup
		}
		return facts, err
	}
	return h.Store.Facts(ctx, person)
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
