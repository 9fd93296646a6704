package german

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
)

// Flag says what a word of the lexicon may be.
type Flag byte

// The flags of a lexicon entry.
const (
	Noun  Flag = 1 << iota // stands anywhere in a compound
	First                  // stands in a compound, but not at its end ("wohn", "haupt")
	Verb                   // an infinitive
	Plain                  // looks like a form of a verb, but is none ("vorstand")
	Whole                  // is never cut ("wissenschaft")
)

//go:embed lexicon.bin
var packed []byte

var lexicon = sync.OnceValue(func() map[string]Flag {
	m, err := Unpack(bytes.NewReader(packed))
	if err != nil {
		panic("search/german: lexicon.bin: " + err.Error()) // part of the program: a wrong one is a broken build
	}
	return m
})

// Pack writes sorted entries: per word one byte for the letters shared with the word before, one for the length of the rest,
// one for the flags, then the rest; all of it compressed by gzip.
func Pack(w io.Writer, words []string, flags map[string]Flag) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	prev := ""
	for _, word := range words {
		n := 0
		for n < len(prev) && n < len(word) && prev[n] == word[n] {
			n++
		}
		if len(word) > 255 {
			return fmt.Errorf("word of %d bytes", len(word))
		}
		if _, err := z.Write(append([]byte{byte(n), byte(len(word) - n), byte(flags[word])}, word[n:]...)); err != nil {
			return err
		}
		prev = word
	}
	return z.Close()
}

// Unpack reads what Pack wrote.
func Unpack(r io.Reader) (map[string]Flag, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReader(z)
	out := make(map[string]Flag, 40000)
	var head [3]byte
	var word []byte
	for {
		if _, err := io.ReadFull(in, head[:]); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		if int(head[0]) > len(word) {
			return nil, fmt.Errorf("entry %d shares more letters than there are", len(out))
		}
		word = append(word[:head[0]], make([]byte, head[1])...)
		if _, err := io.ReadFull(in, word[head[0]:]); err != nil {
			return nil, err
		}
		out[string(word)] = Flag(head[2])
	}
}
