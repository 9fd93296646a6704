// Command mutants breaks the rules of access one by one and requires that the quick tests notice: each mutant is one changed line of
// auth/policy, app/audience or app/store, compiled over the project's source without touching it (go test -overlay).
//
// It is part of make test-access. "go run ./app/apptest/mutants" runs all, "-from 10 -to 20" some of them, "-list" prints them.
// A mutant whose text is no longer in its file fails make test, so the list stays true to the code.
package main
