package german

import "unicode"

// links are what may stand between two parts of a compound.
var links = []string{"", "s", "es", "n", "en", "er", "e", "ns"}

// endings are what the last part may carry as an inflected form.
var endings = []string{"en", "es", "er", "em", "s", "n", "e"}

// short are the parts of three letters; others of that length would cut everywhere.
var short = set(`bau amt rat weg see ort hof tor bus rad öl müll tag tal zug zaun bad eis art gas tür kur hut uhr ton
	not tod bio abo app zoo ehe`)

// part is a stretch of a compound: letters [from, to), the base form without its link is [from, base).
type part struct{ from, base, to int }

// Splitter cuts compounds by the cheapest path through the word over a lexicon.
type Splitter struct{ Words map[string]Flag }

// split gives the parts of a word in lower case, nil when it is no compound of known words.
func (s Splitter) split(rs []rune) []part {
	n := len(rs)
	if n < 6 || n > 60 || s.whole(rs) {
		return nil
	}
	for _, r := range rs {
		if !unicode.IsLetter(r) {
			return nil
		}
	}
	type step struct {
		cost float64
		part part
		ok   bool
	}
	best := make([]step, n+1)
	best[0].ok = true
	for i := 0; i < n-2; i++ {
		if !best[i].ok {
			continue
		}
		for j := i + 3; j <= n; j++ {
			if i == 0 && j == n {
				continue
			}
			base, cost, ok := s.cost(rs[i:j], i == 0, j == n)
			if ok && (!best[j].ok || best[i].cost+cost < best[j].cost) {
				best[j] = step{best[i].cost + cost, part{i, i + base, j}, true}
			}
		}
	}
	if !best[n].ok {
		return nil
	}
	var out []part
	for k := n; k > 0; k = best[k].part.from {
		out = append([]part{best[k].part}, out...)
	}
	return out
}

// Split gives the parts of a word as text, without their links; nil when it is no compound of known words. For lexbuild and tests.
func (s Splitter) Split(word string) []string {
	l := spell(word)
	var out []string
	for _, p := range s.split(l.r) {
		out = append(out, string(l.r[p.from:p.base]))
	}
	return out
}

// whole reports whether the word, or what it is an inflected form of, is on the list of words that are never cut.
func (s Splitter) whole(rs []rune) bool {
	w := string(rs)
	if s.Words[w]&Whole != 0 {
		return true
	}
	for _, e := range endings {
		if len(w) > len(e)+3 && w[len(w)-len(e):] == e && s.Words[w[:len(w)-len(e)]]&Whole != 0 {
			return true
		}
	}
	return false
}

// cost of taking these letters as one part; base is how many of them remain without the link. Few parts beat many, long
// parts beat short ones, a part without a link beats one with it, an uninflected end an inflected one.
func (s Splitter) cost(rs []rune, first, last bool) (base int, cost float64, ok bool) {
	w := string(rs)
	if s.isPart(w, len(rs), last) {
		return len(rs), 10 + 6/float64(len(rs)), true
	}
	joints, extra := links[1:], 0.5
	if last {
		joints, extra = endings, 1
	}
	for _, e := range joints {
		b := len(rs) - len(e)
		if b < 3 || last && b < 4 || w[len(w)-len(e):] != e || !s.isPart(w[:len(w)-len(e)], b, last) {
			continue
		}
		c := 10 + extra + 6/float64(len(rs))
		if !last && (e == "e" || e == "ns" || e == "er") {
			c += 0.5 // rare links
		}
		if !ok || c < cost {
			base, cost, ok = b, c, true
		}
	}
	if last {
		base = len(rs) // the stem takes the ending off
	}
	return base, cost, ok
}

func (s Splitter) isPart(w string, letters int, last bool) bool {
	f := s.Words[w]
	if f&(Noun|First) == 0 || last && f&Noun == 0 {
		return false
	}
	return letters > 3 || short[w]
}
