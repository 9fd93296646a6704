package sso

import (
	"errors"
	"io"
	"net/http"
)

// MaxAnswer is the most that a provider may answer, in bytes: the largest honest answers (keys, discovery) have some 20 kB.
const MaxAnswer = 1 << 20

// errAnswerTooLarge ends the reading of an endless answer.
var errAnswerTooLarge = errors.New("the provider's answer is longer than 1 MiB")

// bounded is the client with every answer cut off at MaxAnswer, and redirects to nowhere but https or the same host: go-oidc reads
// what comes to its end.
func bounded(c *http.Client) *http.Client {
	out := *c
	next := c.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	out.Transport = boundedTransport{next}
	out.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if len(via) >= 3 {
			return errors.New("the provider redirects more than three times")
		}
		if first := via[0].URL; r.URL.Host != first.Host && r.URL.Scheme != "https" {
			return errors.New("the provider redirects to another host without https")
		}
		return nil
	}
	return &out
}

type boundedTransport struct{ next http.RoundTripper }

func (b boundedTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if res.ContentLength > MaxAnswer {
		_ = res.Body.Close()
		return nil, errAnswerTooLarge
	}
	res.Body = &boundedBody{body: res.Body, left: MaxAnswer}
	return res, nil
}

// boundedBody fails instead of ending early: half a document must not pass for a whole one.
type boundedBody struct {
	body io.ReadCloser
	left int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errAnswerTooLarge
	}
	n, err := b.body.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errAnswerTooLarge
	}
	return n, err
}

func (b *boundedBody) Close() error { return b.body.Close() }
