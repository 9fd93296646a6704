package main

import (
	"context"
	"fmt"
	"strings"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/auth/policy"
)

type scimCommand struct {
	Token  scimToken  `cmd:"" help:"Make a token for a directory that keeps the accounts of a Body (SCIM 2.0). It is shown once."`
	Revoke scimRevoke `cmd:"" help:"End a directory's access at once."`
}

type scimToken struct {
	Body   string        `arg:"" help:"Name or id of the Body."`
	Name   string        `arg:"" help:"What the directory is called here, e.g. Entra."`
	Config config.Config `embed:""`
}

// Run makes a client and prints its token.
func (c *scimToken) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	p, store, done, err := app.OpenProvisioning(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	who := policy.System("ris scim by " + operator())
	bodies, err := store.Bodies(ctx, who)
	if err != nil {
		return err
	}
	for _, b := range bodies {
		if strings.EqualFold(b.Name, c.Body) || strings.EqualFold(b.ShortName, c.Body) || string(b.ID) == c.Body {
			client, token, err := p.AddClient(ctx, who, b.ID, c.Name)
			if err != nil {
				return said(err)
			}
			fmt.Printf("address: %s/scim/v2\ntoken:   %s\nid:      %s (for ris scim revoke)\n", settings.PublicURL, token, client.ID)
			return nil
		}
	}
	return fmt.Errorf("there is no Body %q", c.Body)
}

type scimRevoke struct {
	ID     string        `arg:"" help:"Id of the access."`
	Config config.Config `embed:""`
}

// Run revokes the client: its next request is refused.
func (c *scimRevoke) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	p, _, done, err := app.OpenProvisioning(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	_, err = p.RevokeClient(ctx, policy.System("ris scim by "+operator()), council.ID(c.ID))
	return said(err)
}
