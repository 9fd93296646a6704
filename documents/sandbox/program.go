package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// programArgument starts the binary as the step between us and an outside program: it builds the walls and becomes the program.
const programArgument = "\x01sandbox-program"

// Program is one run of an outside program on foreign bytes. It sees the system's programs and libraries for reading, the folder
// Work as /work (where the system allows that; else under its own name) for writing, and nothing else: no network, no other
// process, no data of the service.
type Program struct {
	Path   string   // absolute
	Args   []string // without the name; "{work}" stands for the folder as the program sees it
	Env    []string // the whole environment; "{work}" as above
	Work   string   // an empty folder of this run alone, absolute; the caller takes it away
	Memory bool     // where the walls permit, /work is in memory instead: nothing of the run is ever on a disk, and Work stays empty
	Stdin  io.Reader
	Stdout io.Writer // nil = dropped
	// See lists further paths that it may read, beyond the system's programs, libraries and fonts.
	See      []string
	Total    time.Duration // wall time; 0 = 2 minutes. Processor time is limited to the same and 30 s.
	Resident int64         // bytes of resident memory of all its processes together; 0 = 1 GB
	Output   int64         // bytes of a file that it writes (RLIMIT_FSIZE); 0 = 2 GiB
	Address  int64         // bytes of address space of each process (RLIMIT_AS); 0 = not limited: some programs reserve what they never use
}

// stage is what the step between us and the program is told, by its environment.
type stage struct {
	Path, Work         string
	Args, Env, See     []string
	Processor          uint64
	Output, Address    int64
	Mounts             bool // a mount namespace of our own was made
	NetworkByNamespace bool
	Memory             bool
}

const stageVariable = "RIS_STAGE"

// Run starts the program and waits for its end; kill -9 reaches everything it has started. Errors: *Failure (it ended badly, took too
// long or too much), the context's error, or that it could not be started.
func (p Program) Run(ctx context.Context) (Usage, error) {
	if p.Total <= 0 {
		p.Total = 2 * time.Minute
	}
	if p.Resident <= 0 {
		p.Resident = 1_000_000_000
	}
	if p.Output <= 0 {
		p.Output = 2 << 30
	}
	// The kernel ends the program when the thread that started it ends: this one stays until then.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var out tail
	cmd, err := p.start(&out)
	if err != nil {
		return Usage{}, fmt.Errorf("%s could not be started: %w", filepath.Base(p.Path), err)
	}
	begun := time.Now()
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick, end := time.NewTicker(2*lookEvery), time.NewTimer(p.Total)
	defer tick.Stop()
	defer end.Stop()
	var peak int64
	var killed Reason
	for {
		select {
		case err = <-ended:
			u := Usage{PeakBytes: peak, Seconds: time.Since(begun).Seconds()}
			killGroup(cmd.Process.Pid)
			switch {
			case ctx.Err() != nil:
				return u, ctx.Err()
			case killed != "" || err != nil:
				return u, p.failure(killed, err, &out)
			}
			return u, nil
		case <-ctx.Done():
			killGroup(cmd.Process.Pid)
		case <-end.C:
			killed = OutOfTime
			killGroup(cmd.Process.Pid)
		case <-tick.C:
			used := sessionBytes(cmd.Process.Pid)
			if peak = max(peak, used); used > p.Resident && killed == "" {
				killed = OutOfMemory
				killGroup(cmd.Process.Pid)
			}
		}
	}
}

func (p Program) failure(killed Reason, ended error, out *tail) *Failure {
	f := &Failure{Reason: killed, Step: filepath.Base(p.Path), Output: out.String()}
	var exit *exec.ExitError
	if f.Reason == "" {
		f.Reason = Crashed
		if s, ok := errorStatus(ended, &exit); ok && s.Signaled() && s.Signal() == syscall.SIGXCPU {
			f.Reason = OutOfTime
		}
	}
	if f.Output == "" && ended != nil {
		f.Output = ended.Error()
	}
	return f
}

func errorStatus(err error, exit **exec.ExitError) (syscall.WaitStatus, bool) {
	if !errors.As(err, exit) {
		return 0, false
	}
	s, ok := (*exit).Sys().(syscall.WaitStatus)
	return s, ok
}

// killGroup ends the program and what it has started: it leads a session, and in a process namespace its end is everybody's end.
func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

func (p Program) start(out *tail) (*exec.Cmd, error) {
	var last error
	for _, namespaces := range namespaceChoices {
		s := stage{Path: p.Path, Work: p.Work, Args: p.Args, Env: p.Env, See: p.See, Processor: uint64(p.Total/time.Second) + 30,
			Output: p.Output, Address: p.Address, Mounts: namespaces&syscall.CLONE_NEWPID != 0, NetworkByNamespace: namespaces&syscall.CLONE_NEWNET != 0, Memory: p.Memory}
		if s.Mounts {
			namespaces |= syscall.CLONE_NEWNS
		}
		told, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		cmd := &exec.Cmd{Path: self(), Args: []string{"ris-sandbox", programArgument}, Dir: "/", Env: []string{stageVariable + "=" + string(told)},
			Stdin: p.Stdin, Stdout: p.Stdout, Stderr: out, SysProcAttr: attributes(namespaces)}
		cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
		cmd.WaitDelay = 2 * time.Second // for the pipes of a grandchild that outlives the group
		if last = cmd.Start(); last == nil {
			return cmd, nil
		}
	}
	return nil, last
}

// self is this program, even when its file was replaced by an update.
func self() string { return Limits{}.withDefaults().Program }

// sessionBytes adds up the resident memory of all processes of a session (proc(5): stat, statm).
func sessionBytes(session int) int64 {
	all, err := os.ReadDir("/proc")
	if err != nil {
		return residentBytes(session)
	}
	var sum int64
	for _, e := range all {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		b, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue
		}
		fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		if len(fields) > 3 && fields[3] == strconv.Itoa(session) { // the sixth field: session
			sum += residentBytes(pid)
		}
	}
	return sum
}
