package main

import (
	"context"

	"ris/app"
	"ris/app/config"
)

type serveCommand struct {
	Config config.Config `embed:""`
}

// Run serves until SIGTERM or Ctrl-C, then lets what is under way end.
func (c *serveCommand) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, settings)
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Serve(ctx)
}
