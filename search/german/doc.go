// Package german turns German council text into search tokens: the one analysis that every engine, the marks in a page and
// the snippets share, so that all of them agree on what matches.
//
// A word becomes one folded stem (ä = ae = a, ß = ss, composed or not; verbs by their infinitive, so "beschlossen" meets
// "beschließt") and, when it is a compound, one further token for each contiguous run of its parts except the whole
// ("Bebauungsplanänderung": Bebauung, Plan, Änderung, Bebauungsplan, Planänderung). Paper numbers, paragraphs of laws, dates
// and amounts become tokens of their own that neither a prefix nor a misspelling can reach (special.go). Every token is lower-case ASCII
// for Latin text, so an engine's own tokenizer cannot cut it.
//
// The compound lexicon is lexicon.bin: computed by lexbuild from word counts of federal law texts (official works, free of
// copyright, § 5 Abs. 1 UrhG) and from the hand-made lists beside that tool; it may be passed on under the licence of this project.
//
// What does not belong here: storing, ranking, permissions. Start reading at analyse.go (index side), query.go, then marks.go.
package german

// Version names the analysis. It is part of every index name: tokens of another version do not match, so a change of any rule
// or list here needs a new number, and the index is then built anew.
const Version = "1"
