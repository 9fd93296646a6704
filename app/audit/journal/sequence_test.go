package journal_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/council"
)

// Lines are written by many while several nodes build the tree: every line gets one place, none is lost, a transaction that commits
// late comes late, one that is rolled back leaves nothing.
func TestManyWritersAndSeveralNodes(t *testing.T) {
	onBoth(t, func(b *book) {
		late, let := make(chan struct{}), make(chan struct{})
		if b.store.Dialect() == "sqlite" { // one transaction at a time
			close(late)
			close(let)
		}
		var all sync.WaitGroup
		all.Add(1)
		go func() {
			defer all.Done()
			err := b.store.InTx(ctx, func(ctx context.Context) error {
				err := b.store.Audit(ctx, audit.Entry(b.as(0), epoch, audit.MeetingPublish, "meeting", b.body, council.NewID(epoch)))
				if b.store.Dialect() != "sqlite" {
					close(late)
					<-let
				}
				return err
			})
			if err != nil {
				b.t.Error(err)
			}
		}()
		<-late
		const writers, each = 6, 40
		for range writers {
			all.Add(1)
			go func() {
				defer all.Done()
				for i := range each {
					err := b.store.InTx(ctx, func(ctx context.Context) error {
						if err := b.store.Audit(ctx, audit.Entry(b.as(i%3), b.now(), audit.FileRead, "file", b.body, council.NewID(b.now()))); err != nil {
							return err
						}
						if i%10 == 9 {
							return errBack
						}
						return nil
					})
					if err != nil && !errors.Is(err, errBack) {
						b.t.Error(err)
					}
				}
			}()
		}
		stop := make(chan struct{})
		var nodes sync.WaitGroup
		for range 3 {
			nodes.Add(1)
			go func() {
				defer nodes.Done()
				node := journal.Journal{Store: b.store, Clock: b.now}
				for {
					if _, err := node.Sequence(ctx); err != nil {
						b.t.Error(err)
					}
					select {
					case <-stop:
						return
					default:
					}
				}
			}()
		}
		if b.store.Dialect() != "sqlite" {
			b.writtenUntil(writers * each * 9 / 10)
			close(let)
		}
		all.Wait()
		close(stop)
		nodes.Wait()
		if _, err := b.Sequence(ctx); err != nil {
			b.t.Fatal(err)
		}
		r := b.sound("after the storm")
		if r.Size != writers*each*9/10+1 || r.Checked != r.Size || r.Waiting != 0 {
			b.t.Errorf("%+v", r)
		}
		if b.store.Dialect() != "sqlite" {
			last, err := b.store.AuditLines(ctx, r.Size-1, 1)
			must(b.t, err)
			if last[0].Act != audit.MeetingPublish {
				b.t.Errorf("the late line stands at another place: %+v", last[0])
			}
		}
	})
}

var errBack = errors.New("rolled back")

// writtenUntil waits until so many lines have their places.
func (b *book) writtenUntil(n int64) {
	for {
		tree, err := b.store.AuditTree(ctx)
		if err != nil {
			b.t.Error(err)
		}
		if err != nil || tree.Size >= n {
			return
		}
	}
}

// A transaction that ends in the middle of a batch leaves neither places nor hashes; the next run does it all.
func TestABatchIsWholeOrNotThere(t *testing.T) {
	onBoth(t, func(b *book) {
		b.write(30)
		broken := &journal.Journal{Store: failing{b.store}, Clock: b.now}
		if n, err := broken.Sequence(ctx); err == nil || n != 30 && n != 0 {
			b.t.Fatalf("%d %v", n, err)
		}
		if r := b.sound("after the failure"); r.Size != 0 || r.Waiting != 30 {
			b.t.Errorf("%+v", r)
		}
		b.sequence(30)
		b.sound("after the next run")
	})
}

// failing breaks at the last step of a batch.
type failing struct{ journal.Store }

func (failing) SaveAuditTree(context.Context, council.AuditTree) error { return errBack }
