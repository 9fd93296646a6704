package recognise

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ris/documents/sandbox"
)

// Config of a Recogniser. Zero values are replaced by the defaults.
type Config struct {
	Program  string        // default: tesseract in the program path
	Language string        // of the papers, by tesseract's name; default "deu"
	TempDir  string        // default: the system's
	PerPage  time.Duration // wall time; default 60 s
	Resident int64         // bytes of memory of one run; default 1 GB
}

// Recogniser reads pictures. It may be used from many goroutines.
type Recogniser struct {
	config Config
	osd    bool // orientation can be told
}

// Missing says that recognition is off, and what is missing; the text is for the administrator.
type Missing struct{ What string }

func (m *Missing) Error() string { return "text recognition is off: " + m.What }

// New looks for the program and its language. *Missing when one of them is not there.
func New(c Config) (*Recogniser, error) {
	if c.Program == "" {
		path, err := exec.LookPath("tesseract")
		if err != nil {
			return nil, &Missing{"tesseract is not installed (Debian: tesseract-ocr, tesseract-ocr-deu)"}
		}
		c.Program = path
	}
	path, err := filepath.EvalSymlinks(c.Program)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return nil, &Missing{c.Program + " is not there"}
	}
	c.Program = path
	if c.Language == "" {
		c.Language = "deu"
	}
	if c.TempDir == "" {
		c.TempDir = os.TempDir()
	}
	if c.PerPage <= 0 {
		c.PerPage = time.Minute
	}
	if c.Resident <= 0 {
		c.Resident = 1_000_000_000
	}
	out, err := exec.Command(c.Program, "--list-langs").CombinedOutput()
	if err != nil {
		return nil, &Missing{c.Program + " does not start"}
	}
	languages := strings.Fields(string(out))
	for _, l := range strings.Split(c.Language, "+") {
		if !slices.Contains(languages, l) {
			return nil, &Missing{fmt.Sprintf("tesseract lacks the language %q (Debian: tesseract-ocr-%s)", l, l)}
		}
	}
	return &Recogniser{config: c, osd: slices.Contains(languages, "osd")}, nil
}

// run starts tesseract on a picture with a deadline, at the lowest priority and on one core, and answers what it wrote to out.EXTENSION.
func (r *Recogniser) run(ctx context.Context, p *Picture, total time.Duration, extension string, args ...string) ([]byte, error) {
	dir, err := os.MkdirTemp(r.config.TempDir, "ris-recognise-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := sandbox.Program{Path: r.config.Program, Args: append([]string{"stdin", "{work}/out", "--dpi", strconv.Itoa(p.DPI)}, args...),
		// The program's own parallel work makes it slower in sum: one core each.
		Env:  []string{"PATH=/usr/bin:/bin", "HOME={work}", "OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8"},
		Work: dir, Stdin: bytes.NewReader(p.pgm()), Total: total, Resident: r.config.Resident, Output: 64 << 20}
	if nice, err := exec.LookPath("nice"); err == nil {
		program.Args = append([]string{"-n", "19", program.Path}, program.Args...)
		program.Path = nice
	}
	if _, err := program.Run(ctx); err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(dir, "out."+extension))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostAnswer {
		return nil, fmt.Errorf("tesseract's answer cannot be used: %v", err)
	}
	b := make([]byte, info.Size())
	n, err := f.ReadAt(b, 0)
	if int64(n) == info.Size() {
		err = nil
	}
	return b, err
}

const mostAnswer = 16 << 20 // bytes

var turnedBy = regexp.MustCompile(`(?m)^Rotate: (90|180|270)$`)

// orientation asks by how many degrees the picture must be turned clockwise to stand upright; 0 also when it cannot be told.
func (r *Recogniser) orientation(ctx context.Context, p *Picture, total time.Duration) (int, error) {
	if !r.osd {
		return 0, nil
	}
	b, err := r.run(ctx, p, total, "osd", "--psm", "0", "-l", "osd")
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if err != nil {
		return 0, nil // too few letters to tell
	}
	if m := turnedBy.FindSubmatch(b); m != nil {
		return strconv.Atoi(string(m[1]))
	}
	return 0, nil
}
