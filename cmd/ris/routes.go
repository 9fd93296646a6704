package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"ris/app/server"
)

type routesCommand struct{}

// Run prints the list that the server registers from.
func (routesCommand) Run() error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	for _, r := range server.Routes() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Method, r.Path, r.Access)
	}
	return w.Flush()
}
