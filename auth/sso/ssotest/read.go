package ssotest

import (
	"io"
	"net/http"
)

func read(res *http.Response) (string, error) {
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return string(raw), err
}
