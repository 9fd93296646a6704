package main

import (
	"maps"
	"slices"
	"strings"

	"ris/search/german"
)

// addVerbs marks infinitives: small words in -en, -eln, -ern of which another form stands in the counts too. Then it marks
// the nouns that would be taken for a form of one of them ("Vorstand", "Verband").
func addVerbs(flags map[string]german.Flag, counts map[string]count) {
	words := slices.Sorted(maps.Keys(counts)) // in order: what is found depends on what was found before
	for _, w := range words {
		c := counts[w]
		if c.lower < 3 || c.lower < c.upper/4 || len(w) < 5 {
			continue // an infinitive is also used as a noun: "das Genehmigen"
		}
		stem, ok := strings.CutSuffix(w, "en")
		if !ok {
			if !strings.HasSuffix(w, "eln") && !strings.HasSuffix(w, "ern") {
				continue
			}
			stem = w[:len(w)-1]
		}
		if adjective(stem, counts) || strings.HasSuffix(stem, "t") && flags[strings.TrimSuffix(stem, "t")+"en"]&german.Verb != 0 {
			continue
		}
		if conjugated(stem, counts) || zuForm(w, counts) {
			flags[w] |= german.Verb
		}
	}
	for _, w := range list("verbs.txt") {
		flags[w] |= german.Verb
	}
	for w, f := range flags {
		if f == 0 {
			delete(flags, w)
		}
	}
	for _, w := range words {
		c := counts[w]
		if c.upper > 2*c.lower && c.upper >= 3 && flags[w]&(german.Noun|german.Verb) == 0 && german.Infinitive(w, flags) != "" {
			flags[w] |= german.Plain
		}
	}
	for _, w := range list("council.txt") {
		if german.Infinitive(w, flags) != "" {
			flags[w] |= german.Plain
		}
	}
}

// conjugated: "genehmigt" or "genehmigte" for genehmig-.
func conjugated(stem string, counts map[string]count) bool {
	forms := 0
	for _, e := range []string{"t", "et", "te", "end", "ende", "enden", "e"} {
		if counts[stem+e].lower > 1 {
			forms++
		}
	}
	return forms >= 2
}

// zuForm: "abzulehnen" for ablehnen.
func zuForm(w string, counts map[string]count) bool {
	for i := 2; i <= 8 && i < len(w)-4; i++ {
		if counts[w[:i]+"zu"+w[i:]].lower > 1 {
			return true
		}
	}
	return false
}

// adjective: -en is the ending of an adjective when it also ends in -em or -es ("großem", "großes") and no -end, -t form is there.
func adjective(stem string, counts map[string]count) bool {
	return counts[stem+"em"].lower > 0 && counts[stem+"er"].lower > 0 || counts[stem+"es"].lower > 0 && counts[stem+"em"].lower > 0
}
