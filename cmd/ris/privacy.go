package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/app/privacy"
	"ris/auth/policy"
	"ris/web/locales"
)

// privacyCommand has the commands for persons' data. Nobody does these alone, not even who runs the server: export and erase carry out
// what two persons have agreed to in the console.
type privacyCommand struct {
	Export privacyExport `cmd:"" help:"Write a person's data as an archive; needs a request that a second person has released."`
	Erase  privacyErase  `cmd:"" help:"Erase a person's data; needs a request that a second person has released."`
	Record privacyRecord `cmd:"" help:"Print the record of processing activities (Art. 30 DSGVO) as a page, filled in with the settings of this installation."`
}

// openPrivacy opens the service on the database of these settings; the caller calls the function to close it.
func openPrivacy(ctx context.Context, c config.Config) (*privacy.Service, func(), error) {
	settings, err := c.Normal()
	if err != nil {
		return nil, nil, err
	}
	return app.OpenPrivacy(ctx, settings)
}

type privacyExport struct {
	Config  config.Config `embed:""`
	Release string        `required:"" placeholder:"ID" help:"Number of the released request."`
	Out     string        `short:"o" placeholder:"FILE" help:"Where to write it; default: its own name in this folder."`
}

// Run writes the archive with mode 0600; an existing file is not overwritten.
func (c *privacyExport) Run(ctx context.Context) error {
	s, done, err := openPrivacy(ctx, c.Config)
	if err != nil {
		return err
	}
	defer done()
	copied, err := s.Released(ctx, commandLine(), council.ID(c.Release))
	if err != nil {
		return said(err)
	}
	if c.Out == "" {
		c.Out = copied.FileName
	}
	f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(copied.Data); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	fmt.Println(c.Out)
	return nil
}

type privacyErase struct {
	Config  config.Config `embed:""`
	Release string        `required:"" placeholder:"ID" help:"Number of the released request."`
}

// Run prints what went and what stays.
func (c *privacyErase) Run(ctx context.Context) error {
	s, done, err := openPrivacy(ctx, c.Config)
	if err != nil {
		return err
	}
	defer done()
	e, err := s.Erase(ctx, commandLine(), council.ID(c.Release))
	if err != nil {
		return said(err)
	}
	for _, kind := range slices.Sorted(maps.Keys(e.Erased)) {
		fmt.Printf("erased\t%d\t%s\n", e.Erased[kind], locales.T("en", "privacy.erased."+kind))
	}
	for _, kind := range slices.Sorted(maps.Keys(e.Kept)) {
		if e.Kept[kind] > 0 {
			fmt.Printf("kept\t%d\t%s: %s\n", e.Kept[kind], locales.T("en", "privacy.kept."+kind), locales.T("en", "privacy.why."+kind))
		}
	}
	fmt.Println("Backups hold the data until they are overwritten.")
	return nil
}

type privacyRecord struct {
	Config config.Config `embed:""`
}

// Run prints HTML.
func (c *privacyRecord) Run(ctx context.Context) error {
	s, done, err := openPrivacy(ctx, c.Config)
	if err != nil {
		return err
	}
	defer done()
	page, err := s.Record(ctx, commandLine())
	if err == nil {
		_, err = os.Stdout.Write(page)
	}
	return err
}

// commandLine is the viewer of commands; the log names the account of the server.
func commandLine() policy.Viewer { return policy.System("command line: " + operator()) }
