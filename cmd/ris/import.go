package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/app/provisioning"
	"ris/auth/policy"
	"ris/web/locales"
)

type importCommand struct {
	File     string        `arg:"" optional:"" help:"CSV of bodies, terms, committees, persons, accounts and seats. Without --apply it is only looked at."`
	Apply    bool          `help:"Do what the preview shows."`
	Complete bool          `help:"The file is complete: seats of the committees that it names, which are not in it, end."`
	EndsOn   string        `placeholder:"YYYY-MM-DD" help:"Their last day. Without it: yesterday."`
	Undo     string        `placeholder:"ID" help:"Take an import back as a whole."`
	Template bool          `help:"Print an empty file with an example of each kind of line."`
	Export   string        `placeholder:"BODY" help:"Print the master data of a Body (its name) as such a file."`
	Config   config.Config `embed:""`
}

// errProblems ends the command with 1; the lines have been named.
var errProblems = errors.New("nothing was imported: mend the lines above and try again")

// Run is how an installation gets its first Body and persons. Whoever may run it may read the database anyway; every act is in the log.
func (c *importCommand) Run(ctx context.Context) error {
	if c.Template {
		_, err := os.Stdout.Write(provisioning.Template())
		return err
	}
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	p, store, done, err := app.OpenProvisioning(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	who := policy.System("ris import by " + operator())
	switch {
	case c.Undo != "":
		_, err := p.Undo(ctx, who, council.ID(c.Undo))
		return said(err)
	case c.Export != "":
		bodies, err := store.Bodies(ctx, who)
		if err != nil {
			return err
		}
		for _, b := range bodies {
			if strings.EqualFold(b.Name, c.Export) || strings.EqualFold(b.ShortName, c.Export) || string(b.ID) == c.Export {
				data, err := p.Export(ctx, who, b.ID)
				if err == nil {
					_, err = os.Stdout.Write(data)
				}
				return said(err)
			}
		}
		return fmt.Errorf("there is no Body %q", c.Export)
	case c.File == "":
		return errors.New("want a file, --template, --export or --undo")
	}
	return c.take(ctx, p, who)
}

func (c *importCommand) take(ctx context.Context, p *provisioning.Service, who policy.Viewer) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	f := provisioning.File{Name: filepath.Base(c.File), Data: data, Complete: c.Complete}
	if c.EndsOn != "" {
		if f.EndsOn, err = time.Parse(time.DateOnly, c.EndsOn); err != nil {
			return fmt.Errorf("--ends-on=%q: want YYYY-MM-DD", c.EndsOn)
		}
	}
	preview, err := p.PreviewImport(ctx, who, f)
	if err != nil {
		return said(err)
	}
	printPreview(os.Stdout, preview)
	switch {
	case len(preview.Problems) > 0:
		return errProblems
	case len(preview.Lines) == 0:
		fmt.Println("Nothing to do.")
		return nil
	case !c.Apply:
		fmt.Println("Nothing was changed. Add --apply to do it.")
		return nil
	}
	done, err := p.ApplyImport(ctx, who, f, preview.Digest)
	if err != nil {
		return said(err)
	}
	fmt.Printf("Done: %d new, %d changed, %d ended. Take it back with: ris import --undo %s\n", done.Added, done.Changed, done.Ended, done.ID)
	return nil
}

func printPreview(w io.Writer, p provisioning.Preview) {
	const lang = "de" // names of columns are German
	for _, l := range p.Lines {
		var values []string
		for _, f := range l.Fields {
			switch {
			case f.Before == "":
				values = append(values, locales.T(lang, "import.field."+f.Name)+": "+f.After)
			default:
				values = append(values, locales.T(lang, "import.field."+f.Name)+": "+f.Before+" → "+f.After)
			}
		}
		fmt.Fprintf(w, "%-9s %-12s %s  (%s)\n", locales.T(lang, "import.op."+string(l.Op)), locales.T(lang, "import.kind."+string(l.Kind)), l.Label, strings.Join(values, "; "))
	}
	for _, n := range p.Hints {
		fmt.Fprintf(w, "Hinweis, Zeile %d: %s\n", n.Line, locales.T(lang, n.Key, n.Args...))
	}
	for _, n := range p.Problems {
		fmt.Fprintf(w, "FEHLER, Zeile %d: %s\n", n.Line, locales.T(lang, n.Key, n.Args...))
	}
	fmt.Fprintf(w, "%d Änderungen, %d Zeilen ohne Änderung, %d Fehler\n", len(p.Lines), p.Same, len(p.Problems))
}
