// Package databases holds the two databases against the sentences of package proof: random worlds and the named matrix are stored,
// their audiences computed by app/audience from what was stored, and every object is asked for as every person.
//
// What does not belong here: rules, sentences. Start reading at save.go.
package databases
