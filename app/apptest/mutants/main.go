package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	from, to, list := flag.Int("from", 0, "first mutant"), flag.Int("to", len(mutants), "behind the last one"), flag.Bool("list", false, "print them only")
	flag.Parse()
	if *list {
		for i, m := range mutants {
			fmt.Printf("%3d %-28s %s\n", i, m.File, m.Name)
		}
		return
	}
	start, lived, broken := time.Now(), 0, 0
	for i, m := range mutants[*from:*to] {
		switch found, err := m.run(); {
		case err != nil:
			broken++
			fmt.Printf("%3d BROKEN %s, %s: %v\n", *from+i, m.File, m.Name, err)
		case !found:
			lived++
			fmt.Printf("%3d LIVES  %s, %s\n", *from+i, m.File, m.Name)
		default:
			fmt.Printf("%3d found  %s, %s\n", *from+i, m.File, m.Name)
		}
	}
	n := *to - *from
	fmt.Printf("mutants: %d of %d found, %d live, %d do not compile, %.0f s\n", n-lived-broken, n, lived, broken, time.Since(start).Seconds())
	if lived+broken > 0 {
		os.Exit(1)
	}
}

// run reports whether the tests notice. An error: the mutant cannot be made or does not compile.
func (m mutant) run() (bool, error) {
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	text, err := m.text()
	if err != nil {
		return false, err
	}
	changed := filepath.Join(dir, "mutant.go")
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return false, err
	}
	full, err := filepath.Abs(m.File)
	if err != nil {
		return false, err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {full: changed}})
	if err != nil {
		return false, err
	}
	plan := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(plan, overlay, 0o600); err != nil {
		return false, err
	}
	args := append([]string{"test", "-vet=off", "-failfast", "-count=1", "-overlay", plan}, m.tests()...)
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "RIS_DECISIONS="+m.decisions())
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "[build failed]") || strings.Contains(string(out), "[setup failed]") {
		return false, fmt.Errorf("%s", out)
	}
	return err != nil, nil
}

// text is the file with the mutant's line in it.
func (m mutant) text() (string, error) {
	whole, err := os.ReadFile(m.File)
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(whole), m.Old); n != 1 {
		return "", fmt.Errorf("%q stands there %d times", m.Old, n)
	}
	return strings.Replace(string(whole), m.Old, m.New, 1), nil
}

// tests are the quick ones that must notice.
func (m mutant) tests() []string {
	switch filepath.Dir(m.File) {
	case "auth/policy":
		return []string{"./auth/policy", "./app/apptest/proof"}
	case "app/audience":
		return []string{"-run", "Opening|Databases/sqlite", "./app/audience", "./app/apptest/proof/databases"}
	}
	return []string{"-run", "/sqlite", "./app/apptest/proof/databases"}
}

// decisions: in memory 200,000 take less than a second; the databases get a tenth.
func (m mutant) decisions() string { return "200000" }
