package german

import "strings"

// between are the words that may stand between the number of a paragraph and its law.
var between = set(`abs absatz absatze satz satze s nr nummer nummern buchst buchstabe lit halbsatz hs alt unterabs und bis oder i v m
	ff f des der a b c d e`)

// referenceKind: 'p' when word i is a paragraph sign (or the word) before a number, 'a' for an article, else 0.
func referenceKind(text string, raws []raw, i int) byte {
	if raws[i].paragraph {
		return 'p'
	}
	if i+1 >= len(raws) || !startsWithDigit(text, raws[i+1]) || !near(text, raws, i) {
		return 0
	}
	switch strings.ToLower(text[raws[i].start:raws[i].end]) {
	case "paragraph", "paragraf", "paragraphen", "paragrafen":
		return 'p'
	case "art", "artikel":
		return 'a'
	}
	return 0
}

// paragraphs reads "§ 34", "§ 34a BauGB", "§ 34 Abs. 2 Satz 1 BauGB", "§§ 34, 35 und 36 BauGB", "Art. 28 Abs. 2 GG" from word i
// on. For the index: each number alone, with its Absatz, with its law, with both. For a query: the most specific one of each
// number. The law of a query may be written small.
func paragraphs(text string, raws []raw, i int, query bool) []found {
	kind := referenceKind(text, raws, i)
	k := i + 1
	for k < len(raws) && raws[k].paragraph { // "§§" and "§ §"
		if k > i+1 || raws[k].start-raws[i].end > 1 {
			return nil
		}
		k++
	}
	if kind == 0 || k >= len(raws) || !startsWithDigit(text, raws[k]) || raws[k].start-raws[k-1].end > 3 {
		return nil
	}
	type ref struct{ n, abs string }
	refs := []ref{{n: at(text, raws[k])}}
	last := k
	law := ""
	for m := k + 1; m < len(raws) && m < k+14 && !raws[m].paragraph; m++ {
		w := at(text, raws[m])
		gap := text[raws[m-1].end:raws[m].start]
		if strings.ContainsAny(gap, "\n") && strings.Contains(gap, ".") || strings.ContainsAny(gap, ";:?!()") {
			break
		}
		if isLaw(text[raws[m].start:raws[m].end]) && !between[w] {
			law, last = w, m
			break
		}
		switch prev := at(text, raws[m-1]); {
		case startsWithDigit(text, raws[m]) && (prev == "abs" || prev == "absatz"):
			refs[len(refs)-1].abs = w
			last = m
		case startsWithDigit(text, raws[m]) && i+1 < k && (gap == ", " || gap == "," || prev == "und" || prev == "oder") && startsWithNumber(text, raws, m):
			refs = append(refs, ref{n: w}) // a list after §§
			last = m
		case startsWithDigit(text, raws[m]) || between[w]:
		default:
			m = len(raws)
		}
	}
	end := raws[last].end
	var out []found
	for _, r := range refs {
		base := "z" + string(kind) + r.n
		add := func(t string) { out = append(out, found{t + "zz", end, last}) }
		if law != "" && r.abs != "" {
			add(base + "za" + r.abs + "zl" + law)
		}
		if query && law != "" && r.abs != "" {
			continue
		}
		if law != "" {
			add(base + "zl" + law)
		}
		if query && law != "" {
			continue
		}
		if r.abs != "" {
			add(base + "za" + r.abs)
		}
		if query && r.abs != "" {
			continue
		}
		add(base)
	}
	return out
}

func at(text string, r raw) string { return Fold(text[r.start:r.end]) }

func startsWithDigit(text string, r raw) bool {
	return !r.paragraph && text[r.start] >= '0' && text[r.start] <= '9'
}

// startsWithNumber: the word before is a number of the list too, or "und" or "oder" after one; not "Satz 1 und 2".
func startsWithNumber(text string, raws []raw, m int) bool {
	for b := m - 1; b >= 0; b-- {
		w := at(text, raws[b])
		if w == "und" || w == "oder" || w == "bis" {
			continue
		}
		if startsWithDigit(text, raws[b]) {
			return b == 0 || raws[b-1].paragraph || startsWithDigit(text, raws[b-1]) || at(text, raws[b-1]) == "und"
		}
		return false
	}
	return false
}
