package asvs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sections is how many requirements each section of the chapters has (ASVS 5.0.0).
var sections = map[string]int{
	"6.1": 3, "6.2": 12, "6.3": 8, "6.4": 6, "6.5": 8, "6.6": 4, "6.7": 2, "6.8": 4,
	"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 3, "7.6": 2,
	"8.1": 4, "8.2": 4, "8.3": 3, "8.4": 2,
	"9.1": 3, "9.2": 4,
	"10.1": 2, "10.2": 3, "10.3": 5, "10.4": 16, "10.5": 5, "10.6": 2, "10.7": 3,
	"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 4,
}

const root = "../../.."

var named = regexp.MustCompile("`([a-z/0-9]+): (Test[A-Za-z0-9_]+)`")

// Each requirement stands there once, with a state; what is held names a test, and each named test exists.
func TestTheTableNamesTestsThatExist(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, ".docs/asvs.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen, states := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 4 || !regexp.MustCompile(`^ \d`).MatchString(cells[0]) {
			continue
		}
		numbers, state, reason := expand(t, strings.TrimSpace(cells[0])), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3])
		for _, n := range numbers {
			seen[n]++
			states[state]++
		}
		tests := named.FindAllStringSubmatch(reason, -1)
		for _, test := range tests {
			if !exists(t, test[1], test[2]) {
				t.Errorf("%s: there is no test %s in %s", cells[0], test[2], test[1])
			}
		}
		switch state {
		case "held", "part":
			if len(tests) == 0 {
				t.Errorf("%s is %s and names no test", cells[0], state)
			}
		case "open", "none":
			if len(reason) < 20 {
				t.Errorf("%s is %s without a reason", cells[0], state)
			}
		default:
			t.Errorf("%s: %q is no state", cells[0], state)
		}
	}
	for section, count := range sections {
		for n := 1; n <= count; n++ {
			if number := fmt.Sprintf("%s.%d", section, n); seen[number] != 1 {
				t.Errorf("%s stands there %d times", number, seen[number])
			}
			delete(seen, fmt.Sprintf("%s.%d", section, n))
		}
	}
	for number := range seen {
		t.Errorf("%s is no requirement of these chapters", number)
	}
	t.Logf("%v", states)
}

// expand reads "7.4.2" or "6.2.1 to 6.2.12".
func expand(t *testing.T, text string) []string {
	first, last, isRange := strings.Cut(text, " to ")
	if !isRange {
		return []string{first}
	}
	dot := strings.LastIndex(first, ".")
	from, err1 := strconv.Atoi(first[dot+1:])
	to, err2 := strconv.Atoi(last[strings.LastIndex(last, ".")+1:])
	if err1 != nil || err2 != nil || from > to {
		t.Fatalf("%q is no range", text)
	}
	var out []string
	for n := from; n <= to; n++ {
		out = append(out, fmt.Sprintf("%s.%d", first[:dot], n))
	}
	return out
}

func exists(t *testing.T, folder, test string) bool {
	files, err := filepath.Glob(filepath.Join(root, folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(name string) bool {
		data, err := os.ReadFile(name)
		return err == nil && strings.Contains(string(data), "\nfunc "+test+"(")
	})
}
