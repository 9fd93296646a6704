// Command lexbuild computes search/german/lexicon.bin: the words that compounds are made of, and the infinitives.
//
//	go run ./search/german/lexbuild -words FILE -out search/german/lexicon.bin
//
// FILE holds word form, tab, count, one a line: word counts of German federal law texts. Federal laws are official works, free of
// copyright (§ 5 Abs. 1 UrhG), counts of words are facts; so the lexicon may be passed on under the project's own licence. The
// lists beside this file (lists/*.txt) are written by hand for this project: council.txt (words of municipal life that laws do
// not have), first.txt (first parts that are no nouns), whole.txt (words that must never be cut), stop.txt (endings and prefixes
// that look like words), verbs.txt (infinitives that laws do not have).
//
// How it is computed stands in nouns.go and verbs.go. After a change raise german.Version.
package main

import (
	"bufio"
	"bytes"
	"embed"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"ris/search/german"
)

//go:embed lists/*.txt
var lists embed.FS

func main() {
	words := flag.String("words", "../shared/lexicon/words.tsv", "word counts: form, tab, count")
	out := flag.String("out", "search/german/lexicon.bin", "where to write the lexicon")
	flag.Parse()
	counts, err := read(*words)
	if err != nil {
		log.Fatal(err)
	}
	flags := build(counts)
	var buf bytes.Buffer
	if err := german.Pack(&buf, slices.Sorted(maps.Keys(flags)), flags); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, buf.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	of := func(f german.Flag) (n int) {
		for _, g := range flags {
			if g&f != 0 {
				n++
			}
		}
		return n
	}
	fmt.Printf("%d entries (%d nouns, %d first parts, %d infinitives, %d plain, %d whole), %d bytes packed\n",
		len(flags), of(german.Noun), of(german.First), of(german.Verb), of(german.Plain), of(german.Whole), buf.Len())
}

// count is how often a form stands with a capital and without.
type count struct{ upper, lower int }

// read gives the counts by form in lower case, ß as ss.
func read(path string) (map[string]count, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]count{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		form, number, ok := strings.Cut(lines.Text(), "\t")
		n, err := strconv.Atoi(number)
		if !ok || err != nil {
			return nil, fmt.Errorf("%s: not form, tab, count: %q", path, lines.Text())
		}
		lower := strings.ReplaceAll(strings.ToLower(form), "ß", "ss")
		rs := []rune(form)
		if !letters(lower) || len(rs) > 40 || len(rs) > 1 && strings.IndexFunc(string(rs[1:]), unicode.IsUpper) >= 0 {
			continue // abbreviations and numbers are no words
		}
		c := out[lower]
		if unicode.IsUpper(rs[0]) {
			c.upper += n
		} else {
			c.lower += n
		}
		out[lower] = c
	}
	return out, lines.Err()
}

func letters(w string) bool {
	for _, r := range w {
		if !(r >= 'a' && r <= 'z' || r == 'ä' || r == 'ö' || r == 'ü') {
			return false
		}
	}
	return w != ""
}

// list reads a hand-made list: words apart by blanks or lines, # starts a comment.
func list(name string) []string {
	b, err := lists.ReadFile("lists/" + name)
	if err != nil {
		log.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(b)) {
		line, _, _ = strings.Cut(line, "#")
		for _, w := range strings.Fields(line) {
			out = append(out, strings.ReplaceAll(strings.ToLower(w), "ß", "ss"))
		}
	}
	return out
}
