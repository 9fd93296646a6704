package journal

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ris/app/council"
)

// Store is what the journal needs of the database; all of it joins the transaction in ctx.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	AuditTree(ctx context.Context) (council.AuditTree, error)
	LockAuditTree(ctx context.Context) (council.AuditTree, error)
	SaveAuditTree(ctx context.Context, t council.AuditTree) error
	AuditTiles(ctx context.Context, level, from int64, limit int) ([]council.AuditTile, error)
	SaveAuditTiles(ctx context.Context, tiles []council.AuditTile) error
	AuditCheckpoints(ctx context.Context) ([]council.AuditCheckpoint, error)
	SaveAuditCheckpoint(ctx context.Context, c council.AuditCheckpoint) error
	SequenceAudit(ctx context.Context, first int64, limit int) ([]council.AuditLine, error)
	AuditLines(ctx context.Context, from int64, limit int) ([]council.AuditLine, error)
	AuditLinesByAct(ctx context.Context, act string) ([]council.AuditLine, error)
	AuditLinesIn(ctx context.Context, r council.AuditRange) ([]council.AuditLine, error)
	AuditLinesNaming(ctx context.Context, person council.ID) ([]council.AuditLine, error)
	AuditWaiting(ctx context.Context) (n int64, oldest time.Time, err error)
	DeleteAuditLines(ctx context.Context, places []int64) error
	VeilAuditLine(ctx context.Context, l council.AuditLine) error
	AuditKeys(ctx context.Context, persons []council.ID) (map[council.ID][]byte, error)
	MakeAuditKeys(ctx context.Context, persons []council.ID) error
	DropAuditKey(ctx context.Context, person council.ID) error
	InstallationKey(ctx context.Context, name string, size int) ([]byte, error)
	Audit(ctx context.Context, e council.AuditEntry) error
}

// Journal keeps the tree.
type Journal struct {
	Store Store
	Clock council.Clock
	Keep  Keep // how long lines are kept
	Log   *slog.Logger
}

// batch is how many lines get their places in one transaction.
const batch = 500

// Sequence gives all committed lines that have none their places in the tree and says how many they were. It may run at several
// places at once and be ended at any moment: a batch is in the tree wholly or not at all.
func (j *Journal) Sequence(ctx context.Context) (int, error) {
	for done := 0; ; {
		n, err := j.sequenceSome(ctx)
		if done += n; err != nil || n < batch {
			return done, err
		}
	}
}

func (j *Journal) sequenceSome(ctx context.Context) (n int, err error) {
	if waiting, _, err := j.Store.AuditWaiting(ctx); err != nil || waiting == 0 {
		return 0, err
	}
	err = j.Store.InTx(ctx, func(ctx context.Context) error {
		head, err := j.Store.LockAuditTree(ctx)
		if err != nil {
			return err
		}
		lines, err := j.Store.SequenceAudit(ctx, head.Size, batch)
		if n = len(lines); err != nil || n == 0 {
			return err
		}
		keys, err := j.keysFor(ctx, lines)
		if err != nil {
			return err
		}
		leaves := make([]tlog.Hash, len(lines))
		for i, l := range lines {
			if leaves[i], err = Hash(l, keys); err != nil {
				return err
			}
		}
		tiles, root, err := storedTree(ctx, j.Store).grow(head.Size, leaves)
		if err != nil {
			return err
		}
		if err := j.Store.SaveAuditTiles(ctx, tiles); err != nil {
			return err
		}
		return j.Store.SaveAuditTree(ctx, council.AuditTree{Size: head.Size + int64(n), Root: root[:], Modified: j.Clock()})
	})
	return n, err
}

// keysFor gives the keys of all persons in the lines and makes those that are missing.
func (j *Journal) keysFor(ctx context.Context, lines []council.AuditLine) (map[council.ID][]byte, error) {
	persons := map[council.ID]bool{}
	for _, l := range lines {
		for _, f := range fields(l) {
			persons[f.person] = true
		}
	}
	all := slices.Sorted(maps.Keys(persons))
	if len(all) == 0 {
		return nil, nil
	}
	keys, err := j.Store.AuditKeys(ctx, all)
	if err != nil || len(keys) == len(all) {
		return keys, err
	}
	missing := slices.DeleteFunc(slices.Clone(all), func(p council.ID) bool { return keys[p] != nil })
	if err := j.Store.MakeAuditKeys(ctx, missing); err != nil {
		return nil, err
	}
	return j.Store.AuditKeys(ctx, all)
}

// Run sequences every few seconds, keeps a signed head and takes away what has expired once a day, until ctx ends.
func (j *Journal) Run(ctx context.Context) {
	tick, day := time.NewTicker(pause), time.Time{}
	defer tick.Stop()
	for {
		if _, err := j.Sequence(ctx); err != nil && ctx.Err() == nil {
			j.Log.Error("the log's tree does not grow, it is tried again", "error", err)
		} else if now := j.Clock(); now.Sub(day) >= 24*time.Hour {
			day = now
			if err := j.daily(ctx); err != nil && ctx.Err() == nil {
				j.Log.Error("daily work on the log failed, it is tried again tomorrow", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

const pause = 3 * time.Second

func (j *Journal) daily(ctx context.Context) error {
	if _, err := j.Expire(ctx); err != nil {
		return err
	}
	_, err := j.Checkpoint(ctx)
	return err
}
