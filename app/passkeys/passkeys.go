package passkeys

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/passkey"
	"ris/auth/policy"
)

// Store is what is kept. Passkeys and DeletePasskey know the person's own alone; SpendOnce answers council.Conflict the second time.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Passkeys(ctx context.Context, person council.ID) ([]council.Passkey, error)
	SavePasskey(ctx context.Context, p *council.Passkey) error
	DeletePasskey(ctx context.Context, person, id council.ID) error
	SpendOnce(ctx context.Context, name string, until time.Time) error
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Service keeps passkeys.
type Service struct {
	Store Store
	Clock council.Clock
}

// List gives the viewer's own keys, oldest first.
func (s *Service) List(ctx context.Context, v policy.Viewer) ([]council.Passkey, error) {
	if !v.SignedIn() {
		return nil, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	return s.Store.Passkeys(ctx, v.Person())
}

// BeginAdd starts adding a key on the origin that the browser uses. Forbidden (error.step_up): the proof of identity is not fresh.
// Conflict: the person has passkey.MaxKeys keys, or the origin can have none.
func (s *Service) BeginAdd(ctx context.Context, v policy.Viewer, origin string) (passkey.Begun, error) {
	p, err := s.person(ctx, v)
	if err != nil {
		return passkey.Begun{}, err
	}
	if err := policy.Confirmed(v, true); err != nil {
		return passkey.Begun{}, err
	}
	if len(p.Keys) >= passkey.MaxKeys {
		return passkey.Begun{}, council.E(council.Conflict, "passkey.error.too_many")
	}
	return passkey.BeginAdd(origin, p)
}

// FinishAdd stores the key of the browser's answer to what was begun with state. name is for the person's list; cut to 60 letters.
func (s *Service) FinishAdd(ctx context.Context, v policy.Viewer, origin string, begun passkey.Begun, answer []byte, name string) (council.Passkey, error) {
	p, err := s.person(ctx, v)
	if err != nil {
		return council.Passkey{}, err
	}
	if err := policy.Confirmed(v, true); err != nil {
		return council.Passkey{}, err
	}
	key, err := passkey.FinishAdd(origin, p, begun.State, answer)
	if err != nil {
		return key, err
	}
	key.Name = tidy(name)
	now := s.Clock()
	return key, s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.spend(ctx, begun, now); err != nil {
			return err
		}
		if err := s.Store.SavePasskey(ctx, &key); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, now, audit.PasskeyAdd, "passkey", "", key.ID))
	})
}

// Remove deletes one of the viewer's keys; council.NotFound when it is not theirs.
func (s *Service) Remove(ctx context.Context, v policy.Viewer, id council.ID) error {
	if !v.SignedIn() {
		return council.E(council.Unauthenticated, "error.unauthenticated")
	}
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.DeletePasskey(ctx, v.Person(), id); err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.PasskeyDelete, "passkey", "", id))
	})
}

// BeginConfirm starts confirming. NotFound: no key for this host.
func (s *Service) BeginConfirm(ctx context.Context, v policy.Viewer, origin string) (passkey.Begun, error) {
	p, err := s.person(ctx, v)
	if err != nil {
		return passkey.Begun{}, err
	}
	return passkey.BeginConfirm(origin, p)
}

// FinishConfirm accepts the browser's answer, once; then is called in the same transaction and notes it in the session.
func (s *Service) FinishConfirm(ctx context.Context, v policy.Viewer, origin string, begun passkey.Begun, answer []byte, then func(ctx context.Context) error) error {
	p, err := s.person(ctx, v)
	if err != nil {
		return err
	}
	key, err := passkey.FinishConfirm(origin, p, begun.State, answer)
	if err != nil {
		return err
	}
	now := s.Clock()
	key.LastUsed = now
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		if err := s.spend(ctx, begun, now); err != nil {
			return err
		}
		if err := s.Store.SavePasskey(ctx, &key); err != nil {
			return err
		}
		if err := s.Store.Audit(ctx, audit.Entry(v, now, audit.SessionConfirm, "passkey", "", key.ID, "by", "passkey")); err != nil {
			return err
		}
		return then(ctx)
	})
}

// spend lets a challenge be answered once.
func (s *Service) spend(ctx context.Context, b passkey.Begun, now time.Time) error {
	err := s.Store.SpendOnce(ctx, "passkey "+b.Challenge, now.Add(passkey.Life))
	if err != nil && council.KindOf(err) == council.Conflict {
		return council.E(council.Invalid, "passkey.error.expired").Because(err)
	}
	return err
}

func (s *Service) person(ctx context.Context, v policy.Viewer) (passkey.Person, error) {
	keys, err := s.List(ctx, v)
	return passkey.Person{ID: v.Person(), Name: v.Name(), Account: v.Account(), Keys: keys}, err
}

// tidy makes a name that can stand in a list.
func tidy(name string) string {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	letters := []rune(name)
	return string(slices.Clip(letters[:min(len(letters), 60)]))
}
