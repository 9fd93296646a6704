package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

func main() {
	only, parts := flag.String("only", "", "holes whose name fits this regular expression"), flag.String("proof", "", "parts of the proof whose package fits this one")
	list := flag.Bool("list", false, "print the holes only")
	flag.Parse()
	proof = slices.DeleteFunc(proof, func(p part) bool { return !regexp.MustCompile(*parts).MatchString(p.Package) })
	if err := run(regexp.MustCompile(*only), *list); err != nil {
		fmt.Fprintln(os.Stderr, "holes:", err)
		os.Exit(1)
	}
}

func run(only *regexp.Regexp, list bool) error {
	var chosen []hole
	for _, h := range holes {
		if only.MatchString(h.Name) {
			chosen = append(chosen, h)
		}
	}
	if list {
		for _, h := range chosen {
			fmt.Println(h.Name)
		}
		return nil
	}
	start := time.Now()
	scratch, err := os.MkdirTemp("", "ris-holes-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	if err := copyTree(".", scratch); err != nil {
		return err
	}
	if found, out, err := prove(scratch); err != nil || len(found) > 0 {
		return fmt.Errorf("the copy without a hole does not pass, so nothing can be said: %v %v\n%s", found, err, out)
	}
	fmt.Printf("the copy without a hole passes, %.0f s\n", time.Since(start).Seconds())
	missed := 0
	for _, h := range chosen {
		begin := time.Now()
		found, out, err := try(scratch, h)
		took := time.Since(begin).Seconds()
		switch {
		case err != nil:
			missed++
			fmt.Printf("BROKEN    %s: %v\n%s\n", h.Name, err, out)
		case len(found) == 0:
			missed++
			fmt.Printf("NOT FOUND %s, %.0f s\n", h.Name, took)
		default:
			fmt.Printf("found     %s, by %s, %.0f s\n", h.Name, strings.Join(found, ", "), took)
		}
	}
	fmt.Printf("holes: %d of %d found, %.0f s\n", len(chosen)-missed, len(chosen), time.Since(start).Seconds())
	if missed > 0 || len(chosen) == 0 {
		return errors.New("not every hole was found")
	}
	return nil
}

// try plants the hole, asks the proof, and takes the hole out again.
func try(scratch string, h hole) (found []string, out string, err error) {
	for _, e := range h.Edits {
		file := filepath.Join(scratch, e.File)
		whole, err := os.ReadFile(file)
		if err != nil {
			return nil, "", err
		}
		planted, err := e.in(string(whole))
		if err != nil {
			return nil, "", err
		}
		if err := os.WriteFile(file, []byte(planted), 0o600); err != nil {
			return nil, "", err
		}
		defer func() { err = errors.Join(err, os.WriteFile(file, whole, 0o600)) }()
	}
	return prove(scratch)
}

// in is the text of the file with the edit in it.
func (e edit) in(whole string) (string, error) {
	if n := strings.Count(whole, e.Old); n != 1 {
		return "", fmt.Errorf("%s: %q stands there %d times", e.File, e.Old, n)
	}
	return strings.Replace(whole, e.Old, e.New, 1), nil
}

// failed finds the names of tests that failed.
var failed = regexp.MustCompile(`(?m)^--- FAIL: (\S+)`)

// prove runs the quick proof until a part of it fails and names the tests that did. An error: it could not be built.
func prove(scratch string) (found []string, out string, err error) {
	for _, p := range proof {
		cmd := exec.Command("go", "test", "-vet=off", "-failfast", "-timeout", "10m", "-run", p.Run, p.Package)
		cmd.Dir = scratch
		cmd.Env = append(os.Environ(), "RIS_DECISIONS=20000", "RIS_LONG=", "RIS_TEST_CHILD=") // bin/ris is without the hole
		answer, err := cmd.CombinedOutput()
		if err == nil {
			continue
		}
		text := string(answer)
		for _, m := range failed.FindAllStringSubmatch(text, -1) {
			found = append(found, strings.TrimPrefix(p.Package, "./")+"."+m[1])
		}
		if len(found) == 0 {
			return nil, text, fmt.Errorf("%s: %w", p.Package, err)
		}
		return found, text, nil
	}
	return nil, "", nil
}

// left are folders that the tests do not need.
var left = []string{".git", "node_modules", "bin", "data"}

// copyTree copies the source; the built web app is part of it, because the binary embeds it.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains(left, d.Name()):
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, path), 0o700)
		case !d.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, path), data, 0o600)
	})
}
