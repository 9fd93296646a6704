package signin

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/passkeys"
	"ris/app/server/httpkit"
	"ris/auth/passkey"
	"ris/auth/policy"
	"ris/auth/session"
)

// PasskeyHandlers are the routes of passkeys, for signed-in people; JSON in and out. They stand with the sign-in because they change
// the session.
type PasskeyHandlers struct {
	Keys *passkeys.Service
	*Handlers
}

// passkeyJSON is one key in the person's list. Here says whether it works on the host that the browser uses now.
type passkeyJSON struct {
	ID       council.ID `json:"id"`
	Name     string     `json:"name"`
	Created  time.Time  `json:"created"`
	LastUsed *time.Time `json:"lastUsed"`
	Here     bool       `json:"here"`
}

// List answers {data, possible, provider, stepUpHours}: possible says whether this host can have keys, stale whether non-public
// papers wait for a confirmation.
func (h *PasskeyHandlers) List(c *fiber.Ctx) error {
	keys, err := h.Keys.List(c.UserContext(), httpkit.Viewer(c))
	if err != nil {
		return err
	}
	host, possible := passkey.Host(h.origin(c))
	out := make([]passkeyJSON, 0, len(keys))
	for _, k := range keys {
		out = append(out, h.render(k, host))
	}
	return c.JSON(fiber.Map{"data": out, "possible": possible, "host": host, "stale": policy.IsStale(httpkit.Viewer(c)), "stepUpHours": int(h.StepUp / time.Hour)})
}

// BeginAdd answers {options, ticket}: options is the argument of navigator.credentials.create, the ticket comes back with the answer.
func (h *PasskeyHandlers) BeginAdd(c *fiber.Ctx) error {
	b, err := h.Keys.BeginAdd(c.UserContext(), httpkit.Viewer(c), h.origin(c))
	return h.begun(c, "add", b, err)
}

// Add takes {ticket, credential, name} and answers 201 with the key.
func (h *PasskeyHandlers) Add(c *fiber.Ctx) error {
	in, b, err := h.answered(c, "add")
	if err != nil {
		return err
	}
	key, err := h.Keys.FinishAdd(c.UserContext(), httpkit.Viewer(c), h.origin(c), b, in.Credential, in.Name)
	if err != nil {
		return h.logged(c, err)
	}
	return c.Status(fiber.StatusCreated).JSON(h.render(key, key.RP))
}

// Remove deletes one of the person's own keys.
func (h *PasskeyHandlers) Remove(c *fiber.Ctx) error {
	if err := h.Keys.Remove(c.UserContext(), httpkit.Viewer(c), council.ID(c.Params("id"))); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// BeginConfirm answers {options, ticket} for navigator.credentials.get.
func (h *PasskeyHandlers) BeginConfirm(c *fiber.Ctx) error {
	b, err := h.Keys.BeginConfirm(c.UserContext(), httpkit.Viewer(c), h.origin(c))
	return h.begun(c, "confirm", b, err)
}

// Confirm takes {ticket, credential}: the session goes on under a new token, its proof is of this moment.
func (h *PasskeyHandlers) Confirm(c *fiber.Ctx) error {
	in, b, err := h.answered(c, "confirm")
	if err != nil {
		return err
	}
	s, ok := httpkit.Session(c)
	if !ok {
		return council.E(council.Unauthenticated, "error.unauthenticated")
	}
	var token string
	var confirmed session.Session
	err = h.Keys.FinishConfirm(c.UserContext(), httpkit.Viewer(c), h.origin(c), b, in.Credential, func(ctx context.Context) error {
		var err error
		token, confirmed, err = h.Sessions.Confirm(ctx, s, "hwk")
		return err
	})
	if err != nil {
		return h.logged(c, err)
	}
	h.Kit.SetSession(c, token, confirmed)
	return c.SendStatus(fiber.StatusNoContent)
}

// ticket is what was begun, sealed for its person, session-independent: a token may be rotated meanwhile.
type ticket struct {
	State     []byte     `json:"s"`
	Challenge string     `json:"c"`
	Person    council.ID `json:"p"`
	Until     time.Time  `json:"u"`
}

func (h *PasskeyHandlers) begun(c *fiber.Ctx, what string, b passkey.Begun, err error) error {
	if err != nil {
		return err
	}
	plain, err := json.Marshal(ticket{b.State, b.Challenge, httpkit.Viewer(c).Person(), h.Clock().Add(passkey.Life)})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"options": b.Options, "ticket": h.Sealer.SealAs("passkey "+what, plain)})
}

// passkeyAnswer is what the browser sends.
type passkeyAnswer struct {
	Ticket     string          `json:"ticket"`
	Credential json.RawMessage `json:"credential"`
	Name       string          `json:"name"`
}

func (h *PasskeyHandlers) answered(c *fiber.Ctx, what string) (passkeyAnswer, passkey.Begun, error) {
	var in passkeyAnswer
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationJSON) {
		return in, passkey.Begun{}, fiber.ErrUnsupportedMediaType
	}
	body := c.Body()
	if len(body) > 2*passkey.MaxAnswer || json.NewDecoder(bytes.NewReader(body)).Decode(&in) != nil {
		return in, passkey.Begun{}, council.E(council.Invalid, "error.malformed")
	}
	plain, ok := h.Sealer.OpenAs("passkey "+what, in.Ticket)
	var t ticket
	if !ok || json.Unmarshal(plain, &t) != nil || t.Person != httpkit.Viewer(c).Person() || !h.Clock().Before(t.Until) {
		return in, passkey.Begun{}, council.E(council.Invalid, "passkey.error.expired")
	}
	return in, passkey.Begun{State: t.State, Challenge: t.Challenge}, nil
}

// logged writes why an answer was refused; the browser learns only that it was.
func (h *PasskeyHandlers) logged(c *fiber.Ctx, err error) error {
	if council.KindOf(err) == council.Invalid {
		h.Log.Warn("passkey refused", "request", httpkit.RequestID(c), "reason", err)
	}
	return err
}

func (h *PasskeyHandlers) origin(c *fiber.Ctx) string {
	origin, _ := h.Origins.Of(c)
	return origin
}

func (h *PasskeyHandlers) render(k council.Passkey, host string) passkeyJSON {
	out := passkeyJSON{ID: k.ID, Name: k.Name, Created: k.Created, Here: k.RP == host}
	if !k.LastUsed.IsZero() {
		out.LastUsed = &k.LastUsed
	}
	return out
}
