package pgtest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

const role = "ris"

// cluster is one running PostgreSQL. pipe is held open for as long as the process lives: its end tells the watcher to stop
// the server.
type cluster struct {
	folder   string
	port     int
	password string
	pipe     io.WriteCloser
}

// watcher starts the server, waits until the pipe ends, stops the server at once (nothing in it is worth keeping) and
// removes the folder. $1 = postgres binary, $2 = folder, $3 = port.
const watcher = `
"$1" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
  -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200 -c log_min_messages=warning >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$2"
`

func start() (*cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	owner, err := account()
	if err != nil {
		return nil, err
	}
	for range 3 { // the free port may be taken between looking and listening
		var c *cluster
		if c, err = startOne(bin, owner); err == nil {
			return c, nil
		}
	}
	return nil, err
}

func startOne(bin string, owner *syscall.Credential) (*cluster, error) {
	folder, err := os.MkdirTemp("/tmp", "ris-pg-") // not TMPDIR: another user must be able to reach it
	if err != nil {
		return nil, err
	}
	c := &cluster{folder: folder, password: rand.Text()}
	if err := c.init(bin, owner); err != nil {
		_ = os.RemoveAll(folder)
		return nil, err
	}
	return c, c.listen(bin, owner) // from here on the watcher removes the folder
}

// binaries finds the newest installed server.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			return filepath.Dir(path), nil
		}
		return "", errors.New("no PostgreSQL server binaries in /usr/lib/postgresql/*/bin: install them with: apt-get install postgresql")
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1]), nil
}

// account is the user to run as; nil when the process is not root.
func account() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("running as root and neither user postgres nor nobody exists: PostgreSQL refuses to run as root")
}

func (c *cluster) init(bin string, owner *syscall.Credential) error {
	secret := filepath.Join(c.folder, "password")
	if err := os.WriteFile(secret, []byte(c.password), 0o600); err != nil {
		return err
	}
	if owner != nil {
		for _, path := range []string{c.folder, secret} {
			if err := os.Chown(path, int(owner.Uid), int(owner.Gid)); err != nil {
				return err
			}
		}
	}
	cmd := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(c.folder, "data"), "-U", role, "-E", "UTF8",
		"--locale=C.UTF-8", "--auth=scram-sha-256", "--pwfile="+secret, "--no-sync")
	c.prepare(cmd, owner)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// listen starts watcher and server and waits until the server answers.
func (c *cluster) listen(bin string, owner *syscall.Credential) error {
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	c.port = probe.Addr().(*net.TCPAddr).Port
	_ = probe.Close()

	cmd := exec.Command("/bin/sh", "-c", watcher, "ris-pg-watcher", filepath.Join(bin, "postgres"), c.folder, strconv.Itoa(c.port))
	c.prepare(cmd, owner)
	if c.pipe, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	deadline := time.Now().Add(30 * time.Second)
	for {
		if err = c.admin("SELECT 1"); err == nil {
			return nil
		}
		log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
		if time.Now().After(deadline) || bytes.Contains(log, []byte("FATAL:  could not create")) {
			_ = c.pipe.Close()
			return fmt.Errorf("the server does not answer: %w; its log: %s", err, log)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// prepare sets user, folder and session: of its own, so that Ctrl-C reaches the tests only and the watcher cleans up.
func (c *cluster) prepare(cmd *exec.Cmd, owner *syscall.Credential) {
	cmd.Dir = c.folder
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: owner}
}
