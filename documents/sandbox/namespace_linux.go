package sandbox

import (
	"os"
	"os/exec"
	"syscall"
)

// namespaceChoices are tried in turn: everything of its own; without a user namespace (root in a container that forbids them);
// none at all. Report says what was had.
var namespaceChoices = []uintptr{
	syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
	syscall.CLONE_NEWNET | syscall.CLONE_NEWPID | syscall.CLONE_NEWIPC,
	0,
}

func attributes(namespaces uintptr) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Cloneflags: namespaces, Setsid: true}
	if namespaces&syscall.CLONE_NEWUSER != 0 {
		// Inside it is user 0 of a world of its own; outside it stays who we are, without any privilege of root.
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return a
}

// outOfProcessorTime: the soft and the hard limit are the same, so the kernel sends one of two signals.
func outOfProcessorTime(e *exec.ExitError) bool {
	s, ok := e.Sys().(syscall.WaitStatus)
	return ok && s.Signaled() && (s.Signal() == syscall.SIGXCPU || s.Signal() == syscall.SIGKILL)
}
