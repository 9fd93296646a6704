// Package asvs keeps the table of the OWASP ASVS (.docs/asvs.md) honest: every requirement of its chapters has a line, and every test
// that a line names exists.
//
// What does not belong here: the tests themselves. Start reading at asvs_test.go.
package asvs
