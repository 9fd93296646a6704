package main

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"testing"

	"ris/search/german"
)

const input = "../../../../shared/lexicon/words.tsv"

// The committed lexicon is what this tool computes from its input and lists.
func TestLexiconIsFresh(t *testing.T) {
	if _, err := os.Stat(input); err != nil {
		t.Skip("the word counts are not there: ", err)
	}
	counts, err := read(input)
	if err != nil {
		t.Fatal(err)
	}
	want := build(counts)
	packed, err := os.Open("../lexicon.bin")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	got, err := german.Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("lexicon.bin has %d entries, the tool gives %d, or other flags: run go run ./search/german/lexbuild", len(got), len(want))
	}
}

func TestPackAndUnpack(t *testing.T) {
	flags := map[string]german.Flag{"amt": german.Noun, "amtlich": german.Plain, "änderung": german.Noun | german.Whole, "wohn": german.First, "bauen": german.Verb}
	var b bytes.Buffer
	if err := german.Pack(&b, slices.Sorted(maps.Keys(flags)), flags); err != nil {
		t.Fatal(err)
	}
	got, err := german.Unpack(&b)
	if err != nil || !maps.Equal(got, flags) {
		t.Errorf("%v, %v", got, err)
	}
}
