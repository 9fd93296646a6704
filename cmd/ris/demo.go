package main

import (
	"context"
	"os"
	"time"

	"ris/app/demo"
)

type demoCommand struct {
	Listen string        `env:"RIS_LISTEN" default:"127.0.0.1:8080" help:"Address and port to listen on."`
	Data   string        `env:"RIS_DATA" default:"data" help:"Data folder; it survives and can be thrown away."`
	TLS    string        `name:"tls" placeholder:"ADDR" help:"Listen with TLS on this address too (e.g. 192.168.1.20:8443), for a real iPad in the same network."`
	StepUp time.Duration `name:"step-up" placeholder:"TIME" help:"Non-public papers ask who is there when the sign-in is older than this, e.g. 1m. Left out: 12 hours, as in a town."`
}

// Run starts provider and product, seeds the town at the first start, and stops both at Ctrl-C.
func (c *demoCommand) Run(ctx context.Context) error {
	return demo.Run(ctx, demo.Options{Listen: c.Listen, Data: c.Data, TLS: c.TLS, StepUp: c.StepUp, Out: os.Stdout})
}
