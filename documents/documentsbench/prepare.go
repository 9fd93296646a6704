package documentsbench

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"ris/documents/pdf"
)

// PrepareRows measures making the base that all copies of a paper come from: the processor time of writing it against one whole-file
// watermark of pdfcpu in this process, what the proof of every page adds (each is drawn and compared; pdfcpu proves nothing), what
// is allocated for each page of text, and the base's size against the original's.
// Targets: r500 three times pdfcpu; at most 200 kB a page; scan60 at most three times its size.
func (b *Bench) PrepareRows() ([]Row, error) {
	return b.each([]string{"r500", "scan60"}, func(x subject) ([]Row, error) {
		var written, proven, allocated, size float64
		for range 3 { // the least of three: the proof takes too long for medians
			r, err := b.prepareOnce(x)
			if err != nil {
				return nil, err
			}
			if written == 0 || r.written < written {
				written, proven, allocated, size = r.written, r.proven, r.allocated, r.size
			}
		}
		seconds, err := compare([]contender{{"pdfcpu AddWatermarks", func() error { return pdfcpuStamp(x.original, filepath.Join(x.dir, "pdfcpu.pdf")) }, 1}})
		if err != nil {
			return nil, err
		}
		original := float64(len(x.original))
		rows := []Row{
			{Name: "4: base written, " + x.name, Value: written * 1000, Unit: "ms", Competitor: "pdfcpu AddWatermarks", Ratio: seconds[0] / written},
			{Name: "4: and every page proven, " + x.name, Value: proven, Unit: "s more", Competitor: "", Ratio: 0},
			{Name: "4: size of the base, " + x.name, Value: size / original, Unit: "files", Competitor: "at most 3", Ratio: 3 * original / size},
		}
		if x.name == "r500" {
			perPage := allocated / 500 / 1000
			return append(rows, Row{Name: "4: allocated for a page of text, " + x.name, Value: perPage, Unit: "kB", Competitor: "at most 200", Ratio: 200 / perPage}), nil
		}
		times := allocated / original
		return append(rows, Row{Name: "4: allocated, " + x.name, Value: times, Unit: "files", Competitor: "at most 3", Ratio: 3 / times}), nil
	})
}

// prepared is what one preparation took: processor seconds and bytes.
type prepared struct{ written, proven, allocated, size float64 }

func (b *Bench) prepareOnce(x subject) (p prepared, err error) {
	out, err := os.CreateTemp(x.dir, "base-")
	if err != nil {
		return p, err
	}
	scratch, err := os.CreateTemp(x.dir, "scratch-")
	if err != nil {
		return p, errors.Join(err, out.Close())
	}
	defer func() {
		err = errors.Join(err, out.Close(), scratch.Close(), os.Remove(out.Name()), os.Remove(scratch.Name()))
	}()
	var began, writtenAt time.Duration
	step := func(name string) {
		switch {
		case name == "rewrite" && began == 0:
			began = processorTime()
		case name == "proof" && writtenAt == 0:
			writtenAt = processorTime()
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	base, err := b.engine.Prepare(bytes.NewReader(x.original), int64(len(x.original)), out, scratch, pdf.Options{Pages: 5000, Step: step})
	runtime.ReadMemStats(&after)
	if err == nil && (began == 0 || writtenAt == 0) {
		err = errors.New("the preparation did not say when it wrote and proved")
	}
	return prepared{(writtenAt - began).Seconds(), (processorTime() - writtenAt).Seconds(), float64(after.TotalAlloc - before.TotalAlloc), float64(base.Prepared.Size)}, err
}
