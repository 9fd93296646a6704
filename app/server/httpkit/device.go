package httpkit

import (
	"context"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// Devices is what the sign-in and each request need of the list of devices; *devices.Service is one.
type Devices interface {
	// Contact is asked when a browser comes without a session in force: an order to delete that waits for it is the error.
	Contact(ctx context.Context, deviceToken string) error
	// Reminded is asked when a browser comes with the receipt of an order that it was told before: the order once more, until it is
	// confirmed; nil for a receipt that is none, or of an order that is done.
	Reminded(ctx context.Context, receipt string) error
	// Misused writes the line about a session that was ended because somebody else used its token.
	Misused(ctx context.Context, m *session.Misused) error
}

// WipeOrder is the error that carries an order to delete to the device. Receipt is what the device confirms with.
type WipeOrder interface {
	error
	WipeReceipt() string
}

// ReceiptOf is the receipt of the order to delete that err carries; empty when it carries none.
func ReceiptOf(err error) string {
	var w WipeOrder
	if errors.As(err, &w) {
		return w.WipeReceipt()
	}
	return ""
}

// What makes the browser itself delete everything of this site (W3C Clear Site Data). Not the cookies as long as the device has not
// confirmed: one of them is the receipt, and the answer may be to a request behind which no page looks at answers (a picture, a part of
// a PDF). Those that open something are expired one by one.
const (
	clearStored = `"cache", "storage"`
	clearAll    = `"cache", "cookies", "storage"`
)

const (
	secureKey = "ris.wipe.secure"
	// receiptLife is how long a receipt waits for its confirmation; browsers keep no cookie longer (RFC 6265bis, section 5.5).
	receiptLife = 400 * 24 * time.Hour
)

// orderWipe adds to the answer what makes the browser itself delete, and leaves it nothing but the receipt; the app's own routine comes
// on top of it.
func orderWipe(c *fiber.Ctx, receipt string) {
	c.Set("Clear-Site-Data", clearStored)
	forgetBrowser(c)
	secure, _ := c.Locals(secureKey).(bool)
	SetCookie(c, session.WipeCookieName(secure), receipt, secure, receiptLife)
}

// Wiped adds to the answer what ends the order in the browser: nothing of this site is left, the receipt neither.
func Wiped(c *fiber.Ctx) {
	c.Set("Clear-Site-Data", clearAll)
	forgetBrowser(c)
	forgetReceipt(c)
}

func forgetBrowser(c *fiber.Ctx) {
	for _, secure := range []bool{true, false} {
		SetCookie(c, session.CookieName(secure), "", secure, -1)
		SetCookie(c, session.DeviceCookieName(secure), "", secure, -1)
	}
}

func forgetReceipt(c *fiber.Ctx) {
	for _, secure := range []bool{true, false} {
		SetCookie(c, session.WipeCookieName(secure), "", secure, -1)
	}
}

// Contact lets a browser pass unless an order to delete waits for it: for routes that need no session.
func (k *Kit) Contact(c *fiber.Ctx) error {
	if err := k.contact(c); err != nil {
		return err
	}
	return c.Next()
}

func (k *Kit) contact(c *fiber.Ctx) error {
	if k.Devices == nil {
		return nil
	}
	c.Locals(secureKey, k.Origins.Secure(c))
	if token := k.DeviceToken(c); token != "" {
		if err := k.Devices.Contact(c.UserContext(), token); err != nil {
			return err
		}
	}
	receipt := c.Cookies(session.WipeCookieName(k.Origins.Secure(c)))
	if receipt == "" {
		return nil
	}
	if err := k.Devices.Reminded(c.UserContext(), receipt); err != nil {
		return err
	}
	forgetReceipt(c)
	return nil
}

// DeviceToken is the value of the browser's device cookie, or empty.
func (k *Kit) DeviceToken(c *fiber.Ctx) string {
	return c.Cookies(session.DeviceCookieName(k.Origins.Secure(c)))
}

// refused is the answer to a request whose session does not hold: the order to delete comes before everything else.
func (k *Kit) refused(c *fiber.Ctx, err error) error {
	if council.KindOf(err) != council.Unauthenticated {
		return err
	}
	if m, ok := session.AsMisused(err); ok && k.Devices != nil {
		if err := k.Devices.Misused(c.UserContext(), m); err != nil {
			return err
		}
	}
	if order := k.contact(c); order != nil {
		return order
	}
	return err
}

// hold keeps the session's token to the offices of this moment: another office, another token (it goes out with this answer).
func (k *Kit) hold(c *fiber.Ctx, s session.Session, v policy.Viewer) session.Session {
	offices := policy.Offices(v)
	switch {
	case s.Rights == offices:
	case s.Rights == "":
		_ = k.Sessions.NoteRights(c.UserContext(), s, offices) // the next request tries again
		s.Rights = offices
	default:
		was := s.Rights
		s.Rights = offices
		token, rotated, err := k.Sessions.Rotate(c.UserContext(), s)
		if err != nil { // another request was faster, or nothing can be written now: the rights are those of this moment anyway
			s.Rights = was
			return s
		}
		k.SetSession(c, token, rotated)
		return rotated
	}
	return s
}

// SetSession writes the cookie of a session.
func (k *Kit) SetSession(c *fiber.Ctx, token string, s session.Session) {
	secure := k.Origins.Secure(c)
	SetCookie(c, session.CookieName(secure), token, secure, s.Expires.Sub(k.Clock()))
}

// SetCookie writes a cookie for this host alone, out of reach of scripts; maxAge 0 = until the browser closes, below 0 = delete it.
func SetCookie(c *fiber.Ctx, name, value string, secure bool, maxAge time.Duration) {
	cookie := &fiber.Cookie{Name: name, Value: value, Path: "/", HTTPOnly: true, Secure: secure, SameSite: fiber.CookieSameSiteLaxMode}
	if maxAge > 0 {
		cookie.MaxAge = int(maxAge / time.Second)
	}
	if maxAge < 0 {
		cookie.MaxAge = -1
		cookie.Expires = time.Unix(1, 0)
	}
	c.Cookie(cookie)
}
