package main

import (
	"os"
	"testing"
)

// The list stays true to the code: each hole can be planted.
func TestEveryHoleCanBePlanted(t *testing.T) {
	if err := os.Chdir("../../.."); err != nil {
		t.Fatal(err)
	}
	for _, h := range holes {
		for _, e := range h.Edits {
			whole, err := os.ReadFile(e.File)
			if err != nil {
				t.Fatal(err)
			}
			if planted, err := e.in(string(whole)); err != nil || planted == string(whole) {
				t.Errorf("%s: %v", h.Name, err)
			}
		}
	}
	if len(holes) < 2 {
		t.Errorf("only %d holes", len(holes))
	}
}
