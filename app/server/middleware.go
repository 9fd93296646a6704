package server

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
)

// number gives each request its own; it is not taken from outside, where it could be made to collide.
func (s *surface) number(c *fiber.Ctx) error {
	httpkit.SetRequestID(c, strings.ToLower(rand.Text()[:12]))
	return c.Next()
}

// log writes one line a request: no query (it may hold codes and search words), no cookies, no names.
func (s *surface) log(c *fiber.Ctx) error {
	start := time.Now()
	err := c.Next()
	if err != nil { // answer here, so that the line has the status that was sent
		if err = c.App().ErrorHandler(c, err); err != nil {
			_ = c.SendStatus(fiber.StatusInternalServerError)
		}
	}
	level := slog.LevelInfo
	if path := c.Path(); path == "/healthz" || path == "/readyz" || strings.HasPrefix(path, "/assets/") {
		level = slog.LevelDebug
	}
	s.Log.Log(c.UserContext(), level, "request", "request", httpkit.RequestID(c), "method", c.Method(), "path", c.Path(),
		"status", c.Response().StatusCode(), "ms", time.Since(start).Milliseconds())
	return nil
}

// guard turns a panic into an error with its stack for the log: one request must not end the server.
func guard(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = council.E(council.Internal, "error.internal").Because(fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
		}
	}()
	return c.Next()
}

// contentPolicy lets pages load from this origin only: no inline script or style, no frames, no foreign forms. PDF.js decodes
// some pictures by WebAssembly; a worker obeys the header of its own response, so assets carry it, too.
const contentPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
	"img-src 'self'; font-src 'self'; style-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; " +
	"frame-ancestors 'none'; form-action 'self'"

func (s *surface) headers(c *fiber.Ctx) error {
	secure(c, s.kit.Origins)
	return c.Next()
}

// secure sets the headers of every answer; a handler may set its own afterwards.
func secure(c *fiber.Ctx, origins httpkit.Origins) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentPolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	if origins.AllSecure() {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

var crossOrigin = http.NewCrossOriginProtection()

// sameOrigin refuses writes that a foreign page made the browser send (Sec-Fetch-Site, else Origin against Host). Programs
// that are no browsers send neither header and pass; they hold no cookie of anybody.
func sameOrigin(c *fiber.Ctx) error {
	check := &http.Request{Method: c.Method(), Host: string(c.Request().Host()), URL: &url.URL{Path: c.Path()}, Header: http.Header{}}
	for _, h := range []string{"Sec-Fetch-Site", "Origin"} {
		if v := c.Get(h); v != "" {
			check.Header.Set(h, v)
		}
	}
	if err := crossOrigin.Check(check); err != nil {
		return council.E(council.Forbidden, "error.cross_origin").Because(err)
	}
	return c.Next()
}

// boundBody holds bodies to the limit: with streaming the router itself refuses none. Uploads are counted by their handler.
func (s *surface) boundBody(c *fiber.Ctx) error {
	declared := c.Request().Header.ContentLength()
	if !c.Request().IsBodyStream() || isUpload(c.Method(), c.Path()) {
		return c.Next()
	}
	if declared > bodyLimit {
		c.Context().SetConnectionClose() // the rest of the body is not read
		return fiber.ErrRequestEntityTooLarge
	}
	if declared >= 0 {
		return c.Next()
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(c.Context().RequestBodyStream(), bodyLimit+1))
	if err != nil {
		return council.E(council.Invalid, "error.malformed").Because(err)
	}
	if n > bodyLimit {
		c.Context().SetConnectionClose()
		return fiber.ErrRequestEntityTooLarge
	}
	c.Request().SetBody(b.Bytes())
	return c.Next()
}

// drainLimit is how much of a body that nobody wanted is read so that its connection can be used again, bytes.
const drainLimit = 256 << 10

// nothingLeft takes the rest of a body that no handler has read off the connection, or has the connection closed after the answer:
// left there, it would be taken for the next request, which behind a proxy may be somebody else's.
func nothingLeft(c *fiber.Ctx) error {
	err := c.Next()
	if c.Request().IsBodyStream() {
		// A body that does not come to its end (too long, too slow) may still come later.
		if n, err := io.CopyN(io.Discard, c.Context().RequestBodyStream(), drainLimit+1); n > drainLimit || !errors.Is(err, io.EOF) {
			c.Context().SetConnectionClose()
		}
	}
	return err
}

// alive answers as long as the process can.
func alive(c *fiber.Ctx) error { return c.SendString("ok\n") }

// ready answers 200 when there is everything to serve with. Why not is for the log, not for strangers.
func (s *surface) ready(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if s.Ready != nil {
		if err := s.Ready(c.UserContext()); err != nil {
			s.Log.Debug("not ready", "reason", err)
			return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
		}
	}
	return c.SendString("ready\n")
}
