package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"ris/app"
	"ris/app/config"
	"ris/app/upkeep"
	"ris/documents/blob"
)

// blobsCommand has the commands for the stored files; they may run beside the server.
type blobsCommand struct {
	Check   blobsCheck   `cmd:"" help:"Read every stored file and compare its hash; exit 1 when one is damaged or missing."`
	Collect blobsCollect `cmd:"" help:"Delete stored files that nothing names any more and that were noted long enough."`
}

type blobsCheck struct {
	Config config.Config `embed:""`
	Heal   bool          `help:"Also mend what can be made anew from something sound."`
	Rate   int64         `help:"Megabytes a second at most. 0 = as fast as it goes."`
}

// Run prints each damaged blob and a sum.
func (c *blobsCheck) Run(ctx context.Context) error {
	u, end, err := openUpkeep(ctx, c.Config)
	if err != nil {
		return err
	}
	defer end()
	got, err := u.Check(ctx, upkeep.CheckOptions{Rate: c.Rate << 20, Heal: c.Heal})
	for _, d := range got.Damaged {
		fmt.Printf("damaged\t%s/%s\t%s\n", d.Area, d.SHA256, d.Problem)
	}
	fmt.Printf("%d files, %s read, %d damaged or missing\n", got.Blobs, blob.MegaBytes(got.Bytes), len(got.Damaged))
	if err == nil && len(got.Damaged) > 0 {
		err = fmt.Errorf("%d stored files are damaged or missing", len(got.Damaged))
	}
	return err
}

type blobsCollect struct {
	Config config.Config `embed:""`
	DryRun bool          `help:"Only say what would be deleted."`
	Days   *int          `help:"Days for which a file must have been noted; default as RIS_KEEP_DELETED_DAYS. 0 deletes at once: only while no server and no worker is running."`
}

// Run prints a table of the areas.
func (c *blobsCollect) Run(ctx context.Context) error {
	u, end, err := openUpkeep(ctx, c.Config)
	if err != nil {
		return err
	}
	defer end()
	keep := u.Keep
	if c.Days != nil {
		keep = time.Duration(*c.Days) * 24 * time.Hour
	}
	areas, err := u.Collect(ctx, upkeep.CollectOptions{Keep: keep, DryRun: c.DryRun})
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "area\tfiles\tbytes\tnot needed\tbytes\tdeleted\tbytes\t")
	for _, a := range areas {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", a.Area, a.Blobs, a.Bytes, a.Unneeded, a.UnneededSize, a.Deleted, a.DeletedSize)
	}
	_ = w.Flush()
	if c.DryRun {
		fmt.Println("Nothing was deleted (dry run).")
	}
	return err
}

func openUpkeep(ctx context.Context, c config.Config) (*upkeep.Service, func() error, error) {
	settings, err := c.Normal()
	if err != nil {
		return nil, nil, err
	}
	return app.OpenUpkeep(ctx, settings)
}
