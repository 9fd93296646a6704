package doctor

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ris/documents/pipeline"
	"ris/documents/sandbox"
)

// folder: the data folder is ours, and nobody else's.
func (d *Doctor) folder(context.Context) {
	dir := d.Config.Data
	info, err := os.Stat(dir)
	if err != nil {
		d.say("data", Hint, "doctor.data.missing", "path", dir)
		return
	}
	probe, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		d.say("data", Failure, "doctor.data.readonly", "path", dir, "cause", short(err.Error()))
		return
	}
	probe.Close()
	_ = os.Remove(probe.Name())
	if info.Mode().Perm()&0o077 != 0 {
		d.say("data", Hint, "doctor.data.open", "path", dir, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
		return
	}
	d.say("data", OK, "doctor.data.ok", "path", dir)
}

const gigabyte = 1 << 30

// disk: an upload needs about three times its size, and PostgreSQL and the search index stop when nothing is left.
func (d *Doctor) disk(context.Context) {
	dir := d.Config.Data
	for dir != "/" {
		if _, err := os.Stat(dir); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		d.say("disk", Hint, "doctor.disk.unknown", "cause", short(err.Error()))
		return
	}
	free := int64(fs.Bavail) * fs.Bsize
	text := strconv.FormatFloat(float64(free)/gigabyte, 'f', 1, 64)
	switch {
	case free < gigabyte:
		d.say("disk", Failure, "doctor.disk.full", "free", text)
	case free < 10*gigabyte:
		d.say("disk", Hint, "doctor.disk.low", "free", text)
	default:
		d.say("disk", OK, "doctor.disk.ok", "free", text)
	}
}

// memory: each document under work may take 600 MB.
func (d *Doctor) memory(context.Context) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return
	}
	defer f.Close()
	var total int64
	for s := bufio.NewScanner(f); s.Scan(); {
		if fields := strings.Fields(s.Text()); len(fields) >= 2 && fields[0] == "MemTotal:" {
			total, _ = strconv.ParseInt(fields[1], 10, 64)
		}
	}
	need := int64(d.Config.Workers)*600<<10 + 1<<20
	args := []string{"total", strconv.FormatFloat(float64(total)/(1<<20), 'f', 1, 64), "workers", strconv.Itoa(d.Config.Workers),
		"need", strconv.FormatFloat(float64(need)/(1<<20), 'f', 1, 64)}
	if total < need {
		d.say("memory", Hint, "doctor.memory.low", args...)
		return
	}
	d.say("memory", OK, "doctor.memory.ok", args...)
}

// clock: the day in a copy, releases and sessions hang on it. The kernel knows whether something keeps it right (adjtimex(2)).
func (d *Doctor) clock(context.Context) {
	zone, err := time.LoadLocation(d.Config.TimeZone)
	if err != nil {
		d.say("clock", Failure, "doctor.clock.zone", "zone", d.Config.TimeZone)
		return
	}
	now := time.Now().In(zone).Format("02.01.2006 15:04 MST")
	const timeError = 5
	var t syscall.Timex
	if state, err := syscall.Adjtimex(&t); err == nil && state == timeError {
		d.say("clock", Hint, "doctor.clock.free", "now", now)
		return
	}
	d.say("clock", OK, "doctor.clock.ok", "now", now)
}

// sandbox: the walls around what touches foreign bytes, and the compiled code that it starts with.
func (d *Doctor) sandbox(ctx context.Context) {
	cache := filepath.Join(d.Config.Data, "cache")
	if _, err := os.Stat(d.Config.Data); err != nil {
		cache = ""
	}
	p, err := pipeline.New(pipeline.Config{CacheDir: cache, Workers: 1, Log: quiet()})
	if err != nil {
		d.say("sandbox", Failure, "doctor.sandbox.none", "cause", short(err.Error()))
		return
	}
	r, err := p.Report(ctx)
	if err != nil {
		d.say("sandbox", Failure, "doctor.sandbox.none", "cause", short(err.Error()))
		return
	}
	var walls []string
	for _, w := range []struct {
		there bool
		name  string
	}{{r.Network, "network"}, {r.Processes, "processes"}, {r.SystemCalls, "calls"}} {
		if w.there {
			walls = append(walls, text("doctor.wall."+w.name))
		}
	}
	args := []string{"walls", strings.Join(walls, ", "), "memory", strconv.FormatInt(r.Limits.Resident/1_000_000, 10)}
	switch {
	case !r.Safe():
		d.say("sandbox", Failure, "doctor.sandbox.open", args...)
	case !r.Network || !r.SystemCalls:
		d.say("sandbox", Hint, "doctor.sandbox.part", args...)
	default:
		d.say("sandbox", OK, "doctor.sandbox.ok", args...)
	}
	begun := time.Now()
	if err := p.Warm(ctx); err != nil {
		d.say("cache", Failure, "doctor.cache.failed", "cause", short(err.Error()))
		return
	}
	d.say("cache", OK, "doctor.cache.ok", "seconds", strconv.FormatFloat(time.Since(begun).Seconds(), 'f', 1, 64))
}

// outside: the walls around programs that are not ours.
func (d *Doctor) outside(ctx context.Context) {
	r, err := sandbox.ReportProgram(ctx)
	switch {
	case err != nil:
		d.say("programs", Hint, "doctor.programs.none", "cause", short(err.Error()))
	case !r.Files:
		d.say("programs", Hint, "doctor.programs.files")
	default:
		d.say("programs", OK, "doctor.programs.ok")
	}
}
