package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"ris/app"
	"ris/app/config"
	"ris/app/council"
	"ris/auth/session"
)

// town is the running product (bin/ris, as make bench builds it) on a data folder of its own, with a council, its clerk and a meeting.
type town struct {
	dir, address string
	cookie       string
	organization council.ID
	cmd          *exec.Cmd
	log          bytes.Buffer
}

// openTown makes the folder and starts the product.
func openTown(ctx context.Context) (_ *town, err error) {
	program, err := filepath.Abs("bin/ris")
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(program); err != nil {
		return nil, fmt.Errorf("bin/ris is not built: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	t := &town{address: l.Addr().String()}
	_ = l.Close()
	if t.dir, err = os.MkdirTemp("", "ris-bench-town-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			t.close()
		}
	}()
	if err := t.settle(ctx); err != nil {
		return nil, err
	}
	t.cmd = exec.CommandContext(ctx, program, "serve")
	t.cmd.Env = append(os.Environ(), "RIS_DATA="+t.dir, "RIS_LISTEN="+t.address, "RIS_LOG_LEVEL=warn", "RIS_OIDC_CLIENT_SECRET=bench")
	t.cmd.Stdout, t.cmd.Stderr = &t.log, &t.log
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := t.cmd.Start(); err != nil {
		return nil, err
	}
	err = until(ctx, time.Minute, func() (bool, error) {
		res, err := http.Get("http://" + t.address + "/readyz")
		if err != nil {
			return false, nil // not yet
		}
		return res.StatusCode == http.StatusOK, res.Body.Close()
	})
	if err != nil {
		err = fmt.Errorf("the product does not start: %w\n%s", err, t.log.String())
	}
	return t, err
}

// settle writes the council's master data and a session of its clerk.
func (t *town) settle(ctx context.Context) (err error) {
	c, err := config.Config{Listen: t.address, Data: t.dir, Role: "all", UploadLimitMB: 500, PageLimit: 5000, TimeZone: "Europe/Berlin", LogLevel: "warn", ClientSecret: "bench"}.Normal()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	start := council.SystemClock().AddDate(-1, 0, 0)
	body := council.Body{Name: "Stadt Probe"}
	if err := a.Store.SaveBody(ctx, &body); err != nil {
		return err
	}
	clerk := council.Person{Body: body.ID, Name: "Carla Klerk", Account: "clerk@probe.example"}
	rat := council.Organization{Body: body.ID, Name: "Rat", Type: council.Committee, Start: start}
	if err := errors.Join(a.Store.SavePerson(ctx, &clerk), a.Store.SaveOrganization(ctx, &rat)); err != nil {
		return err
	}
	if err := a.Store.SaveGrant(ctx, &council.Grant{Body: body.ID, Person: clerk.ID, Role: council.Clerk, Start: start}); err != nil {
		return err
	}
	token, _, err := session.NewManager(a.Store, a.Clock).Start(ctx, session.Session{Person: clerk.ID, Issuer: "bench", Subject: "clerk"}, session.MemberLimits)
	t.cookie, t.organization = session.CookieName(false)+"="+token, rat.ID
	return errors.Join(err, a.Pipeline.Warm(ctx))
}

func (t *town) close() {
	if t.cmd != nil && t.cmd.Process != nil {
		_ = t.cmd.Process.Signal(syscall.SIGTERM)
		_ = t.cmd.Wait()
	}
	_ = os.RemoveAll(t.dir)
}

// send makes a request as the clerk; into takes the answer, or nil.
func (t *town) send(ctx context.Context, method, path, contentType string, body io.Reader, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+t.address+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Cookie", t.cookie)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode/100 != 2 {
		err = fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// tell sends JSON.
func (t *town) tell(ctx context.Context, method, path string, value, into any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return t.send(ctx, method, path, "application/json", bytes.NewReader(b), into)
}

// upload brings a file to a paper, as the console's form does.
func (t *town) upload(ctx context.Context, paper, name string, file []byte) error {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return err
	}
	if _, err := part.Write(file); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return t.send(ctx, "POST", paper+"/files", w.FormDataContentType(), &b, nil)
}

// until asks again and again, each quarter of a second.
func until(ctx context.Context, most time.Duration, done func() (bool, error)) error {
	ctx, stop := context.WithTimeout(ctx, most)
	defer stop()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}
