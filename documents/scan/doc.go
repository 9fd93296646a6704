// Package scan asks a virus scanner about bytes: clamd, spoken to over its socket with INSTREAM (man 8 clamd). The scanner is a
// service of the town's own; without one, this part is off.
//
// A scanner that does not answer is an error and never "clean". What does not belong here: what an answer means for a file
// (app/papers). Start reading at clamd.go.
package scan
