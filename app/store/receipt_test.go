package store_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// codeA and codeB give choices of codes that begin alike.
func codeA(n int) string { return fmt.Sprintf("AAAA-%04d", n) }

func codeB(n int) string { return fmt.Sprintf("BBBB-%04d", n) }

// A copy keeps its code, a taken one gives way to the next, and peeking notes nothing but knows what will come.
func TestReceiptsHaveCodesOfTheirOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		_, v := w.version(t, s, w.paper(t, s, readers(policy.LabelPublic)))
		peek, err := s.PeekReceipt(ctx, system, w.person.ID, v.ID, epoch, codeA)
		must(t, err)
		if all, err := s.Receipts(ctx, w.person.ID); err != nil || len(all) != 0 {
			t.Fatalf("peeking left %v %v", all, err)
		}
		first, err := s.Receipt(ctx, system, w.person.ID, v.ID, epoch, codeA)
		must(t, err)
		if first != peek || first.Code != "AAAA-0000" || !first.FirstGiven.Equal(epoch) {
			t.Errorf("peeked %+v, given %+v", peek, first)
		}
		again, err := s.Receipt(ctx, system, w.person.ID, v.ID, epoch.Add(time.Hour), codeB)
		if err != nil || again != first {
			t.Errorf("the second time: %+v %v", again, err)
		}
		other, err := s.Receipt(ctx, system, w.other.ID, v.ID, epoch, codeA)
		if err != nil || other.Code != "AAAA-0001" {
			t.Errorf("a taken code: %+v %v", other, err)
		}
		packet := council.Receipt{Person: w.person.ID, Packet: council.NewID(epoch), Meeting: council.NewID(epoch), Body: w.body.ID, FirstGiven: epoch}
		shown, err := s.PacketReceipt(ctx, packet, codeA, true)
		must(t, err)
		given, err := s.PacketReceipt(ctx, packet, codeA, false)
		if packet.Code = "AAAA-0002"; err != nil || given != packet || shown != given {
			t.Errorf("packet: peeked %+v, given %+v %v", shown, given, err)
		}
		packet.FirstGiven = epoch.Add(time.Hour)
		if again, err := s.PacketReceipt(ctx, packet, codeB, false); err != nil || again != given {
			t.Errorf("the packet's second time: %+v %v", again, err)
		}
		found, err := s.ReceiptsByCode(ctx, []string{"AAAA-0001", "AAAA-0002", "CCCC-0000"})
		if err != nil || len(found) != 2 || found[0] != other || found[1] != given {
			t.Errorf("by code: %+v %v", found, err)
		}
		ledger := map[string]council.Receipt{}
		must(t, s.Ledger(ctx, w.body.ID, func(some []council.Receipt) error {
			for _, r := range some {
				ledger[r.Code] = r
			}
			return nil
		}))
		if len(ledger) != 3 || ledger["AAAA-0001"].Person != w.other.ID || ledger["AAAA-0002"].Packet != packet.Packet || ledger["AAAA-0000"].Body != w.body.ID {
			t.Errorf("ledger %+v", ledger)
		}
		must(t, s.Ledger(ctx, council.NewID(epoch), func(some []council.Receipt) error {
			t.Errorf("another Body's ledger has %+v", some)
			return nil
		}))
	})
}

// A receipt from before there were codes keeps its day and gets a code when it is asked for again.
func TestAnOldReceiptGetsItsCode(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s)
		_, v := w.version(t, s, w.paper(t, s, readers(policy.LabelPublic)))
		_, err := s.Receipt(ctx, system, w.person.ID, v.ID, epoch, codeA)
		must(t, err)
		bySystem(t, s, "UPDATE receipts SET code = NULL")
		peek, err := s.PeekReceipt(ctx, system, w.person.ID, v.ID, epoch.Add(time.Hour), codeB)
		must(t, err)
		r, err := s.Receipt(ctx, system, w.person.ID, v.ID, epoch.Add(time.Hour), codeB)
		if err != nil || r.Code != "BBBB-0000" || !r.FirstGiven.Equal(epoch) || r != peek {
			t.Errorf("%+v %v, peeked %+v", r, err, peek)
		}
	})
}

func TestTheInstallationKeyIsMadeOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *store.Store) {
		keys := make([][]byte, 8)
		var group sync.WaitGroup
		for i := range keys {
			group.Go(func() {
				var err error
				if keys[i], err = s.InstallationKey(ctx, "copies", 32); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for _, k := range keys {
			if len(k) != 32 || !bytes.Equal(k, keys[0]) || bytes.Equal(k, make([]byte, 32)) {
				t.Fatalf("keys differ or are empty: %d bytes", len(k))
			}
		}
		other, err := s.InstallationKey(ctx, "something else", 32)
		if err != nil || bytes.Equal(other, keys[0]) {
			t.Errorf("two names, one key (%v)", err)
		}
	})
}
