package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "ris-idp:", err)
		os.Exit(1)
	}
}

// run serves until SIGTERM, SIGINT or, with --stop-on-eof, the end of stdin: a parent that dies closes it, however it dies.
// Once it can be reached it prints one line, "listen HOST:PORT": with port 0 the parent learns the port from it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("ris-idp", flag.ContinueOnError)
	flags.SetOutput(stderr)
	file := flags.String("config", "", "configuration `FILE` (JSON)")
	listen := flags.String("listen", "127.0.0.1:5556", "loopback `ADDR` to listen on; port 0 takes a free one")
	stopOnEOF := flags.Bool("stop-on-eof", false, "stop when stdin is closed (for the parent process)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *file == "" {
		return errors.New("--config FILE is needed")
	}
	config, err := readConfig(*file)
	if err != nil {
		return err
	}
	if err := loopbackOnly(*listen); err != nil {
		return err
	}

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if *stopOnEOF {
		go func() {
			_, _ = io.Copy(io.Discard, stdin)
			stop()
		}()
	}
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	handler, err := newProvider(ctx, config, log)
	if err != nil {
		return err
	}
	return serve(ctx, *listen, handler, stdout)
}

func serve(ctx context.Context, addr string, handler http.Handler, stdout io.Writer) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	fmt.Fprintln(stdout, "listen", l.Addr())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	return srv.Shutdown(grace)
}

// loopbackOnly: the browser never speaks to this process; the product passes its requests on.
func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %s: only loopback addresses (127.0.0.1, [::1])", addr)
	}
	return nil
}
