package main

import (
	"context"
	"os"
	"path/filepath"

	"ris/app/config"
	"ris/app/inspect"
)

type inspectCommand struct {
	Files   []string      `arg:"" name:"file" help:"Files to look at."`
	Text    bool          `help:"Print the text of the pages too, each page ended by a form feed."`
	OCR     string        `name:"ocr" default:"5" help:"Pages whose text is recognised at most: a number, all or none."`
	CopyFor string        `name:"copy-for" placeholder:"NAME" help:"Write a personal copy for this name; needs --out."`
	Out     string        `placeholder:"FILE" help:"Where the personal copy goes."`
	Config  config.Config `embed:""`
}

// Run prints one JSON line for each file; it stores nothing and needs neither database nor data folder.
func (c *inspectCommand) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	cache := filepath.Join(settings.Data, "cache") // a server on this machine has filled it already
	if _, err := os.Stat(cache); err != nil {
		cache = ""
	}
	return inspect.Run(ctx, inspect.Options{CacheDir: cache, Bytes: settings.UploadLimitMB << 20, Pages: settings.PageLimit, Soffice: settings.Soffice, OCR: c.OCR, Text: c.Text,
		CopyFor: c.CopyFor, CopyTo: c.Out, Log: inspect.Quiet(settings.LogLevel)}, c.Files, os.Stdout)
}
