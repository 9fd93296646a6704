package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"ris/app"
	"ris/app/audit"
	"ris/app/audit/journal"
	"ris/app/config"
	"ris/app/council"
	"ris/auth/policy"
)

// auditCommand has the commands for the log of what was done; they may run beside the server.
type auditCommand struct {
	Verify     auditVerify     `cmd:"" help:"Check every line of the log against its tree, and the tree against checkpoints; exit 1 when something was changed, removed or inserted."`
	Checkpoint auditCheckpoint `cmd:"" help:"Print a signed head of the log, to be kept outside: on paper, in a mail, with the auditor."`
	Export     auditExport     `cmd:"" help:"Print the lines of the log as JSON, one a line, with their hashes in the tree."`
}

type auditVerify struct {
	Config     config.Config `embed:""`
	Checkpoint []string      `placeholder:"FILE" help:"A checkpoint that was kept; may be given several times: what was changed lies behind the last that fits."`
	Key        string        `placeholder:"KEY" help:"The public key as it was printed with the checkpoint. Without it the key in the database is believed."`
	JSON       bool          `name:"json" help:"Print the report as JSON."`
}

// Run prints what is wrong, line by line, and a sum.
func (c *auditVerify) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	j, _, done, err := app.OpenJournal(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	var outside []journal.Checkpoint
	for _, name := range c.Checkpoint {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		p, err := j.Open(ctx, string(data), c.Key)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		outside = append(outside, p)
	}
	start := time.Now()
	r, err := j.Verify(ctx, outside, nil)
	if err != nil {
		return err
	}
	if c.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
			return err
		}
	} else {
		printReport(os.Stdout, r, time.Since(start))
	}
	if !r.Sound() {
		return errors.New("the log is not what it was")
	}
	return nil
}

func printReport(w io.Writer, r *journal.Report, took time.Duration) {
	for _, f := range r.Findings {
		place := fmt.Sprint(f.Place)
		if f.Last > f.Place {
			place += fmt.Sprint("-", f.Last)
		}
		fmt.Fprintf(w, "%s\tplace %s", f.Kind, place)
		if f.Line != "" {
			fmt.Fprintf(w, "\tline %s\t%s\t%s", f.Line, f.At.UTC().Format(time.RFC3339), f.Act)
		}
		if f.Note != "" {
			fmt.Fprintf(w, "\t%s", f.Note)
		}
		fmt.Fprintln(w)
	}
	if r.Truncated {
		fmt.Fprintln(w, "...\tthere is more than is listed")
	}
	fmt.Fprintf(w, "%d lines in the tree: %d checked, %d expired; %d name a person who was erased, %d were dated back by more than ten minutes; %d wait for their place\n",
		r.Size, r.Checked, r.Expired, r.Veiled, r.Late, r.Waiting)
	fmt.Fprintf(w, "root %s, held to %d signed heads, in %s\n", r.Root, r.Compared, took.Round(time.Millisecond))
	if r.Sound() {
		fmt.Fprintln(w, "The log is whole.")
	}
}

type auditCheckpoint struct {
	Config config.Config `embed:""`
	Out    string        `short:"o" placeholder:"FILE" help:"Write it there instead of printing it."`
}

// Run prints the signed text alone, so that the file is what verify takes; what goes with it stands on the error output.
func (c *auditCheckpoint) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	j, s, done, err := app.OpenJournal(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	p, err := j.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if err := s.Audit(ctx, audit.Entry(policy.System("command line: "+operator()), p.At, audit.Checkpoint, "log", "", "", "size", fmt.Sprint(p.Size))); err != nil {
		return err
	}
	if c.Out == "" {
		fmt.Print(p.Note)
	} else if err := os.WriteFile(c.Out, []byte(p.Note), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d lines, %s\npublic key (keep it with the checkpoint): %s\nto read out: %s\n", p.Size, p.At.Format(time.RFC3339), p.Key, p.Fingerprint())
	return nil
}

type auditExport struct {
	Config config.Config `embed:""`
	Act    string        `help:"Only this act, e.g. meeting.publish."`
}

// Run prints the lines in the order of the tree. Being given out is an act of the log itself.
func (c *auditExport) Run(ctx context.Context) error {
	settings, err := c.Config.Normal()
	if err != nil {
		return err
	}
	j, s, done, err := app.OpenJournal(ctx, settings)
	if err != nil {
		return err
	}
	defer done()
	if err := s.Audit(ctx, audit.Entry(policy.System("command line: "+operator()), council.SystemClock(), audit.Export, "log", "", "", "act", c.Act)); err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	return j.Export(ctx, c.Act, json.NewEncoder(out).Encode)
}
