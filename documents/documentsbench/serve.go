package documentsbench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"ris/documents/copies"
)

// ServeRows measures when the first byte of a personal copy arrives over HTTP on loopback (wall time, the name new each time) against a
// server that stamps with pdfcpu on the fly; and the first byte of the large file against that of the small one.
// Targets: r500 500 times pdfcpu; scan60 at most twice r10.
func (b *Bench) ServeRows() ([]Row, error) {
	first := map[string]float64{}
	rows, err := b.each([]string{"r10", "r500", "scan60"}, func(x subject) ([]Row, error) {
		n := 0
		ours, err := firstByte(9, func(w http.ResponseWriter, r *http.Request) {
			n++
			c, err := x.open(n)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			a := copies.Respond(copies.Request{Method: r.Method}, c)
			w.Header().Set("Content-Length", fmt.Sprint(a.Length))
			_, _ = io.Copy(w, a.Body)
		})
		if err != nil {
			return nil, err
		}
		theirs, err := firstByte(5, func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			if err := pdfcpuStampTo(x.original, &b); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			_, _ = w.Write(b.Bytes())
		})
		first[x.name] = ours
		return []Row{{Name: "2: first byte over HTTP, new name, " + x.name, Value: ours * 1000, Unit: "ms", Competitor: "pdfcpu on the fly", Ratio: theirs / ours}}, err
	})
	if err != nil {
		return nil, err
	}
	return append(rows, Row{Name: "2: first byte of scan60 over that of r10", Value: first["scan60"] / first["r10"], Unit: "times", Competitor: "at most 2", Ratio: 2 * first["r10"] / first["scan60"]}), nil
}

// firstByte is the median wall time in seconds from the request to the first byte of the body.
func firstByte(times int, handler http.HandlerFunc) (float64, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	server := &http.Server{Handler: handler, ConnContext: func(ctx context.Context, c net.Conn) context.Context {
		_ = c.(*net.TCPConn).SetWriteBuffer(64 << 10)
		return ctx
	}}
	go func() { _ = server.Serve(l) }()
	defer server.Close()
	// A new connection each time, because a large answer is not read to its end; and buffers as short as a town hall's line makes them:
	// otherwise the client waits for the processor while the kernel is filled with megabytes that nobody has asked for yet.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if t, ok := c.(*net.TCPConn); ok {
			err = t.SetReadBuffer(64 << 10)
		}
		return c, err
	}}}
	var took []time.Duration
	for round := range times + 1 {
		start := time.Now()
		res, err := client.Get("http://" + l.Addr().String())
		if err != nil {
			return 0, err
		}
		_, err = io.ReadFull(res.Body, make([]byte, 1))
		d := time.Since(start)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK {
			return 0, fmt.Errorf("status %d: %w", res.StatusCode, err)
		}
		if round > 0 { // the first one warms up
			took = append(took, d)
		}
	}
	slices.Sort(took)
	return took[len(took)/2].Seconds(), nil
}

// RecipientRows measures what one more recipient costs when the drawing of the mark is there already: time, allocations, and the same
// for 10 and 500 pages; and how much 60 recipients' copies take on the disk against 60 stamped files.
// Targets: under 30 µs, under 10 allocations, 10 and 500 pages within a factor of 2, storage at most 1.1 times one file and 10 kB.
func (b *Bench) RecipientRows() ([]Row, error) {
	took := map[string]float64{}
	rows, err := b.each([]string{"r10", "r500"}, func(x subject) ([]Row, error) {
		open := func() {
			if _, err := x.open(7); err != nil {
				panic(err) // it opened a line before
			}
		}
		if _, err := x.open(7); err != nil {
			return nil, err
		}
		allocations := testing.AllocsPerRun(500, open)
		seconds, err := compare([]contender{{"ours", func() error { open(); return nil }, 20_000}})
		if err != nil {
			return nil, err
		}
		took[x.name] = seconds[0]
		var stamped bytes.Buffer
		if err := pdfcpuStampTo(x.original, &stamped); err != nil {
			return nil, err
		}
		kept, limit := float64(x.prepared.Size), 1.1*float64(len(x.original))+10_000
		return []Row{
			{Name: "3: one more recipient, mark drawn before, " + x.name, Value: seconds[0] * 1e6, Unit: "µs", Competitor: "at most 30 µs", Ratio: 30e-6 / seconds[0]},
			{Name: "3: its allocations, " + x.name, Value: allocations, Unit: "", Competitor: "under 10", Ratio: 10 / allocations},
			{Name: "3: stored for 60 recipients, " + x.name, Value: kept / 1000, Unit: "kB", Competitor: "1.1 files + 10 kB", Ratio: limit / kept},
			{Name: "3: stored for 60 recipients, " + x.name, Value: kept / 1000, Unit: "kB", Competitor: "60 files by pdfcpu", Ratio: 60 * float64(stamped.Len()) / kept},
		}, nil
	})
	if err != nil {
		return nil, err
	}
	return append(rows, Row{Name: "3: r500 over r10", Value: took["r500"] / took["r10"], Unit: "times", Competitor: "at most 2", Ratio: 2 * took["r10"] / took["r500"]}), nil
}
