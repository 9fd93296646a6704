package app

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// nodeName is the name of this data folder's worker, kept in it; a second worker on the same folder gets "" (a new name each time).
// release gives the name back.
func nodeName(data string) (name string, release func() error, err error) {
	file, err := os.OpenFile(filepath.Join(data, "worker.name"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return "", func() error { return nil }, nil
		}
		return "", nil, err
	}
	b, err := os.ReadFile(file.Name())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", nil, errors.Join(err, file.Close())
	}
	if name = strings.TrimSpace(string(b)); name == "" {
		name = "ris-" + strings.ToLower(rand.Text())
		if _, err := file.WriteAt([]byte(name+"\n"), 0); err != nil {
			return "", nil, errors.Join(err, file.Close())
		}
	}
	return name, file.Close, nil
}
