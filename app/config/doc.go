// Package config is every setting of the product on one page. The zero start is the embedded mode: one data folder with
// SQLite, embedded search and local files. Each setting is a flag and a RIS_* environment variable and documents itself
// (`ris config` prints the list from the struct's tags).
//
// What does not belong here: reading flags (cmd/ris), choosing adapters (app). Start reading at config.go.
package config
