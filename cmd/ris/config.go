package main

import (
	"os"

	"ris/app/config"
)

type configCommand struct {
	Config config.Config `embed:""`
}

// Run prints the settings as the other commands would see them; secrets show only whether they are set.
func (c *configCommand) Run() error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	return config.Print(os.Stdout, settings)
}
