// Package bodies is what a Body settles for itself: the template of the personal mark, and how strongly the mark is bound to papers
// of each type. Only its clerk sees and changes it.
//
// A template is checked against everybody who signs in to the Body before it is kept: there is no paper that somebody cannot be
// given because the mark does not fit.
// What does not belong here: drawing the mark (documents/copies), preparing papers (app/papers), other master data.
// Start reading at preparation_change.go.
package bodies
