package main

import (
	"os"
	"strings"
	"testing"
)

// The table that was handed out for signature is the present one.
func TestTheSignedTableIsThePresentOne(t *testing.T) {
	const file = "../../../../.docs/zugriffstabelle.md"
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(was) != string(table()) {
		t.Errorf("%s is not the present table: run make access-table", file)
	}
	if n := strings.Count(string(was), "\n| ") - 6; n != 360 {
		t.Errorf("%d lines of people, want 60 in each of 6 states", n)
	}
}
