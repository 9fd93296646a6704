package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/web/locales"
)

// assets are the files of the built web app. Their names carry their content or version, so browsers keep them for ever; the
// shells (reader.html, clerk.html) are asked anew each time.
type assets struct {
	files map[string]*asset
}

type asset struct {
	data []byte
	etag string
	mime string

	squeeze sync.Once
	packed  []byte // gzip, made when first asked for; nil when it does not help
}

// mimes are named here, so that they do not depend on the machine's tables.
var mimes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm",
	".png": "image/png", ".woff2": "font/woff2", ".ttf": "font/ttf", ".bcmap": "application/octet-stream",
	".icc": "application/octet-stream", ".pfb": "application/octet-stream", ".webmanifest": "application/manifest+json",
}

// newAssets reads the whole build once; it is part of the binary and so in memory already.
func newAssets(dist fs.FS) (*assets, error) {
	a := &assets{files: map[string]*asset{}}
	if dist == nil {
		return a, nil
	}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		data, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		kind := mimes[path.Ext(name)]
		if kind == "" {
			kind = mime.TypeByExtension(path.Ext(name))
		}
		if kind == "" {
			kind = "application/octet-stream"
		}
		a.files[name] = &asset{data: data, etag: `"` + hex.EncodeToString(sum[:12]) + `"`, mime: kind}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return a, err
}

// file serves /assets/*. The name is looked up in a table, never opened as a path.
func (a *assets) file(c *fiber.Ctx) error {
	f := a.files["assets/"+c.Params("*")]
	if f == nil {
		return council.ErrNotFound()
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return f.send(c)
}

// shell serves the page of an app under all addresses of its prefix; the app reads the rest of the address itself.
func (a *assets) shell(name string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f := a.files[name]
		if f == nil {
			lang := httpkit.Lang(c)
			return httpkit.SendPage(c, fiber.StatusServiceUnavailable, httpkit.Page{Lang: lang, Title: locales.T(lang, "dist.title"),
				Text: []string{locales.T(lang, "dist.text")}, Code: []string{"make build"}, Action: httpkit.Link{Text: locales.T(lang, "page.home"), Path: "/"}})
		}
		c.Set(fiber.HeaderCacheControl, "private, no-cache") // kept, but asked for each time: a sign-out must show
		return f.send(c)
	}
}

func (f *asset) send(c *fiber.Ctx) error {
	data := f.data
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if p := f.gzip(); p != nil && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") && c.Get(fiber.HeaderRange) == "" {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		data = p
	}
	etag := f.etag
	if len(data) != len(f.data) {
		etag = strings.TrimSuffix(etag, `"`) + `-gz"` // another representation, another strong tag (RFC 9110, section 8.8.3.3)
	}
	return httpkit.SendContent(c, httpkit.Content{Type: f.mime, Size: int64(len(data)), ETag: etag,
		Open: func(r council.ByteRange) (io.Reader, error) { return bytes.NewReader(data[r.Start:r.End]), nil }})
}

// gzip is the packed form where it saves a tenth at least.
func (f *asset) gzip() []byte {
	f.squeeze.Do(func() {
		if len(f.data) < 1024 {
			return
		}
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = w.Write(f.data)
		_ = w.Close()
		if b.Len() < len(f.data)*9/10 {
			f.packed = b.Bytes()
		}
	})
	return f.packed
}
