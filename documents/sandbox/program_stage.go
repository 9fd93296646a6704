package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// runStage builds the walls around itself and becomes the program; it returns only when that fails.
func runStage() error {
	var s stage
	if err := json.Unmarshal([]byte(os.Getenv(stageVariable)), &s); err != nil {
		return err
	}
	work := s.Work
	if s.Mounts {
		if err := s.enter(); err == nil {
			work = "/work"
		} else if err := os.Chdir(s.Work); err != nil {
			return err
		}
	} else if err := os.Chdir(s.Work); err != nil {
		return err
	}
	limits := map[int]uint64{syscall.RLIMIT_CPU: s.Processor, syscall.RLIMIT_FSIZE: uint64(s.Output), syscall.RLIMIT_NOFILE: 1024, syscall.RLIMIT_CORE: 0}
	if s.Address > 0 {
		limits[syscall.RLIMIT_AS] = uint64(s.Address)
	}
	for resource, value := range limits {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: value, Max: value}); err != nil {
			return fmt.Errorf("limits: %w", err)
		}
	}
	if err := sealNetwork(!s.NetworkByNamespace); err != nil {
		return err
	}
	args := []string{s.Path}
	for _, a := range s.Args {
		args = append(args, strings.ReplaceAll(a, "{work}", work))
	}
	env := []string{}
	for _, e := range s.Env {
		env = append(env, strings.ReplaceAll(e, "{work}", work))
	}
	return syscall.Exec(s.Path, args, env)
}

// seen is what an outside program may read of the system: programs, libraries, fonts and their settings; nothing of /etc that
// could hold a secret.
var seen = []string{"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/libreoffice", "/etc/alternatives",
	"/etc/localtime", "/var/cache/fontconfig", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"}

// enter makes a root of its own from a memory file system, mounts what may be seen for reading, Work for writing, and moves there.
func (s stage) enter() error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	root := filepath.Join(s.Work, ".root")
	if err := os.Mkdir(root, 0o700); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", root, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, "size=2g,mode=755"); err != nil {
		_ = os.Remove(root)
		return err
	}
	for _, dir := range []string{"work", "tmp", "proc", "old"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			return err
		}
	}
	for _, path := range append(seen, s.See...) {
		if err := show(root, path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if !s.Memory { // else it is a folder of the memory file system
		if err := syscall.Mount(s.Work, filepath.Join(root, "work"), "", syscall.MS_BIND, ""); err != nil {
			return err
		}
	}
	_ = syscall.Mount("proc", filepath.Join(root, "proc"), "proc", syscall.MS_NOSUID|syscall.MS_NODEV|syscall.MS_NOEXEC, "") // not everywhere allowed
	if err := syscall.PivotRoot(root, filepath.Join(root, "old")); err != nil {
		return err
	}
	if err := syscall.Chdir("/work"); err != nil {
		return err
	}
	if err := syscall.Unmount("/old", syscall.MNT_DETACH); err != nil {
		return err
	}
	_ = os.Remove("/old")
	return nil
}

// show binds one path of the system below root, for reading only; a link stays a link, what is not there is left out.
func show(root, path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil
	}
	at := filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	switch {
	case info.Mode()&os.ModeSymlink != 0:
		to, err := os.Readlink(path)
		if err != nil {
			return err
		}
		return os.Symlink(to, at)
	case info.IsDir():
		err = os.MkdirAll(at, 0o755)
	default:
		err = os.WriteFile(at, nil, 0o600)
	}
	if err != nil {
		return err
	}
	if err := syscall.Mount(path, at, "", syscall.MS_BIND|syscall.MS_REC, ""); err != nil {
		return err
	}
	// Flags that the mount has already may not be taken off in a user namespace: they are asked for and given again.
	var fs syscall.Statfs_t
	flags := uintptr(syscall.MS_REMOUNT | syscall.MS_BIND | syscall.MS_RDONLY)
	if err := syscall.Statfs(path, &fs); err == nil {
		flags |= uintptr(fs.Flags) & (syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC | syscall.MS_NOATIME | syscall.MS_NODIRATIME | syscall.MS_RELATIME)
	}
	return syscall.Mount("", at, "", flags, "")
}
