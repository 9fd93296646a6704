package main

import (
	"slices"
	"strings"

	"ris/search/german"
)

const (
	minNoun       = 4  // a noun must stand this often in the counts
	minFirst      = 14 // a first part that is no noun must begin this many different words that go on with a noun
	minProductive = 4  // a word is cut when its parts begin and end at least this many words
	maxRarer      = 40 // and no part is this many times rarer than the word itself
)

// build computes all flags.
func build(counts map[string]count) map[string]german.Flag {
	flags := map[string]german.Flag{}
	stop := set(list("stop.txt"))
	for w, c := range counts {
		if n := len([]rune(w)); n >= 3 && c.upper >= minNoun && c.upper > 2*c.lower && !stop[w] {
			flags[w] |= german.Noun
		}
	}
	for _, w := range list("council.txt") {
		flags[w] |= german.Noun
	}
	for _, w := range list("whole.txt") {
		flags[w] |= german.Noun | german.Whole
	}
	for _, w := range list("first.txt") {
		flags[w] |= german.First
	}
	learnFirsts(flags, counts, stop)
	dropCompounds(flags, counts)
	addVerbs(flags, counts)
	return flags
}

// learnFirsts finds what begins many words that go on with a noun, but is no noun itself: "wohn" (-haus, -raum, -geld ...).
func learnFirsts(flags map[string]german.Flag, counts map[string]count, stop map[string]bool) {
	heads := map[string]map[string]bool{}
	for w, c := range counts {
		if c.upper < 3 || c.upper <= c.lower {
			continue
		}
		for i := 4; i <= len(w)-5; i++ {
			first, rest := w[:i], w[i:]
			if !letters(first) || !letters(rest) || flags[rest]&german.Noun == 0 || counts[rest].upper < 25 || stop[first] || flags[first] != 0 || nounWithLink(flags, first) {
				continue
			}
			if heads[first] == nil {
				heads[first] = map[string]bool{}
			}
			heads[first][rest] = true
		}
	}
	for first, rests := range heads {
		if len(rests) >= minFirst {
			flags[first] |= german.First
		}
	}
}

func nounWithLink(flags map[string]german.Flag, w string) bool {
	for _, l := range []string{"s", "es", "n", "en", "er", "e", "ns"} {
		if b, ok := strings.CutSuffix(w, l); ok && flags[b]&german.Noun != 0 {
			return true
		}
	}
	return false
}

// dropCompounds takes out the nouns that are compounds of others, else the cheapest path would keep them whole. A noun goes
// when it can be cut and each part is productive: it begins or ends several other words and is not much rarer than the noun.
func dropCompounds(flags map[string]german.Flag, counts map[string]count) {
	splitter := german.Splitter{Words: flags}
	var nouns []string
	for w, f := range flags {
		if f&german.Noun != 0 {
			nouns = append(nouns, w)
		}
	}
	slices.Sort(nouns)
	begins, ends := map[string]int{}, map[string]int{}
	cuts := map[string][]string{}
	for _, w := range nouns {
		if parts := splitter.Split(w); parts != nil {
			cuts[w] = parts
			begins[parts[0]]++
			ends[parts[len(parts)-1]]++
		}
	}
	var drop []string
	for w, parts := range cuts {
		productive := true
		for i, p := range parts {
			n, own := begins[p], counts[p].upper+counts[p].lower
			if i == len(parts)-1 {
				n = ends[p]
			}
			if n < minProductive || flags[p]&german.First == 0 && own*maxRarer < counts[w].upper {
				productive = false
			}
		}
		if productive {
			drop = append(drop, w)
		}
	}
	for _, w := range drop {
		delete(flags, w)
	}
}

func set(words []string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}
