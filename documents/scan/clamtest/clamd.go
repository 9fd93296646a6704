package clamtest

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ris/documents/scan"
)

// Marker is a word that the test's scanner takes for a virus wherever it stands.
const Marker = "RIS-PRUEFWORT-7Q4X"

// TestFile is the test file of the EICAR association, put together here so that no scanner takes this source for one.
func TestFile() string {
	return `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE` + `!$H+H*`
}

// Daemon is a running clamd.
type Daemon struct {
	Setting string // for scan.New
	cmd     *exec.Cmd
	done    chan struct{}
}

// Start runs clamd on a socket in a folder of its own, taking streams of at most limit bytes. It skips the test when clamd is not
// installed (package clamav-daemon).
func Start(t testing.TB, limit int) *Daemon {
	t.Helper()
	program, err := exec.LookPath("clamd")
	if err != nil {
		if program = "/usr/sbin/clamd"; !executable(program) {
			t.Skip("clamd is not installed (clamav-daemon)")
		}
	}
	dir, err := os.MkdirTemp("", "ris-clamd-") // short: a socket's path has at most 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	sum := md5.Sum([]byte(TestFile()))
	socket := filepath.Join(dir, "s")
	files := map[string]string{
		"db/test.hdb": fmt.Sprintf("%x:%d:Ris.Test.Hash\n", sum, len(TestFile())),
		"db/test.ndb": "Ris.Test.Marker:0:*:" + hex.EncodeToString([]byte(Marker)) + "\n",
		"clamd.conf": fmt.Sprintf("LocalSocket %s\nDatabaseDirectory %s/db\nTemporaryDirectory %s\nForeground yes\nStreamMaxLength %d\nMaxFileSize %d\nMaxScanSize %d\n"+
			"OfficialDatabaseOnly no\nSelfCheck 0\nConcurrentDatabaseReload no\n", socket, dir, dir, limit, 2*limit, 4*limit),
	}
	if err := os.Mkdir(filepath.Join(dir, "db"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d := &Daemon{Setting: "unix:" + socket, cmd: exec.Command(program, "--config-file="+filepath.Join(dir, "clamd.conf")), done: make(chan struct{})}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	d.cmd.Stdout, d.cmd.Stderr = log, log
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = d.cmd.Wait(); close(d.done) }()
	t.Cleanup(d.Kill)
	client, err := scan.New(d.Setting)
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if _, err := client.Version(t.Context()); err == nil {
			return d
		}
		time.Sleep(50 * time.Millisecond)
	}
	b, _ := os.ReadFile(filepath.Join(dir, "log"))
	t.Fatalf("clamd did not come up:\n%s", b)
	return nil
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode()&0o111 != 0
}

// Kill ends it at once, as a crash would.
func (d *Daemon) Kill() {
	_ = d.cmd.Process.Kill()
	<-d.done
}
