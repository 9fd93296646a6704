// Command holes shows that the proof finds what somebody may do by mistake: it copies the source into a temporary folder, plants one hole
// after the other there (a route that forgets the policy, a rule that forgets who is biased, a row policy that forgets what is withheld
// ...), and runs the quick proof on each. A hole that no test finds, or a copy without a hole that does not pass, ends it with 1.
//
// It is part of make test-access. "go run ./app/apptest/holes" plants all, "-only X" those whose name fits, "-proof X" asks
// only packages that fit, "-list" prints the holes.
// A hole that can no longer be planted fails make test. Single wrong lines of the rules, many of them, are the mutants (app/apptest/mutants).
// What does not belong here: the proof itself. Start reading at holes.go.
package main
