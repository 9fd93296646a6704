package api_test

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/halltest"
	"ris/app/council"
	"ris/app/papers"
)

// tus sends one request of the protocol; headers are pairs and come after the one that all have.
func (c client) tus(method, path string, body []byte, headers ...string) answer {
	c.t.Helper()
	var r io.Reader
	if body != nil {
		r = bytes.NewReader(body)
	}
	req, err := http.NewRequest(method, c.hall.URL+path, r)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Tus-Resumable", "1.0.0")
	if c.cookie != "" {
		req.Header.Set("Cookie", c.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			req.Header.Del(headers[i])
		}
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, raw}
}

func meta(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, pairs[i]+" "+base64.StdEncoding.EncodeToString([]byte(pairs[i+1])))
	}
	return strings.Join(out, ",")
}

const octets = "application/offset+octet-stream"

func (c client) begin(paper council.ID, content []byte, more ...string) string {
	c.t.Helper()
	a := c.tus("POST", "/api/v1/uploads", nil, "Upload-Length", strconv.Itoa(len(content)),
		"Upload-Metadata", meta(append([]string{"paper", string(paper), "filename", "Bericht.pdf"}, more...)...))
	if a.status != 201 || a.header.Get("Tus-Resumable") != "1.0.0" || a.header.Get("Upload-Expires") == "" {
		c.t.Fatalf("creation: %d %v %s", a.status, a.header, a.body)
	}
	return a.header.Get("Location")
}

func (c client) patch(at string, offset int, piece []byte, headers ...string) answer {
	c.t.Helper()
	return c.tus("PATCH", at, piece, append([]string{"Content-Type", octets, "Upload-Offset", strconv.Itoa(offset)}, headers...)...)
}

func (c client) is(status int, what string, a answer) answer {
	c.t.Helper()
	if a.status != status {
		c.t.Errorf("%s: %d, want %d\n%v\n%s", what, a.status, status, a.header, a.body)
	}
	return a
}

// one paper of a fresh hall, for its clerk.
func uploadHall(t *testing.T) (*halltest.Hall, client, council.Paper) {
	t.Helper()
	h := halltest.Open(t, "")
	p, err := h.Papers.Add(t.Context(), h.As(h.Town.Clerk), papers.NewPaper{Name: "Bericht", AgendaItem: h.Item(h.Meeting().ID, "Bericht", true).ID})
	if err != nil {
		t.Fatal(err)
	}
	return h, as(h, h.Town.Clerk), p
}

