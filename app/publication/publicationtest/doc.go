// Package publicationtest makes a small town with a real database and real PDFs for the tests of the gate, the portal and
// OParl. Everything in it that is not public carries a word beginning with Secret, so that a test can look for leaks in any
// bytes whatever.
//
// What does not belong here: product code. Start reading at town.go, then story.go.
package publicationtest
