// Package proof makes random towns and answers from the office's German sentences alone who may see what in them: the naive oracle
// against which the rules (auth/policy), the stored audiences (app/audience), both databases and every channel are held.
//
// A World is plain numbers (days, seconds, indices). It knows no labels and shares no code with the rules: where the rules compare
// intervals, the oracle looks at single days. Facts turns it into what the product's code takes.
//
// What does not belong here: the seeded town behind HTTP (app/apptest/oracle). Start reading at world.go, then sentences.go.
package proof
