package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/dexidp/dex/storage"
)

// keyFile is Dex's memory storage with the signing keys in a file (mode 0600), so that tokens of before a restart still
// verify and clients need not fetch keys anew. All other state is of the moment: sign-ins under way, ten minutes at most.
type keyFile struct {
	storage.Storage
	path string
	mu   sync.Mutex
}

// openKeyFile loads the keys of an earlier run into s.
func openKeyFile(ctx context.Context, s storage.Storage, path string) (storage.Storage, error) {
	k := &keyFile{Storage: s, path: path}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return nil, err
	}
	var keys storage.Keys
	if err := json.Unmarshal(raw, &keys); err != nil {
		return nil, fmt.Errorf("signing keys %s: %w", path, err)
	}
	return k, s.UpdateKeys(ctx, func(storage.Keys) (storage.Keys, error) { return keys, nil })
}

// UpdateKeys writes the new keys to the file first: no token is signed by a key that a restart would lose.
func (k *keyFile) UpdateKeys(ctx context.Context, update func(storage.Keys) (storage.Keys, error)) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.Storage.UpdateKeys(ctx, func(old storage.Keys) (storage.Keys, error) {
		keys, err := update(old)
		if err != nil {
			return old, err
		}
		raw, err := json.Marshal(keys)
		if err != nil {
			return old, err
		}
		return keys, replaceFile(k.path, raw)
	})
}

// replaceFile writes beside the file and renames, so that a crash leaves the old or the new keys, never half of them.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".keys-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
