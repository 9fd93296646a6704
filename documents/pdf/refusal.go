package pdf

import (
	"errors"
	"fmt"
)

// Refusal says that the file cannot be accepted. Key is one of the documents.Refused... keys; Args are pairs of placeholder
// and value; Cause is for the log.
type Refusal struct {
	Key   string
	Args  []string
	Cause error
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %v", r.Key, r.Cause) }
func (r *Refusal) Unwrap() error { return r.Cause }

func refuse(key string, cause error, args ...string) error {
	return &Refusal{Key: key, Args: args, Cause: cause}
}

// guarded runs f and turns a panic on foreign bytes into an error.
func guarded(what string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: panic: %v", what, r)
		}
	}()
	if err := f(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

var (
	errPageTree   = errors.New("the page tree is damaged")
	errNoPages    = errors.New("the document has no pages")
	errContent    = errors.New("a page's content cannot be closed")
	errLooksWrong = errors.New("a page looks different after preparation")
)

// unmarked lists pages (from 1) on which the test mark could not be seen.
type unmarked struct{ pages []int }

func (u *unmarked) Error() string { return fmt.Sprintf("no visible mark on pages %v", u.pages) }
