package inspect

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ris/app/council"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/copies"
	"ris/documents/pagetext"
)

// printText writes the text of each page, hyphens at line ends joined, each page ended by a form feed as pdftotext does; a page
// without text is just that.
func printText(w io.Writer, text []council.PageText, pages int) error {
	byPage := map[int]string{}
	for _, p := range text {
		joined, _ := pagetext.Join(p)
		byPage[p.Page] = joined
	}
	for n := 1; n <= pages; n++ {
		t := strings.TrimRight(byPage[n], "\n")
		if t != "" {
			t += "\n"
		}
		if _, err := io.WriteString(w, t+"\f"); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// copy writes the personal copy; the file is whole or not there.
func (i *inspector) copy(ctx context.Context, s *shelf, r documents.Result) error {
	base, err := s.Open(ctx, blob.Bases, r.Prepared.Blob)
	if err != nil {
		return err
	}
	mark := documents.Mark{Name: i.CopyFor, Date: time.Now().Format("02.01.2006"), Seed: sha256.Sum256([]byte("inspect\x00" + i.CopyFor + "\x00" + r.Prepared.Blob))}
	c, err := copies.Open(base, r.Prepared, mark)
	if err != nil {
		base.Close()
		return err
	}
	defer c.Close()
	f, err := os.CreateTemp(filepath.Dir(i.CopyTo), ".ris-copy-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is nothing left under this name
	_, err = io.Copy(f, c)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), i.CopyTo)
}

// Quiet is a log on the standard error that is silent but for errors unless level asks for more than the product's usual one.
func Quiet(level string) *slog.Logger {
	l := slog.LevelError
	if level == "debug" {
		l = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}
