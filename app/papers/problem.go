package papers

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"ris/app/council"
)

// Problem writes a message key and its placeholders (pairs name, value) as one string for FileVersion.Problem.
func Problem(key string, args ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(args); i += 2 {
		q.Set(args[i], args[i+1])
	}
	if len(q) == 0 {
		return key
	}
	return key + "?" + q.Encode()
}

// ReadProblem takes apart what Problem wrote; args are pairs, in the order of their names.
func ReadProblem(problem string) (key string, args []string) {
	key, rest, _ := strings.Cut(problem, "?")
	q, err := url.ParseQuery(rest)
	if err != nil {
		return key, nil
	}
	names := make([]string, 0, len(q))
	for n := range q {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		args = append(args, n, q.Get(n))
	}
	return key, args
}

// problemOf writes an error about what was sent as a problem; false for errors that are ours or pass by themselves.
func problemOf(err error) (string, bool) {
	var e *council.Error
	if !errors.As(err, &e) {
		return "", false
	}
	switch e.Kind {
	case council.Invalid, council.Conflict, council.TooLarge:
		return Problem(e.Key, e.Args...), true
	}
	return "", false
}
