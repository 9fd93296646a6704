// Package pgtest gives tests a real PostgreSQL: a private cluster in a temporary folder on a free loopback port.
//
// The first call of DSN in a test process makes and starts the cluster from Debian's binaries (package "postgresql"); each
// call gives a fresh, empty database in it. When the test process ends, however it ends, the cluster is stopped and its
// folder removed: a small watcher process waits for the end of a pipe. Nothing needs to be called at the end.
// Where the tests run as root, the cluster runs as "postgres" or "nobody", because PostgreSQL refuses root.
//
// What does not belong here: anything of the product; it must never be imported outside of tests.
// Start reading at cluster.go.
package pgtest
