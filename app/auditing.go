package app

import (
	"context"
	"fmt"

	"ris/app/audit/journal"
	"ris/app/audit/review"
	"ris/app/config"
	"ris/app/council"
	"ris/app/store"
)

// openJournal puts together what keeps the log provable.
func (a *App) openJournal() {
	a.Journal = &journal.Journal{Store: a.Store, Clock: a.Clock, Log: a.Log,
		Keep: journal.Keep{Readings: a.Config.AuditReadDays, SignIns: a.Config.AuditSignInDays, Acts: a.Config.AuditActDays}}
	a.Review = &review.Service{Store: a.Store, Journal: a.Journal}
}

// OpenJournal opens only what the log's commands need; close it with done. A running server is not disturbed.
func OpenJournal(ctx context.Context, c config.Config) (_ *journal.Journal, _ *store.Store, done func(), err error) {
	a := &App{Config: c, Log: newLog(c.LogLevel), Clock: council.SystemClock}
	if a.Store, err = store.Open(ctx, store.Config{DSN: c.DSN(), Clock: a.Clock}); err != nil {
		return nil, nil, nil, fmt.Errorf("database: %w", err)
	}
	a.openJournal()
	return a.Journal, a.Store, func() { _ = a.Store.Close() }, nil
}
