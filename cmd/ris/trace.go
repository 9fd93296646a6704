package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/app/trace"
	"ris/web/locales"
)

type traceCommand struct {
	File    string        `arg:"" help:"The file that was found: PDF, JPEG or PNG."`
	Release string        `placeholder:"ID" help:"Number of a request without a file that a second person has released in the console. Without it, only the kinds of marks are named."`
	Config  config.Config `embed:""`
}

// Run says which marks of a personal copy are in the file; whose copy it is, only with a release of two persons: nobody looks a
// person up alone, not even who runs the server. Each call is in the audit log.
func (c *traceCommand) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	t, done, err := app.OpenTracing(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	if c.Release == "" {
		return c.ways(ctx, t, operator(), f)
	}
	r, err := t.Run(ctx, operator(), council.ID(c.Release), f)
	if err != nil {
		return said(err)
	}
	printResult(os.Stdout, r)
	return nil
}

func (c *traceCommand) ways(ctx context.Context, t *trace.Service, operator string, f *os.File) error {
	e, err := t.Read(ctx, operator, f)
	if err != nil {
		return said(err)
	}
	ways := e.Ways()
	for _, w := range ways {
		fmt.Println("found:", locales.T("en", "trace.way."+w))
	}
	for _, key := range e.Unclear {
		fmt.Println("note: ", locales.T("en", key))
	}
	if len(ways) == 0 {
		fmt.Println("No mark of a personal copy was found.")
		return nil
	}
	fmt.Println("Every PDF has an identifier; whether one of these marks is of a copy given out here, and whose it is, is looked up with --release ID.")
	return nil
}

// said turns an error for people into its text.
func said(err error) error {
	var e *council.Error
	if errors.As(err, &e) {
		return errors.New(locales.T("en", e.Key, e.Args...))
	}
	return err
}

func printResult(w io.Writer, r trace.Result) {
	if len(r.Found) == 0 {
		fmt.Fprintf(w, "No copy fits (%d compared).\n", r.Copies)
	}
	for _, f := range r.Found {
		fmt.Fprintf(w, "%s <%s>\n", f.Name, f.Account)
		if f.Paper != "" {
			fmt.Fprintf(w, "  copy of:  %s %s, %s, version %d\n", f.Reference, f.PaperName, f.FileName, f.Version)
		} else {
			fmt.Fprintf(w, "  copy of:  packet of the meeting %s\n", f.Meeting)
		}
		fmt.Fprintf(w, "  given on: %s, code %s\n", f.FirstGiven.Format("2006-01-02"), f.Code)
		for _, way := range f.Ways {
			fmt.Fprintf(w, "  by:       %s\n", locales.T("en", "trace.way."+way))
		}
		if f.CodeRead != "" {
			fmt.Fprintf(w, "  the code was read as %s\n", f.CodeRead)
		}
		fmt.Fprintf(w, "  sureness: %s (chance of an accident %.2g)\n", locales.T("en", "trace.sure."+f.Sureness()), f.Chance)
	}
}
