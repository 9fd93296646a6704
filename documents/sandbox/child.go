package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
)

// childArgument starts the binary as a child. It is no flag of the program, so nobody meets it by chance.
const childArgument = "\x01sandbox-child"

// Child is what a task sees of its surroundings.
type Child struct {
	Arguments json.RawMessage // of the task
	Files     []*os.File      // as handed over by the parent, in its order
	out       *os.File
	mu        sync.Mutex
	sealed    bool
}

// Task does the work in the child. Before it touches foreign bytes it calls Seal. Its result is sent as JSON.
type Task func(c *Child) (result any, err error)

var tasks = map[string]Task{}

// Register names a task. It is called from init functions, in parent and child alike.
func Register(name string, t Task) {
	if _, twice := tasks[name]; twice {
		panic("sandbox task registered twice: " + name)
	}
	tasks[name] = t
}

// MaybeChild runs the child's work and ends the process when this process was started as a child; else it does nothing.
// It must run before anything else: before flags are read, files opened or goroutines started.
func MaybeChild() {
	if len(os.Args) == 2 && os.Args[1] == programArgument {
		fmt.Fprintln(os.Stderr, runStage()) // it returns only when the program could not be started
		os.Exit(3)
	}
	if len(os.Args) != 2 || os.Args[1] != childArgument {
		return
	}
	if err := runChild(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	os.Exit(0)
}

// Descriptors that the child inherits: 3 tasks in, 4 messages out, 5 and on the files.
const (
	descriptorIn    = 3
	descriptorOut   = 4
	descriptorFiles = 5
)

// task is what the parent asks for.
type task struct {
	Name      string          `json:"name"`
	Arguments json.RawMessage `json:"arguments"`
	Files     int             `json:"files"`
	Limits    Limits          `json:"limits"`
}

func runChild() error {
	in, out := os.NewFile(descriptorIn, "in"), os.NewFile(descriptorOut, "out")
	kind, payload, err := readMessage(in)
	if err != nil || kind != kindTask {
		return fmt.Errorf("no task: %w", err)
	}
	var t task
	if err := json.Unmarshal(payload, &t); err != nil {
		return err
	}
	if err := limitSelf(t.Limits); err != nil {
		return fmt.Errorf("limits: %w", err)
	}
	// The collector works harder before the parent's limit is met.
	debug.SetMemoryLimit(t.Limits.Resident * 6 / 10)
	go endWithParent(in)
	c := &Child{Arguments: t.Arguments, out: out}
	for n := range t.Files {
		c.Files = append(c.Files, os.NewFile(uintptr(descriptorFiles+n), fmt.Sprintf("file %d", n)))
	}
	run, ok := tasks[t.Name]
	if !ok {
		return fmt.Errorf("unknown task %q", t.Name)
	}
	result, err := run(c)
	if err != nil {
		return c.send(kindError, []byte(err.Error()))
	}
	b, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return c.send(kindResult, b)
}

// endWithParent ends the child when the parent is gone: the pipe of tasks then has an end.
func endWithParent(in *os.File) {
	var b [1]byte
	_, _ = in.Read(b[:])
	os.Exit(4)
}

// Step says that a part of the work begins; the parent's deadline for the step of this name starts anew.
// It is called before a task touches bytes that may take for ever.
func (c *Child) Step(name string) { _ = c.send(kindStep, []byte(name)) }

// Send hands a piece of data to the parent, at most 32 MiB.
func (c *Child) Send(payload []byte) error { return c.send(kindData, payload) }

func (c *Child) send(kind byte, payload []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return writeMessage(c.out, kind, payload)
}

// Seal closes the child off: from here on no file can be opened, no socket made, no program started. A task calls it when its
// own tools are loaded and before it reads the first foreign byte. It returns what is in force.
func (c *Child) Seal() (Seal, error) {
	if c.sealed {
		return Seal{}, nil
	}
	c.sealed = true
	return seal()
}
