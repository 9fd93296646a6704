package sandbox

import (
	"fmt"
	"syscall"
	"unsafe"
)

// Seal says what closes the child off.
type Seal struct {
	SystemCalls bool // the filter is in force on all threads
	Network     bool // it has a network namespace of its own, without interfaces
}

// numbers of Linux's user interface that package syscall lacks.
const (
	prSetNoNewPrivileges = 38
	seccompSetFilter     = 1 // SECCOMP_SET_MODE_FILTER
	seccompAllThreads    = 1 // SECCOMP_FILTER_FLAG_TSYNC
	seccompAllow         = 0x7fff0000
	seccompKill          = 0x80000000 // SECCOMP_RET_KILL_PROCESS
	seccompErrno         = 0x00050000
)

// seal installs the filter. Forbidden calls answer "not permitted"; a call of another architecture ends the process, because
// its numbers mean other things.
func seal() (Seal, error) {
	s := Seal{Network: ownNetwork()}
	if architecture == 0 {
		return s, nil // no table for this machine: Report says so
	}
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetNoNewPrivileges, 1, 0, 0, 0, 0); e != 0 {
		return s, fmt.Errorf("no_new_privs: %w", e)
	}
	filter := program()
	p := syscall.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	_, _, e := syscall.RawSyscall(sysSeccomp, seccompSetFilter, seccompAllThreads, uintptr(unsafe.Pointer(&p)))
	if e == syscall.ENOSYS || e == syscall.EINVAL {
		return s, nil // a kernel without filters
	}
	if e != 0 {
		return s, fmt.Errorf("system-call filter: %w", e)
	}
	s.SystemCalls = true
	return s, nil
}

// program is the filter in the kernel's little language (BPF): check the architecture, then compare the number of the call.
func program() []syscall.SockFilter {
	const load, jump, ret = syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS, syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, syscall.BPF_RET | syscall.BPF_K
	f := []syscall.SockFilter{
		{Code: load, K: 4}, // struct seccomp_data: nr, arch
		{Code: jump, K: architecture, Jt: 1},
		{Code: ret, K: seccompKill},
		{Code: load, K: 0},
	}
	for i, number := range forbidden {
		f = append(f, syscall.SockFilter{Code: jump, K: number, Jt: uint8(len(forbidden) - i)}) // to the last line
	}
	return append(f,
		syscall.SockFilter{Code: ret, K: seccompAllow},
		syscall.SockFilter{Code: ret, K: seccompErrno | uint32(syscall.EPERM)})
}

// ownNetwork reports whether no interface but a loopback that is down can be seen.
func ownNetwork() bool {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return true
	}
	defer syscall.Close(fd)
	// Asking the kernel for the way to an address sends nothing; without an interface there is no way.
	err = syscall.Connect(fd, &syscall.SockaddrInet4{Port: 9, Addr: [4]byte{127, 0, 0, 1}})
	return err != nil
}

// sealNetwork lets a program that follows gain no new rights and, with deny, make no socket but a local one: the filter looks at
// the first argument of socket (AF_UNIX = 1). Where there is no table for the machine, only the first is done.
func sealNetwork(deny bool) error {
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetNoNewPrivileges, 1, 0, 0, 0, 0); e != 0 {
		return fmt.Errorf("no_new_privs: %w", e)
	}
	if !deny || architecture == 0 {
		return nil
	}
	const load, jump, ret = syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS, syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, syscall.BPF_RET | syscall.BPF_K
	filter := []syscall.SockFilter{
		{Code: load, K: 4}, // struct seccomp_data: nr, arch, instruction pointer, arguments
		{Code: jump, K: architecture, Jt: 1},
		{Code: ret, K: seccompKill},
		{Code: load, K: 0},
		{Code: jump, K: uint32(syscall.SYS_SOCKET), Jf: 3},
		{Code: load, K: 16}, // the low half of the first argument
		{Code: jump, K: syscall.AF_UNIX, Jt: 1},
		{Code: ret, K: seccompErrno | uint32(syscall.EPERM)},
		{Code: ret, K: seccompAllow},
	}
	p := syscall.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	_, _, e := syscall.RawSyscall(sysSeccomp, seccompSetFilter, seccompAllThreads, uintptr(unsafe.Pointer(&p)))
	if e != 0 && e != syscall.ENOSYS && e != syscall.EINVAL {
		return fmt.Errorf("system-call filter: %w", e)
	}
	return nil
}
