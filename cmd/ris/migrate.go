package main

import (
	"context"
	"fmt"

	"ris/app"
	"ris/app/config"
)

type migrateCommand struct {
	Config config.Config `embed:""`
}

// Run brings the tables of the council and of the job queue to this version, under one lock.
func (c *migrateCommand) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	if err := app.Migrate(ctx, settings); err != nil {
		return err
	}
	fmt.Println("The database is at this version.")
	return nil
}