func TestTusWholeWay(t *testing.T) {
	h, clerk, p := uploadHall(t)
	content := halltest.PDF(t, halltest.Texts("Zuckerwatte", 3)...)
	at := clerk.begin(p.ID, content, "role", "main", "name", "Der Bericht")

	a := clerk.is(200, "HEAD", clerk.tus("HEAD", at, nil))
	if a.header.Get("Upload-Offset") != "0" || a.header.Get("Upload-Length") != strconv.Itoa(len(content)) || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("HEAD says %v", a.header)
	}
	a = clerk.is(204, "first piece", clerk.patch(at, 0, content[:1000]))
	if a.header.Get("Upload-Offset") != "1000" {
		t.Errorf("offset %q after 1000 bytes", a.header.Get("Upload-Offset"))
	}
	clerk.is(409, "wrong offset", clerk.patch(at, 999, content[999:]))
	clerk.is(412, "no version", clerk.patch(at, 1000, content[1000:], "Tus-Resumable", ""))
	clerk.is(412, "other version", clerk.patch(at, 1000, content[1000:], "Tus-Resumable", "0.2.2"))
	clerk.is(415, "other type", clerk.patch(at, 1000, content[1000:], "Content-Type", "application/octet-stream"))
	clerk.is(400, "no offset", clerk.patch(at, 1000, content[1000:], "Upload-Offset", ""))
	clerk.is(413, "more than declared", clerk.patch(at, 1000, append(bytes.Clone(content[1000:]), 'x')))

	piece := content[1000:1500]
	sum := sha256.Sum256(piece)
	clerk.is(460, "wrong checksum", clerk.patch(at, 1000, piece, "Upload-Checksum", "sha256 "+base64.StdEncoding.EncodeToString(make([]byte, 32))))
	if got := clerk.tus("HEAD", at, nil).header.Get("Upload-Offset"); got != "1000" {
		t.Errorf("a piece with a wrong checksum moved the offset to %s", got)
	}
	clerk.is(400, "unknown algorithm", clerk.patch(at, 1000, piece, "Upload-Checksum", "crc32 AAAA"))
	clerk.is(204, "right checksum", clerk.patch(at, 1000, piece, "Upload-Checksum", "sha256 "+base64.StdEncoding.EncodeToString(sum[:])))
	one := sha1.Sum(content[1500:2000])
	clerk.is(204, "sha1, by POST", clerk.tus("POST", at, content[1500:2000], "X-HTTP-Method-Override", "PATCH", "Content-Type", octets,
		"Upload-Offset", "1500", "Upload-Checksum", "sha1 "+base64.StdEncoding.EncodeToString(one[:])))

	last := clerk.is(204, "the rest", clerk.patch(at, 2000, content[2000:]))
	result := last.header.Get("Upload-Result")
	file := clerk.want(200, "GET", result, nil)
	if file.text("name") != "Der Bericht" || file.text("fileName") != "Bericht.pdf" {
		t.Errorf("the file is %s", file.body)
	}
	// The answer was lost: it can be asked again, by HEAD and by an empty PATCH, and nothing is doubled.
	if got := clerk.tus("HEAD", at, nil); got.header.Get("Upload-Result") != result || got.header.Get("Upload-Offset") != strconv.Itoa(len(content)) {
		t.Errorf("HEAD afterwards: %v", got.header)
	}
	if got := clerk.is(204, "again", clerk.patch(at, len(content), []byte{})); got.header.Get("Upload-Result") != result {
		t.Errorf("again: %v", got.header)
	}
	files, err := h.Store.Files(t.Context(), h.As(h.Town.Clerk), council.FileFilter{Paper: p.ID})
	if err != nil || len(files) != 1 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	h.Searchable(files[0].ID)
	versions, _ := h.Store.FileVersions(t.Context(), h.As(h.Town.Clerk), files[0].ID)
	whole := sha256.Sum256(content)
	if got, _ := os.ReadFile(filepath.Join(h.BlobDir, "originals", versions[0].SHA256[:2], versions[0].SHA256)); sha256.Sum256(got) != whole {
		t.Error("the stored bytes are not those that were sent")
	}
	left, _ := h.Parts.Left(time.Now().Add(time.Hour))
	if len(left) > 0 {
		t.Errorf("bytes of a finished upload were left: %v", left)
	}
}

