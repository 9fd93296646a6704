// Package matrix is the named matrix of access: who (10 kinds of people), in which relation (6), sees or does what (12 acts) with an
// object in which state (6), once with the careful settings and once with every setting allowed: 8,640 answers, written down by hand
// from the office's sentences (profiles.go, people.go) and never computed.
//
// app/apptest/proof/databases holds both databases against it; "make access-table" prints it as a German table for the clerk to sign
// (app/apptest/proof/table). What does not belong here: rules. Start reading at profiles.go.
package matrix
