package demo

import (
	"bufio"
	"crypto/tls"
	_ "embed"
	"html/template"
	"net"
	"net/http"
	"sync"
	"time"
)

//go:embed trust.gohtml
var trustPage string

// trustHandler is what a browser gets that speaks plain http to the TLS port: how to trust the demo's certificate, the
// certificate itself, and nothing of the product.
func trustHandler(a *authority, secureURL string) (http.Handler, error) {
	page, err := template.New("trust").Parse(trustPage)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ris-demo.crt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-x509-ca-cert")
		w.Header().Set("Content-Disposition", `attachment; filename="ris-demo.crt"`)
		_, _ = w.Write(a.der)
	})
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		_ = page.Execute(w, map[string]string{"URL": secureURL})
	})
	return mux, nil
}

// splitListener hands TLS connections to the product and plain ones to the trust page, on one port: the first byte of a TLS
// connection is 0x16 (RFC 8446, section 5.1: handshake).
type splitListener struct {
	net.Listener
	config *tls.Config
	secure chan net.Conn
	plain  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newSplitListener(l net.Listener, cert tls.Certificate) *splitListener {
	s := &splitListener{Listener: l, config: &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12},
		secure: make(chan net.Conn), plain: make(chan net.Conn), closed: make(chan struct{})}
	go s.run()
	return s
}

func (s *splitListener) run() {
	for {
		c, err := s.Listener.Accept()
		if err != nil {
			s.once.Do(func() { close(s.closed) })
			return
		}
		go s.sort(c)
	}
}

func (s *splitListener) sort(c net.Conn) {
	_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
	r := bufio.NewReader(c)
	first, err := r.Peek(1)
	if err != nil {
		_ = c.Close()
		return
	}
	_ = c.SetReadDeadline(time.Time{})
	peeked := &peekedConn{Conn: c, r: r}
	to, conn := s.plain, net.Conn(peeked)
	if first[0] == 0x16 {
		to, conn = s.secure, tls.Server(peeked, s.config)
	}
	select {
	case to <- conn:
	case <-s.closed:
		_ = c.Close()
	}
}

// Accept gives the TLS connections.
func (s *splitListener) Accept() (net.Conn, error) { return s.take(s.secure) }

// Close ends both sides.
func (s *splitListener) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.Listener.Close()
}

func (s *splitListener) take(from chan net.Conn) (net.Conn, error) {
	select {
	case c := <-from:
		return c, nil
	case <-s.closed:
		return nil, net.ErrClosed
	}
}

// plainListener gives the plain connections of a splitListener.
type plainListener struct{ *splitListener }

func (p plainListener) Accept() (net.Conn, error) { return p.take(p.plain) }

type peekedConn struct {
	net.Conn
	r *bufio.Reader
}

func (p *peekedConn) Read(b []byte) (int, error) { return p.r.Read(b) }
