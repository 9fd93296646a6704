package journal_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

// writerOf has the test's own binary be a process that writes the log of this database until it is killed.
const writerOf = "RIS_TEST_LOG_WRITER"

func TestMain(m *testing.M) {
	if dsn := os.Getenv(writerOf); dsn != "" {
		fmt.Fprintln(os.Stderr, writeUntilKilled(dsn))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes lines in four transactions at a time, gives them their places beside that, and prints the ids of a
// transaction's lines when it has been answered that they are kept.
func writeUntilKilled(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Config{DSN: dsn})
	if err != nil {
		return err
	}
	bodies, err := s.Bodies(ctx, policy.System("test"))
	if err != nil {
		return err
	}
	persons, err := s.Persons(ctx, bodies[0].ID)
	if err != nil {
		return err
	}
	ended := make(chan error)
	for w := range 4 {
		go func() {
			r := rand.New(rand.NewPCG(uint64(os.Getpid()), uint64(w)))
			for {
				var ids []string
				err := s.InTx(ctx, func(ctx context.Context) error {
					for range 1 + r.IntN(4) {
						who := policy.ForPerson(policy.Facts{Person: persons[r.IntN(len(persons))]}, time.Now())
						e := audit.Entry(who, time.Now(), audit.FileRead, "file", bodies[0].ID, council.NewID(time.Now()))
						if err := s.Audit(ctx, e); err != nil {
							return err
						}
						ids = append(ids, string(e.ID))
					}
					return nil
				})
				if err != nil {
					ended <- err
					return
				}
				fmt.Println(strings.Join(ids, " ")) // one write: never half of a line
			}
		}()
	}
	go func() {
		j := journal.Journal{Store: s, Clock: council.SystemClock, Log: slog.New(slog.DiscardHandler)}
		for {
			if _, err := j.Sequence(ctx); err != nil {
				ended <- err
				return
			}
			time.Sleep(time.Duration(rand.IntN(5)) * time.Millisecond)
		}
	}()
	return <-ended
}

// A writer is killed (SIGKILL) at random moments, in the midst of lines and of placing: after each the log is whole, in the end every line
// that was answered as kept is there at one place, no place is empty, and every head that was signed meanwhile still fits.
func TestTheWriterIsKilled(t *testing.T) {
	kills := 20
	if os.Getenv("RIS_LONG") != "" {
		kills = 200
	}
	onBoth(t, func(b *book) {
		b.ahead.Store(int64(time.Since(epoch))) // the writer's clock is the real one
		var answered []string
		var signed []journal.Checkpoint
		start := time.Now()
		for n := range kills {
			answered = append(answered, b.killWriter(n)...)
			b.sound(fmt.Sprintf("after kill %d", n+1), signed...)
			if n%5 == 0 {
				c, err := b.Checkpoint(ctx)
				must(b.t, err)
				signed = append(signed, c)
			}
		}
		if _, err := b.Sequence(ctx); err != nil {
			b.t.Fatal(err)
		}
		r := b.sound("in the end", signed...)
		lines, err := b.store.AuditLines(ctx, 0, int(r.Size)+1)
		must(b.t, err)
		place := map[string]int64{}
		for n, l := range lines {
			if l.Sequence != int64(n) {
				b.t.Fatalf("at place %d stands the line of place %d", n, l.Sequence)
			}
			place[string(l.ID)] = l.Sequence
		}
		if r.Waiting != 0 || r.Checked != r.Size || int64(len(place)) != r.Size || r.Compared < len(signed) {
			b.t.Errorf("%d lines at %d places: %+v", len(place), r.Size, r)
		}
		for _, id := range answered {
			if _, there := place[id]; !there {
				b.t.Errorf("line %s was answered as kept and is gone", id)
			}
		}
		b.t.Logf("%s: %d kills, %d lines answered as kept, %d kept, 0 lost required, %d signed heads fit, %.1f s", b.store.Dialect(), kills, len(answered), len(place), len(signed), time.Since(start).Seconds())
		if len(answered) < 4*kills {
			b.t.Errorf("only %d lines in %d runs: this proves nothing", len(answered), kills)
		}
	})
}

// killWriter lets a writer run and kills it at a random moment after its first answer; it gives what was answered.
func (b *book) killWriter(n int) (answered []string) {
	b.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerOf+"="+b.dsn)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	must(b.t, err)
	must(b.t, cmd.Start())
	var once sync.Once
	moment := time.Duration(rand.New(rand.NewPCG(uint64(n), 7)).IntN(120_000)) * time.Microsecond
	for lines := bufio.NewScanner(out); lines.Scan(); {
		once.Do(func() { time.AfterFunc(moment, func() { _ = cmd.Process.Signal(syscall.SIGKILL) }) })
		answered = append(answered, strings.Fields(lines.Text())...)
	}
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		b.t.Fatalf("the writer ended by itself: %v\n%s", err, said.String())
	}
	return answered
}
