package main

import (
	"os"
	"testing"
)

// The list stays true to the code: each wrong line can be made, and there are enough of them.
func TestEveryMutantCanBeMade(t *testing.T) {
	if err := os.Chdir("../../.."); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, m := range mutants {
		if _, err := m.text(); err != nil {
			t.Errorf("%s, %s: %v", m.File, m.Name, err)
		}
		if names[m.Name] {
			t.Errorf("%q stands there twice", m.Name)
		}
		names[m.Name] = true
	}
	if len(mutants) < 40 {
		t.Errorf("only %d mutants", len(mutants))
	}
}
