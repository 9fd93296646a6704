package devices

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/auth/session"
)

// Wipe signs a lost device out and orders it to delete what lies on it. The order stands until the device confirms. A second order for
// the same device is no error and changes nothing.
func (s *Service) Wipe(ctx context.Context, v policy.Viewer, id council.ID) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		d, office, err := s.manageable(ctx, v, id)
		if err != nil || d.Wipe() != council.WipeNone {
			return err
		}
		d.WipeOrderedAt, d.WipeOrderedBy = s.Clock(), v.Person()
		if err := s.Store.SaveDevice(ctx, &d); err != nil {
			return err
		}
		if _, err := s.Sessions.EndDevice(ctx, d.ID, session.DeviceLost); err != nil {
			return err
		}
		by := "person"
		if office {
			by = "office"
		}
		return s.audit(ctx, v, audit.DeviceWipe, d, "by", by)
	})
}

// KeepDevice takes an order back that the device has not been told: it was found again. Its sessions stay ended. Errors: conflict when
// the device was told already.
func (s *Service) KeepDevice(ctx context.Context, v policy.Viewer, id council.ID) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		d, _, err := s.manageable(ctx, v, id)
		if err != nil {
			return err
		}
		switch d.Wipe() {
		case council.WipeNone:
			return nil
		case council.WipePending:
		default:
			return council.E(council.Conflict, "device.error.told")
		}
		d.WipeOrderedAt, d.WipeOrderedBy = d.WipeConfirmedAt, "" // both zero
		if err := s.Store.SaveDevice(ctx, &d); err != nil {
			return err
		}
		return s.audit(ctx, v, audit.DeviceKeep, d)
	})
}

// wipeOrder is the error that carries the order to the device.
type wipeOrder struct{ receipt string }

func (w *wipeOrder) Error() string { return "the device is to be deleted" }

// WipeReceipt is what the device confirms with.
func (w *wipeOrder) WipeReceipt() string { return w.receipt }

// Contact is asked when a browser comes without a session in force: the order to delete that waits for it, as council.Unauthenticated
// with a receipt; nil when there is none. It is repeated until the device confirms.
func (s *Service) Contact(ctx context.Context, token string) error {
	if len(token) != 43 {
		return nil
	}
	d, err := s.Store.DeviceBySecret(ctx, session.Hash(token))
	if err != nil {
		if council.KindOf(err) == council.NotFound {
			return nil
		}
		return err
	}
	return s.tell(ctx, d)
}

// Reminded is asked when a browser comes with the receipt of an order that it was told before, and with nothing else: its other cookies
// went with the first answer. The order once more until the device confirms; nil for what is no receipt of an open order.
func (s *Service) Reminded(ctx context.Context, receipt string) error {
	d, err := s.ordered(ctx, receipt)
	if err != nil {
		if council.KindOf(err) == council.NotFound {
			return nil
		}
		return err
	}
	return s.tell(ctx, d)
}

// tell is the order that waits for the device, and notes that it was answered; nil when there is none.
func (s *Service) tell(ctx context.Context, d council.Device) error {
	if w := d.Wipe(); w == council.WipeNone || w == council.WipeConfirmed {
		return nil
	}
	receipt, err := s.receipt(ctx, d)
	if err != nil {
		return err
	}
	// The order goes out even when it cannot be noted: deleting matters more than the list.
	if err := s.delivered(ctx, d); err != nil {
		s.log().Error("an order to delete was answered and could not be noted", "error", err)
	}
	return council.E(council.Unauthenticated, "device.error.wipe").Because(&wipeOrder{receipt: receipt})
}

func (s *Service) delivered(ctx context.Context, d council.Device) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		first, err := s.Store.NoteWipeDelivered(ctx, d.ID, s.Clock())
		if err != nil || !first {
			return err
		}
		return s.audit(ctx, policy.System("device"), audit.DeviceWipeTold, d)
	})
}

// Confirm takes the device's word that it has deleted. receipt is what the order carried; nothing else can confirm, no session and no
// office. Repeating it changes nothing. council.NotFound for every receipt that is none.
func (s *Service) Confirm(ctx context.Context, receipt string) error {
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		d, err := s.ordered(ctx, receipt)
		if err != nil {
			return err
		}
		if d.Wipe() == council.WipeConfirmed {
			return nil
		}
		d.WipeConfirmedAt = s.Clock()
		if d.WipeDeliveredAt.IsZero() { // it was told, and that could not be noted then
			d.WipeDeliveredAt = d.WipeConfirmedAt
		}
		d.LastSeen, d.OfflinePapers = d.WipeConfirmedAt, 0
		if err := s.Store.SaveDevice(ctx, &d); err != nil {
			return err
		}
		return s.audit(ctx, policy.System("device"), audit.DeviceWipeDone, d)
	})
}

// ordered is the device to whose order the receipt belongs; council.NotFound for every receipt that is none.
func (s *Service) ordered(ctx context.Context, receipt string) (council.Device, error) {
	id, _, ok := strings.Cut(receipt, ".")
	if !ok || len(receipt) > 200 {
		return council.Device{}, council.ErrNotFound()
	}
	d, err := s.Store.Device(ctx, council.ID(id))
	if err != nil {
		return d, err
	}
	if d.WipeOrderedAt.IsZero() {
		return d, council.ErrNotFound()
	}
	want, err := s.receipt(ctx, d)
	if err != nil {
		return d, err
	}
	if !hmac.Equal([]byte(want), []byte(receipt)) {
		return d, council.ErrNotFound()
	}
	return d, nil
}

// receipt is bound to the device and to this one order; only who was answered the order knows it.
func (s *Service) receipt(ctx context.Context, d council.Device) (string, error) {
	key, err := s.Store.InstallationKey(ctx, "wipe receipt", 32)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(string(d.ID) + "\n" + d.WipeOrderedAt.UTC().Format("2006-01-02T15:04:05.000000Z") + "\n" + d.SecretHash))
	return string(d.ID) + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}
