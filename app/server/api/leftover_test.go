package api_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"ris/app/apptest/halltest"
)

// TestNoBodyBecomesTheNextRequest: a body that nobody reads must not be taken for another request on the same connection.
func TestNoBodyBecomesTheNextRequest(t *testing.T) {
	h := halltest.Open(t, "")
	cookie := h.Cookie(h.Town.Clerk)
	smuggled := "GET /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, size := range []int{100, 20_000, 200_000, 600_000, 6_000_000} {
		for _, path := range []string{"/api/v1/secrets", "/api/v1/me", "/api/v1/papers/x/files", "/nothing"} {
			for _, signedIn := range []bool{true, false} {
				conn, err := net.Dial("tcp", strings.TrimPrefix(h.URL, "http://"))
				if err != nil {
					t.Fatal(err)
				}
				body := strings.Repeat("x", size-len(smuggled)) + smuggled
				head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n", path, strings.TrimPrefix(h.URL, "http://"), len(body))
				if signedIn {
					head += "Cookie: " + cookie + "\r\n"
				}
				go func() { _, _ = conn.Write([]byte(head + "\r\n" + body)) }()
				r := bufio.NewReader(conn)
				first, err := http.ReadResponse(r, nil)
				if err == nil {
					_ = first.Body.Close()
					if first.StatusCode < 400 {
						t.Errorf("%s: %d", path, first.StatusCode)
					}
					if !first.Close { // the connection may be used again: then it must be clean
						_, _ = fmt.Fprintf(conn, "GET /healthz HTTP/1.1\r\nHost: %s\r\n\r\n", strings.TrimPrefix(h.URL, "http://"))
						if second, err := http.ReadResponse(r, nil); err != nil || second.StatusCode != 200 {
							t.Errorf("%s with %d bytes: the next request on the connection got %v, %v", path, size, second, err)
						}
					}
				}
				_ = conn.Close()
			}
		}
	}
}