func TestTusOptionsAndCreation(t *testing.T) {
	h, clerk, p := uploadHall(t)
	a := clerk.is(204, "OPTIONS", clerk.tus("OPTIONS", "/api/v1/uploads", nil, "Tus-Resumable", ""))
	for name, want := range map[string]string{"Tus-Version": "1.0.0", "Tus-Resumable": "1.0.0", "Tus-Max-Size": strconv.Itoa(8 << 20),
		"Tus-Extension": "creation,creation-with-upload,termination,expiration,checksum", "Tus-Checksum-Algorithm": "sha256,sha1"} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	paper := meta("paper", string(p.ID), "filename", "x.pdf")
	clerk.is(400, "no length", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Metadata", paper))
	clerk.is(400, "deferred length", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Metadata", paper, "Upload-Defer-Length", "1"))
	clerk.is(400, "bad metadata", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Length", "5", "Upload-Metadata", "paper !!"))
	big := clerk.is(413, "too large", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Length", strconv.Itoa(8<<20+1), "Upload-Metadata", paper))
	if !strings.Contains(big.text("detail"), "8 MB") {
		t.Errorf("the limit is not named: %s", big.body)
	}
	v := clerk.is(412, "no version", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Length", "5", "Upload-Metadata", paper, "Tus-Resumable", ""))
	if v.header.Get("Tus-Version") != "1.0.0" {
		t.Errorf("412 does not name the version: %v", v.header)
	}
	content := halltest.PDF(t, halltest.Texts("Zuckerwatte", 1)...)
	a = clerk.is(201, "creation with upload", clerk.tus("POST", "/api/v1/uploads", content, "Upload-Length", strconv.Itoa(len(content)), "Upload-Metadata", paper, "Content-Type", octets))
	if a.header.Get("Upload-Offset") != strconv.Itoa(len(content)) || a.header.Get("Upload-Result") == "" {
		t.Errorf("creation with upload: %v", a.header)
	}
	clerk.is(422, "an empty file", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Length", "0", "Upload-Metadata", paper))
	at := clerk.begin(p.ID, content)
	clerk.patch(at, 0, content[:10])
	clerk.is(204, "DELETE", clerk.tus("DELETE", at, nil))
	clerk.is(404, "HEAD of a deleted one", clerk.tus("HEAD", at, nil))
	clerk.is(404, "DELETE of a deleted one", clerk.tus("DELETE", at, nil))
	if left, _ := h.Parts.Left(time.Now().Add(time.Hour)); len(left) != 1 { // that of the empty file, refused
		t.Errorf("bytes left: %v", left)
	}
}

// An upload is its person's alone; for others it is as if it never was. Rights are asked at the beginning and at the end.
func TestTusRights(t *testing.T) {
	h, clerk, p := uploadHall(t)
	content := halltest.PDF(t, halltest.Texts("Zuckerwatte", 1)...)
	at := clerk.begin(p.ID, content)
	clerk.patch(at, 0, content[:500])
	never := "/api/v1/uploads/" + string(council.NewID(h.Now()))
	for who, other := range map[string]client{"another clerk": as(h, h.Town.Clerk2), "a member": as(h, h.Town.MainMember), "the other town's clerk": as(h, h.Town.OtherClerk)} {
		for _, method := range []string{"HEAD", "PATCH", "DELETE", "GET"} {
			ask := func(path string) answer {
				a := other.tus(method, path, []byte("x"), "Content-Type", octets, "Upload-Offset", "500")
				a.header.Del("Date")
				return a
			}
			got, want := ask(at), ask(never)
			if got.status != 404 || want.status != 404 || !bytes.Equal(got.body, want.body) || len(got.header) != len(want.header) {
				t.Errorf("%s %s: %d %s %v, of an id that never was: %d %s %v", who, method, got.status, got.body, got.header, want.status, want.body, want.header)
			}
		}
		if a := other.want(200, "GET", "/api/v1/uploads?paper="+string(p.ID), nil); strings.Contains(string(a.body), "Bericht") {
			t.Errorf("%s sees the upload in the list: %s", who, a.body)
		}
	}
	public := client{t: t, hall: h}
	for _, method := range []string{"HEAD", "PATCH", "DELETE", "GET", "OPTIONS", "POST"} {
		if a := public.tus(method, at, nil); a.status != 401 {
			t.Errorf("the public: %s %d", method, a.status)
		}
	}
	as(h, h.Town.MainMember).is(404, "a member begins", as(h, h.Town.MainMember).tus("POST", "/api/v1/uploads", nil, "Upload-Length", "5",
		"Upload-Metadata", meta("paper", string(p.ID), "filename", "x.pdf")))
	clerk.is(404, "no such paper", clerk.tus("POST", "/api/v1/uploads", nil, "Upload-Length", "5",
		"Upload-Metadata", meta("paper", string(council.NewID(h.Now())), "filename", "x.pdf")))

	// The right ends before the last byte.
	grants, err := h.Store.Grants(t.Context(), h.Town.Clerk)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		g.End = h.Now().AddDate(0, 0, -2)
		if err := h.Store.SaveGrant(t.Context(), &g); err != nil {
			t.Fatal(err)
		}
	}
	clerk.is(404, "the last piece without the right", clerk.patch(at, 500, content[500:]))
	if files, _ := h.Store.Files(t.Context(), h.As(h.Town.Clerk2), council.FileFilter{Paper: p.ID}); len(files) != 0 {
		t.Errorf("a file was added without the right: %v", files)
	}
}

// What is refused stays with its reason and can be tried again or removed.
func TestTusRefused(t *testing.T) {
	h, clerk, p := uploadHall(t)
	content := halltest.PDF(t, halltest.Texts("Zuckerwatte", 1)...)
	first := clerk.begin(p.ID, content)
	clerk.is(204, "the first", clerk.patch(first, 0, content))
	second := clerk.begin(p.ID, content)
	a := clerk.is(409, "the same bytes again", clerk.patch(second, 0, content))
	if !strings.Contains(a.text("detail"), "Bericht") {
		t.Errorf("the double does not name the file: %s", a.body)
	}
	show := clerk.want(200, "GET", second, nil)
	if show.text("state") != "refused" || show.text("problem", "text") == "" || show.at("offset") != float64(len(content)) {
		t.Errorf("the refused upload: %s", show.body)
	}
	if list := clerk.want(200, "GET", "/api/v1/uploads?paper="+string(p.ID), nil); list.text("data", 0, "state") != "refused" || list.at("data", 1) != nil {
		t.Errorf("the list: %s", list.body)
	}
	// The clerk takes the first one back; then the same upload is taken without sending it again.
	files, _ := h.Store.Files(t.Context(), h.As(h.Town.Clerk), council.FileFilter{Paper: p.ID})
	if _, err := h.Papers.WithdrawFile(t.Context(), h.As(h.Town.Clerk), files[0].ID, 0, "doppelt"); err != nil {
		t.Fatal(err)
	}
	again := clerk.is(204, "once more", clerk.patch(second, len(content), []byte{}))
	clerk.want(200, "GET", again.header.Get("Upload-Result"), nil)

	no := []byte("<!doctype html><title>404</title>")
	third := clerk.begin(p.ID, no)
	a = clerk.is(422, "no PDF", clerk.patch(third, 0, no))
	if !strings.Contains(a.text("detail"), "PDF") {
		t.Errorf("no reason: %s", a.body)
	}
	clerk.is(204, "removed", clerk.tus("DELETE", third, nil))
	if list := clerk.want(200, "GET", "/api/v1/uploads?paper="+string(p.ID), nil); list.at("data", 0) != nil {
		t.Errorf("the list: %s", list.body)
	}
}

// Two at once on one upload: one goes on, the other is told so.
func TestTusParallel(t *testing.T) {
	_, clerk, p := uploadHall(t)
	content := halltest.PDF(t, halltest.Texts("Zuckerwatte", 300)...)
	at := clerk.begin(p.ID, content)
	slow, feed := io.Pipe()
	done := make(chan int)
	go func() {
		req, _ := http.NewRequest("PATCH", clerk.hall.URL+at, slow)
		req.ContentLength = int64(len(content))
		for name, value := range map[string]string{"Tus-Resumable": "1.0.0", "Content-Type": octets, "Upload-Offset": "0", "Cookie": clerk.cookie} {
			req.Header.Set(name, value)
		}
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Error(err)
			done <- 0
			return
		}
		_ = res.Body.Close()
		done <- res.StatusCode
	}()
	_, _ = feed.Write(content[:20_000]) // the router reads 8 kB before it asks us
	// A piece at a wrong place changes nothing and tells when the first has begun.
	for end := time.Now().Add(30 * time.Second); clerk.patch(at, 5, content[:1]).status != 423; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the first never begins to write")
		}
	}
	clerk.is(423, "DELETE under the one who writes", clerk.tus("DELETE", at, nil))
	clerk.is(423, "the second", clerk.patch(at, 0, content))
	clerk.is(200, "HEAD meanwhile", clerk.tus("HEAD", at, nil))
	_, _ = feed.Write(content[20_000:])
	_ = feed.Close()
	if status := <-done; status != 204 {
		t.Errorf("the first: %d", status)
	}
}
