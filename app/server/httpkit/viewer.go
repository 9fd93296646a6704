package httpkit

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/devices"
	"ris/auth/policy"
	"ris/auth/session"
)

// Access is who may come as far as a route's handler. What the handler then shows is decided by auth/policy alone.
type Access string

const (
	Public Access = "public" // everybody, always as Anonymous: a session is not even looked at
	Person Access = "person" // signed-in persons; others get 401, or the sign-in when they ask for a page
	System Access = "system" // machines that watch us: says nothing of any object
	Client Access = "client" // a program with a token of its own, which names the Body whose accounts it keeps (SCIM)
)

// FactsStore is what Kit needs of the database: everything that policy.ForPerson must know of a person.
type FactsStore interface {
	Facts(ctx context.Context, person council.ID) (policy.Facts, error)
}

// Kit finds out who is asking.
type Kit struct {
	Sessions *session.Manager
	Facts    FactsStore
	Origins  Origins
	Clock    council.Clock
	StepUp   time.Duration  // how old a proof of identity may be for non-public papers; 0 = does not matter
	Zone     *time.Location // of the town: a seat ends with the day there, not in Greenwich; nil = UTC
	Devices  Devices        // nil: sessions are held to no device, and nothing is deleted from afar
}

// Now is the moment in the town's time zone: what policy.ForPerson takes its day from.
func (k *Kit) Now() time.Time {
	if k.Zone == nil {
		return k.Clock()
	}
	return k.Clock().In(k.Zone)
}

const (
	viewerKey  = "ris.viewer"
	sessionKey = "ris.session"
)

// Viewer is who asks in this request: a person behind Access Person, the public everywhere else.
func Viewer(c *fiber.Ctx) policy.Viewer {
	if v, ok := c.Locals(viewerKey).(policy.Viewer); ok {
		return v
	}
	return policy.Anonymous()
}

// Session is the session by which the viewer is known; false for the public.
func Session(c *fiber.Ctx) (session.Session, bool) {
	s, ok := c.Locals(sessionKey).(session.Session)
	return s, ok
}

// Require lets through who may come as far as a route of this class. Rights are computed anew from the facts in each request,
// so a seat that ends or a role that is taken away holds in the next one.
func (k *Kit) Require(a Access) fiber.Handler {
	if a != Person {
		return func(c *fiber.Ctx) error { return c.Next() }
	}
	return func(c *fiber.Ctx) error {
		if err := k.Admit(c); err != nil {
			return err
		}
		return c.Next()
	}
}

// Admit is Require(Person) for a handler that goes on by itself.
func (k *Kit) Admit(c *fiber.Ctx) error {
	if err := k.SignIn(c); err != nil {
		return err
	}
	// What a person may see is for this person: no shared cache, and none on the device's disk unless the handler says so.
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set("X-Robots-Tag", "noindex")
	return nil
}

// SignIn resolves the session cookie to a viewer; council.Unauthenticated when there is none in force.
func (k *Kit) SignIn(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := k.Sessions.Find(ctx, c.Cookies(session.CookieName(k.Origins.Secure(c))))
	if err == nil {
		err = k.Sessions.OfDevice(ctx, s, k.DeviceToken(c))
	}
	if err != nil {
		return k.refused(c, err)
	}
	facts, err := k.Facts.Facts(ctx, s.Person)
	if err != nil && council.KindOf(err) == council.NotFound {
		return council.E(council.Unauthenticated, "error.unauthenticated").Because(err)
	}
	if err != nil {
		return err
	}
	v := policy.ForPerson(facts, k.Now())
	if !v.SignedIn() { // locked since
		return council.E(council.Unauthenticated, "error.unauthenticated")
	}
	if err := k.Sessions.Keep(ctx, s, k.LimitsOf(v)); err != nil {
		return err
	}
	s = k.hold(c, s, v)
	if !session.Fresh(s, k.Clock(), k.StepUp) {
		v = v.Stale()
	}
	_ = k.Sessions.Touch(ctx, s) // reading must go on when nothing can be written; the next request tries again
	c.Locals(viewerKey, v)
	c.Locals(sessionKey, s)
	c.SetUserContext(council.WithMachine(ctx, devices.KindOf(s.UserAgent, false).Machine)) // for the log
	return nil
}

// LimitsOf are the time-outs for a viewer: who can publish or runs the system is signed out sooner.
func (k *Kit) LimitsOf(v policy.Viewer) session.Limits {
	return k.Sessions.Times.For(policy.IsAnyClerk(v), policy.IsIT(v))
}
