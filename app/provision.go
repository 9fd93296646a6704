package app

import (
	"context"
	"fmt"
	"time"

	"ris/app/config"
	"ris/app/council"
	"ris/app/provisioning"
	"ris/app/publication"
	"ris/app/store"
	"ris/auth/session"
)

// openProvisioning puts together what keeps persons, seats and accounts.
func (a *App) openProvisioning() {
	a.Provisioning = &provisioning.Service{Store: a.Store, Public: a.Publication, Clock: a.Clock, Zone: a.Zone,
		Sessions: sessionEnds{session.NewManager(a.Store, a.Clock)}}
}

// forgetImports empties acts that can be taken back no more.
func (a *App) forgetImports(ctx context.Context) {
	if err := a.Provisioning.Forget(ctx); err != nil && ctx.Err() == nil {
		a.Log.Error("old imports could not be emptied", "error", err)
	}
}

// sessionEnds ends a person's sessions for provisioning.
type sessionEnds struct{ manager *session.Manager }

// EndPerson signs the person out everywhere; dead in the next request.
func (s sessionEnds) EndPerson(ctx context.Context, person council.ID) error {
	_, err := s.manager.EndPerson(ctx, person, session.AccountOff)
	return err
}

// OpenProvisioning opens only what a command of the server needs to keep persons; close it with done. A running server is not disturbed.
func OpenProvisioning(ctx context.Context, c config.Config) (_ *provisioning.Service, _ *store.Store, done func(), err error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("RIS_TIME_ZONE=%q: %w", c.TimeZone, err)
	}
	a := &App{Config: c, Log: newLog(c.LogLevel), Clock: council.SystemClock, Zone: zone}
	if a.Store, err = store.Open(ctx, store.Config{DSN: c.DSN(), Clock: a.Clock}); err != nil {
		return nil, nil, nil, fmt.Errorf("database: %w", err)
	}
	if have, want, err := a.Store.Version(ctx); err != nil || have < want {
		_ = a.Store.Close()
		if err == nil {
			err = fmt.Errorf("it has version %d of %d: run `ris migrate` first", have, want)
		}
		return nil, nil, nil, fmt.Errorf("database: %w", err)
	}
	a.Publication = publication.New(publication.Deps{Source: a.Store, Model: a.Store, Clock: a.Clock})
	a.openProvisioning()
	return a.Provisioning, a.Store, func() { _ = a.Store.Close() }, nil
}
