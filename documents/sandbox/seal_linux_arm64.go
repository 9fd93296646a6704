package sandbox

const (
	architecture = 0xc00000b7 // AUDIT_ARCH_AARCH64
	sysSeccomp   = 277
)

// forbidden are the calls that open files or sockets, start programs, or look into other processes (generic numbers).
var forbidden = []uint32{
	56, 437, 265, // openat openat2 open_by_handle_at
	198, 203, 202, 242, 200, 201, 199, // socket connect accept accept4 bind listen socketpair
	221, 281, // execve execveat
	117, 270, 271, // ptrace process_vm_readv process_vm_writev
	38, 276, 37, 35, 34, 36, // renameat renameat2 linkat unlinkat mkdirat symlinkat
	52, 53, 54, 55, // fchmod fchmodat fchownat fchown
	51, 40, 39, 41, 97, 268, // chroot mount umount2 pivot_root unshare setns
	129, 138, 424, // kill rt_sigqueueinfo pidfd_send_signal
	280, 241, 425, 426, 427, // bpf perf_event_open io_uring_setup io_uring_enter io_uring_register
	217, 218, 219, 105, 273, 104, 142, // add_key request_key keyctl init_module finit_module kexec_load reboot
}
