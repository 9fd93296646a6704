package demo

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// issuer is the demo provider's fixed name. It is a name only: nothing is fetched from that host, so the persons stay the
// same whatever address the demo listens on.
const issuer = "http://ris-demo.invalid/idp"

// state is what the demo keeps in its data folder beside the product's own data.
type state struct {
	Issuer       string    `json:"issuer"`
	ClientSecret string    `json:"clientSecret"`
	FirstStart   time.Time `json:"firstStart"`
	Seeded       bool      `json:"seeded"`
	path         string
}

// openState reads the state of the data folder or makes a new one (mode 0600: it holds the client secret).
func openState(data string, now time.Time) (*state, error) {
	s := &state{path: filepath.Join(data, "demo.json")}
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		s.Issuer, s.ClientSecret, s.FirstStart = issuer, rand.Text()+rand.Text(), now
		return s, s.save()
	}
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	if err := json.Unmarshal(b, s); err != nil {
		return nil, fmt.Errorf("demo: %s is damaged (%w); remove the data folder to begin anew", s.path, err)
	}
	return s, nil
}

// save writes the file in one step, so that a crash leaves the old or the new one.
func (s *state) save() error {
	b, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	temp := s.path + "." + rand.Text()[:8]
	if err := os.WriteFile(temp, b, 0o600); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := os.Rename(temp, s.path); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}
