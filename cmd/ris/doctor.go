package main

import (
	"context"
	"errors"
	"os"

	"ris/app/config"
	"ris/app/doctor"
)

type doctorCommand struct {
	JSON   bool          `name:"json" help:"One JSON document instead of lines."`
	Config config.Config `embed:""`
}

// errUnwell ends the command with 1; the findings have been printed.
var errUnwell = errors.New("something needs a hand, see above")

// Run looks at the installation with the settings of this environment: exit 1 when a check failed.
func (c *doctorCommand) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	d := doctor.Doctor{Config: settings}
	failed, err := doctor.Print(os.Stdout, d.Run(ctx), c.JSON)
	if err == nil && failed {
		err = errUnwell
	}
	return err
}
