// Command ris is the council system: server, worker, migrations and the demo in one program. `ris --help` lists the commands;
// each stands in a file of its own.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a bare server may have no zone data, and every date shown is the town's

	"github.com/alecthomas/kong"

	"ris/documents/sandbox"
)

// commands is the command line; kong fills the settings of app/config from flags and RIS_* variables.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Answer requests and run jobs."`
	Demo    demoCommand    `cmd:"" help:"Start everything on this machine with an invented town, to try it out."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to this version."`
	Routes  routesCommand  `cmd:"" help:"Print every route with its access class."`
	Config  configCommand  `cmd:"" help:"Print every setting, its default and its present value."`
	Inspect inspectCommand `cmd:"" help:"Look at files as an upload would, store nothing, and print one JSON line for each."`
	Doctor  doctorCommand  `cmd:"" help:"Look at this installation: what is in force, what is missing, what to do."`
	DB      dbCommand      `cmd:"" name:"database" help:"For the administrator of the database: roles."`
	Blobs   blobsCommand   `cmd:"" help:"Look after the stored files: check, collect."`
	Privacy privacyCommand `cmd:"" help:"What a person may ask for: a copy of the data, its erasure; and the record of processing."`
	Audit   auditCommand   `cmd:"" help:"Prove that the log of what was done is whole: verify, checkpoint, export."`
	Scim    scimCommand    `cmd:"" help:"Let a directory keep the accounts of a Body (SCIM 2.0): token, revoke."`
	MDM     mdmCommand     `cmd:"" name:"mdm" help:"Set up devices: a configuration profile for an MDM."`
	Import  importCommand  `cmd:"" help:"Take over bodies, committees, persons and accounts from a file: preview, --apply, --undo."`
	Trace   traceCommand   `cmd:"" help:"Look whose personal copy a file is; needs a release by two persons."`
	Openapi openapiCommand `cmd:"" help:"Print the OpenAPI 3.1 description of /api/v1."`
}

func main() {
	sandbox.MaybeChild() // never returns in the limited child process
	var c commands
	k := kong.Parse(&c, kong.Name("ris"), kong.Description("Digital council system. Settings come from flags or RIS_* variables: see `ris config`."),
		kong.UsageOnError())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "ris:", err)
		os.Exit(1)
	}
}
