package packets_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/packets"
	"ris/auth/policy"
)

// packet asks until the packet is there and gives its bytes.
func packet(t *testing.T, h *halltest.Hall, v policy.Viewer, meeting council.ID) []byte {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		c, info, err := h.Packets.OpenPacket(ctx, v, meeting, false)
		if err != nil {
			t.Fatal(err)
		}
		if c == nil {
			if info.State != packets.PacketPreparing {
				t.Fatalf("state %s, %s", info.State, info.Problem)
			}
			continue
		}
		defer func() { _ = c.Close() }()
		b, err := io.ReadAll(c)
		if err != nil {
			t.Fatal(err)
		}
		ready, err := h.Packets.Packet(ctx, v, meeting)
		if err != nil || ready.State != packets.PacketReady || ready.Size != int64(len(b)) {
			t.Errorf("%+v of %d bytes, %v", ready, len(b), err)
		}
		return b
	}
	t.Fatal("the packet is not ready")
	return nil
}

func words(t *testing.T, pdf []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	path := filepath.Join(t.TempDir(), "packet.pdf")
	if dir := os.Getenv("RIS_KEEP"); dir != "" {
		path = filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".pdf")
	}
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil && !strings.Contains(err.Error(), "not found") {
		t.Errorf("qpdf: %v %s", err, b)
	}
	return string(out)
}

// TestPacketHoldsWhatMayBeReadNow: each viewer's packet has the agenda and the papers that this viewer may read, is the same base for
// the same rights, and changes at once when something is withdrawn.
func TestPacketHoldsWhatMayBeReadNow(t *testing.T) {
	h := halltest.Open(t, "")
	member, other, guest := h.As(h.Town.MainMember), h.As(h.Town.MainMember2), h.As(h.Town.OtherMember)
	m := h.Meeting()
	open := h.Item(m.ID, "Spielplatz am Anger", true)
	_, first := h.Paper(open.ID, "Spielplatzvorlage", halltest.Texts("Klettergerüst", 2)...)
	secret := h.Item(m.ID, "Grundstücksverkauf", false)
	hidden, second := h.Paper(secret.ID, "Kaufvertrag", halltest.Texts("Kaufpreiswort", 3)...)
	if info, err := h.Packets.Packet(ctx, h.As(h.Town.Clerk), m.ID); err != nil || info.State != packets.PacketEmpty {
		t.Errorf("of a draft: %+v, %v", info, err)
	}
	h.Publish(m.ID)

	mine := packet(t, h, member, m.ID)
	theirs := packet(t, h, other, m.ID)
	if len(mine) != len(theirs) || bytes.Equal(mine, theirs) {
		t.Errorf("two with the same rights: %d and %d bytes, equal %v", len(mine), len(theirs), bytes.Equal(mine, theirs))
	}
	text := words(t, mine)
	for _, w := range []string{"Klettergerüst", "Kaufpreiswort", "Tagesordnung", "Nichtöffentlicher Teil", "Grundstücksverkauf"} {
		if !strings.Contains(text, w) {
			t.Errorf("the member's packet lacks %q", w)
		}
	}
	public := words(t, packet(t, h, guest, m.ID))
	if !strings.Contains(public, "Klettergerüst") {
		t.Error("somebody else's packet lacks the public paper")
	}
	for _, w := range []string{"Kaufpreiswort", "Grundstücksverkauf", "Kaufvertrag", "Nichtöffentlich"} {
		if strings.Contains(public, w) {
			t.Errorf("somebody else's packet tells of %q", w)
		}
	}

	given, err := h.Store.Receipts(ctx, member.Person())
	if err != nil || len(given) != 2 {
		t.Errorf("%d receipts for two versions, %v", len(given), err)
	}
	log, err := h.Store.AuditEntries(ctx, policy.System("test"), council.AuditFilter{Object: second.ID, Act: "file.read"})
	if err != nil || len(log) != 2 {
		t.Errorf("%d lines for two readers of a non-public paper, %v", len(log), err)
	}
	if log, err := h.Store.AuditEntries(ctx, policy.System("test"), council.AuditFilter{Object: first.ID, Act: "file.read"}); err != nil || len(log) != 0 {
		t.Errorf("%d lines for a public paper, %v", len(log), err)
	}
	h.Turn(48 * time.Hour)
	if later := packet(t, h, member, m.ID); !bytes.Equal(later, mine) {
		t.Error("the packet changed with the days")
	}

	if _, err := h.Papers.Withdraw(ctx, h.As(h.Town.Clerk), hidden.ID, 0, "Fehler"); err != nil {
		t.Fatal(err)
	}
	if c, info, err := h.Packets.OpenPacket(ctx, member, m.ID, true); err != nil || c != nil || info.State != packets.PacketMissing {
		t.Errorf("after a withdrawal: %+v, %v", info, err)
	}
	if text := words(t, packet(t, h, member, m.ID)); strings.Contains(text, "Kaufpreiswort") {
		t.Error("a withdrawn paper is still in the packet")
	}
	if n, err := h.Packets.CollectPackets(ctx); err != nil || n != 1 {
		t.Errorf("%d packets collected, %v", n, err)
	}
	if _, _, err := h.Packets.OpenPacket(ctx, policy.Anonymous(), m.ID, false); council.KindOf(err) != council.Unauthenticated {
		t.Errorf("the public: %v", err)
	}
}
