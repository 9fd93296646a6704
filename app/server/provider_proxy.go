package server

import (
	"bytes"
	"fmt"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"ris/app/council"
)

// providerProxy passes the browser's requests for /idp/* on to the demo's provider on loopback, so that the browser sees one
// origin (an iPad cannot reach our loopback). Production has a real provider with an address of its own and no proxy.
type providerProxy struct {
	host   string
	client *fasthttp.HostClient
}

func newProviderProxy(target string) (*providerProxy, error) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "http" || u.Host == "" || u.Path != "/idp" {
		return nil, fmt.Errorf("server: provider %q: want http://127.0.0.1:PORT/idp", target)
	}
	return &providerProxy{host: u.Host, client: &fasthttp.HostClient{
		Addr: u.Host, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second, MaxResponseBodySize: 4 << 20,
	}}, nil
}

// passed are the request headers that the provider needs. Our cookies are not among them: they are none of its business.
var passed = []string{fiber.HeaderContentType, fiber.HeaderAccept, fiber.HeaderAcceptLanguage, fiber.HeaderIfNoneMatch, fiber.HeaderIfModifiedSince}

// kept are the answer's headers that reach the browser: no cookies, nothing of the connection.
var kept = []string{fiber.HeaderContentType, fiber.HeaderLocation, fiber.HeaderContentSecurityPolicy, fiber.HeaderCacheControl,
	fiber.HeaderReferrerPolicy, fiber.HeaderLastModified, fiber.HeaderETag}

func (p *providerProxy) pass(c *fiber.Ctx) error {
	// Tidied up ("/idp/../x"), the path may lead out of what is passed on.
	if !bytes.HasPrefix(c.Request().URI().Path(), []byte("/idp/")) {
		return council.ErrNotFound()
	}
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.Header.SetMethod(c.Method())
	req.SetRequestURI("http://" + p.host)
	req.URI().SetPathBytes(c.Request().URI().Path())
	req.URI().SetQueryStringBytes(c.Request().URI().QueryString())
	for _, h := range passed {
		if v := c.Get(h); v != "" {
			req.Header.Set(h, v)
		}
	}
	if c.Method() == fiber.MethodPost {
		req.SetBody(c.Body())
	}
	if err := p.client.DoTimeout(req, res, 15*time.Second); err != nil {
		return council.E(council.Unavailable, "signin.provider_down").Because(err)
	}
	for _, h := range kept {
		if v := res.Header.Peek(h); len(v) > 0 {
			c.Response().Header.SetBytesV(h, append([]byte(nil), v...))
		}
	}
	c.Status(res.StatusCode())
	return c.Send(append([]byte(nil), res.Body()...))
}
