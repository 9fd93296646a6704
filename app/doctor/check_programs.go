package doctor

import (
	"context"
	"os/exec"
	"strings"
	"time"

	"ris/documents/convert"
	"ris/documents/recognise"
	"ris/documents/sandbox"
	"ris/documents/scan"
	"ris/web/locales"
)

func text(key string) string { return locales.T(locales.Default, key) }

// version is the first line of what the program says of itself.
func version(ctx context.Context, program string, args ...string) string {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil && len(out) == 0 {
		return short(err.Error())
	}
	return short(string(out))
}

func (d *Doctor) qpdf(ctx context.Context) {
	path, err := exec.LookPath("qpdf")
	if err != nil {
		d.say("qpdf", Hint, "doctor.qpdf.none")
		return
	}
	d.say("qpdf", OK, "doctor.program", "version", version(ctx, path, "--version"))
}

func (d *Doctor) tesseract(ctx context.Context) {
	if _, err := recognise.New(recognise.Config{}); err != nil {
		d.say("tesseract", Hint, "doctor.tesseract.none", "cause", short(err.Error()))
		return
	}
	d.say("tesseract", OK, "doctor.program", "version", version(ctx, "tesseract", "--version"))
}

func (d *Doctor) soffice(ctx context.Context) {
	path := convert.FindSoffice(d.Config.Soffice)
	switch {
	case path == "" && d.Config.Soffice != "" && d.Config.Soffice != "none":
		d.say("soffice", Failure, "doctor.soffice.missing", "path", d.Config.Soffice)
		return
	case path == "":
		d.say("soffice", Hint, "doctor.soffice.none")
		return
	}
	c := convert.Converter{Pool: sandbox.NewPool(1, sandbox.Limits{}), Soffice: path, Log: quiet()}
	v, err := c.Version(ctx)
	if err != nil {
		d.say("soffice", Failure, "doctor.soffice.broken", "cause", short(err.Error()))
		return
	}
	d.say("soffice", OK, "doctor.program", "version", short(v))
}

func (d *Doctor) clamd(ctx context.Context) {
	if d.Config.Clamd == "" {
		d.say("clamd", Hint, "doctor.clamd.none")
		return
	}
	c, err := scan.New(d.Config.Clamd)
	if err != nil {
		d.say("clamd", Failure, "doctor.clamd.setting", "cause", short(err.Error()))
		return
	}
	v, err := c.Version(ctx)
	if err != nil {
		d.say("clamd", Failure, "doctor.clamd.gone", "address", d.Config.Clamd, "cause", short(err.Error()))
		return
	}
	// The least that a scanner must do: not to find anything in a few harmless bytes.
	if found, err := c.Scan(ctx, strings.NewReader("ris doctor")); err != nil || found != "" {
		d.say("clamd", Failure, "doctor.clamd.strange", "answer", short(found))
		return
	}
	d.say("clamd", OK, "doctor.program", "version", short(v))
}
