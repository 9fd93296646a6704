package german

import "strings"

// Clause is one thing a query asks for; all clauses of a query must be met.
type Clause struct {
	// Terms are the index terms: one, or for a phrase several that follow each other.
	Terms []string
	// Fold is the folded form as typed: what a prefix and the length for misspellings go by. Empty for phrases and specials.
	Fold string
	// Exact clauses (numbers, specials, phrases) meet neither misspellings nor longer words.
	Exact bool
	// Open marks the last word of a query that is still being typed: any continuation of Fold meets it too.
	Open bool

	parts []string
}

// Phrase reports whether the clause asks for several words in a row.
func (c Clause) Phrase() bool { return len(c.Terms) > 1 }

// Misspellings is how many letters may be wrong: none below 5 letters, one below 9, else two. The first letter must be right.
func (c Clause) Misspellings() int {
	switch n := len([]rune(c.Fold)); {
	case c.Exact || n < 5:
		return 0
	case n < 9:
		return 1
	}
	return 2
}

// Completions are further stems that the open word may be on its way to: a typed "Genehmigun" ends before the ending -ung that
// stemming takes off.
func (c Clause) Completions() []string {
	if !c.Open {
		return nil
	}
	var out []string
	for _, ending := range []string{"ung", "ungen", "isch", "lich", "ische", "liche", "ende"} {
		for n := 1; n < len(ending); n++ {
			if strings.HasSuffix(c.Fold, ending[:n]) && len(c.Fold) > n+2 {
				if s := stem(c.Fold + ending[n:]); len(s) >= 4 && s != c.Terms[0] {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// Parts are the stems of a compound's parts, nil when the word is none: for texts that say it in several words.
func (c Clause) Parts() []string { return c.parts }

// Parse reads what a person typed. Parts in quotes (also „“ and «») are phrases, a quote left open runs to the end. Of specials
// only the most specific token is asked for. Words without meaning ("der", "und") are left out unless nothing else is there.
func Parse(query string) []Clause {
	query = quotes.Replace(query)
	segments := strings.Split(query, `"`)
	var out, empty []Clause
	for i, s := range segments {
		if i%2 == 1 {
			out = append(out, phrase(s)...)
			continue
		}
		open := i == len(segments)-1 && !strings.HasSuffix(query, " ")
		meaning, stop := clauses(s, open)
		out, empty = append(out, meaning...), append(empty, stop...)
	}
	if len(out) == 0 {
		out = empty
	}
	return unique(out)
}

var quotes = strings.NewReplacer("„", `"`, "“", `"`, "”", `"`, "«", `"`, "»", `"`, "\u00a0", " ", "\t", " ", "\n", " ")

func phrase(s string) []Clause {
	var terms []string
	for _, r := range scan(s) {
		switch {
		case r.paragraph:
		case r.number:
			terms = append(terms, trimZeros(s[r.start:r.end]))
		default:
			terms = append(terms, analysed(s[r.start:r.end]).term)
		}
	}
	if terms == nil {
		return nil
	}
	return []Clause{{Terms: terms, Exact: true}}
}

// clauses reads the words outside quotes; stop are those without meaning.
func clauses(s string, open bool) (meaning, stop []Clause) {
	raws := scan(s)
	for i := 0; i < len(raws); i++ {
		r := raws[i]
		var special []found
		if referenceKind(s, raws, i) != 0 {
			special = paragraphs(s, raws, i, true)
		} else if special = finds(s, raws, i); len(special) > 1 {
			special = special[:1]
		}
		if special != nil {
			for _, f := range special {
				meaning = append(meaning, Clause{Terms: []string{f.term}, Exact: true})
				i = f.last
			}
			continue
		}
		if r.paragraph {
			continue
		}
		last := i == len(raws)-1 && open && r.end == len(s)
		if r.number {
			n := trimZeros(s[r.start:r.end])
			meaning = append(meaning, Clause{Terms: []string{n}, Exact: true})
			continue
		}
		w := analysed(s[r.start:r.end])
		c := Clause{Terms: []string{w.term}, Fold: w.fold, Open: last, parts: w.single()}
		if strings.ContainsAny(w.fold, "0123456789") {
			c.Exact, c.Open = true, false
		}
		if stopWords[w.fold] || last && len(w.fold) < 2 { // one typed letter says nothing yet
			stop = append(stop, c)
		} else {
			meaning = append(meaning, c)
		}
	}
	return meaning, stop
}

func unique(in []Clause) []Clause {
	seen := map[string]bool{}
	var out []Clause
	for _, c := range in {
		key := strings.Join(c.Terms, " ")
		if c.Open {
			key += "*"
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, c)
		}
	}
	return out
}
