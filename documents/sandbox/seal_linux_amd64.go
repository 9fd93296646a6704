package sandbox

const (
	architecture = 0xc000003e // AUDIT_ARCH_X86_64
	sysSeccomp   = 317
)

// forbidden are the calls that open files or sockets, start programs, or look into other processes (64-bit x86 numbers).
var forbidden = []uint32{
	2, 257, 437, 85, 304, // open openat openat2 creat open_by_handle_at
	41, 42, 43, 288, 49, 50, 53, // socket connect accept accept4 bind listen socketpair
	57, 58, 59, 322, // fork vfork execve execveat
	101, 310, 311, // ptrace process_vm_readv process_vm_writev
	82, 264, 316, 86, 265, 87, 263, 84, 83, 258, 88, 266, // rename.. link.. unlink.. rmdir mkdir.. symlink..
	90, 91, 268, 92, 93, 94, 260, // chmod fchmod fchmodat chown fchown lchown fchownat
	161, 165, 166, 155, 272, 308, // chroot mount umount2 pivot_root unshare setns
	62, 129, 424, // kill rt_sigqueueinfo pidfd_send_signal
	321, 298, 425, 426, 427, // bpf perf_event_open io_uring_setup io_uring_enter io_uring_register
	248, 249, 250, 175, 313, 246, 169, // add_key request_key keyctl init_module finit_module kexec_load reboot
}
