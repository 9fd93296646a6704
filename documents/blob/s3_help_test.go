package blob_test

import (
	"net"
	"syscall"
	"testing"
)

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// setXattr tells whether the folder's file system keeps extended attributes, which the server likes best.
func setXattr(dir string) error { return syscall.Setxattr(dir, "user.ris", []byte("x"), 0) }
