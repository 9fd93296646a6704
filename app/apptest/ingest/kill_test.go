package ingest_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ris/app/council"
	"ris/app/store"
	"ris/auth/policy"
)

var system = policy.System("test")

// sending is one document that the clerk wants to have in the paper; it is sent until it is answered.
type sending struct {
	word    string
	content []byte
	sum     string
	form    bool // as a plain form, else by tus
	tus     string
	file    string // path of the result, once answered
}

// TestKilledInEveryStep uploads without end while the product is killed at random moments, some of them aimed at a step: while bytes
// come, at the moment of the answer, while a worker prepares, between readable and searchable. RIS_KILLS says how often; 20.
func TestKilledInEveryStep(t *testing.T) {
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("RIS_KILLS")); err == nil && n > 0 {
		kills = n
	}
	p := found(t)
	defer p.kill()
	p.start()
	db := p.database()
	defer db.Close()

	var moment atomic.Value // what the senders did last, for the aim
	moment.Store("")
	stop := make(chan struct{})
	var mu sync.Mutex
	var all []*sending
	var senders sync.WaitGroup
	for w := range 2 {
		senders.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), uint64(time.Now().UnixNano())))
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				word := letters(fmt.Sprint(w, n))
				s := &sending{word: word, content: pdf(word, 1+r.IntN(8)), form: n%4 == 3}
				sum := sha256.Sum256(s.content)
				s.sum = hex.EncodeToString(sum[:])
				mu.Lock()
				all = append(all, s)
				mu.Unlock()
				for s.file == "" { // also after the last kill: nothing that was begun is given up
					moment.Store("")
					p.send(s, r, &moment)
				}
				moment.Store("answered")
				time.Sleep(time.Duration(400+r.IntN(1600)) * time.Millisecond)
			}
		})
	}
	met, began := map[string]int{}, time.Now()
	for n := range kills {
		aim := []string{"anywhere", "piece", "answered", "checking", "readable"}[n%5]
		met[p.wait(db, aim, &moment)]++
		p.kill()
		p.start()
	}
	close(stop)
	senders.Wait()
	t.Logf("%d kills (%v), %d documents in %v", kills, met, len(all), time.Since(began).Round(time.Second))
	if len(all) < kills/2 {
		t.Errorf("only %d documents in %d kills: this proves little", len(all), kills)
	}
	p.settled(db, all)
	p.kill()
	p.nothingHalf(db, all)
}

// wait lasts until the moment that is aimed at, or a while; it answers what was met.
func (p *product) wait(db *store.Store, aim string, moment *atomic.Value) string {
	end := time.Now().Add(time.Duration(100+rand.IntN(1200)) * time.Millisecond)
	if aim != "anywhere" {
		end = time.Now().Add(4 * time.Second)
	}
	for time.Now().Before(end) {
		switch aim {
		case "piece", "answered":
			if moment.Load() == aim {
				time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
				return aim
			}
		case "checking", "readable":
			var n int
			_ = db.DB().QueryRow("SELECT count(*) FROM file_versions WHERE processing = ?", aim).Scan(&n)
			if n > 0 {
				time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
				return aim
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	return "anywhere"
}

// send tries once to bring the document home; what it reaches is kept in s.
func (p *product) send(s *sending, r *rand.Rand, moment *atomic.Value) {
	if s.form {
		p.sendForm(s, moment)
	} else {
		p.sendPieces(s, r, moment)
	}
	if s.file == "" {
		time.Sleep(30 * time.Millisecond)
	}
}

func (p *product) sendForm(s *sending, moment *atomic.Value) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, _ := w.CreateFormFile("file", s.word+".pdf")
	_, _ = part.Write(s.content)
	_ = w.Close()
	a := p.ask("POST", "/api/v1/papers/"+string(p.paper)+"/files", &seen{&b, moment}, int64(b.Len()), "Content-Type", w.FormDataContentType(), "Idempotency-Key", s.word)
	var f struct{ URL string }
	switch {
	case a.status == 201:
		_ = json.Unmarshal(a.body, &f)
		s.file = f.URL + "/info"
	case a.status != 0 && a.status < 500:
		p.Errorf("%s: form answers %d %s", s.word, a.status, a.body)
		s.file = "refused"
	}
}

// seen tells the aim that bytes are on their way.
type seen struct {
	io.Reader
	moment *atomic.Value
}

func (s *seen) Read(b []byte) (int, error) {
	s.moment.Store("piece")
	return s.Reader.Read(b)
}

func (p *product) sendPieces(s *sending, r *rand.Rand, moment *atomic.Value) {
	tus := func(method, path string, body []byte, headers ...string) answer {
		var from io.Reader
		if body != nil {
			from = &seen{bytes.NewReader(body), moment}
		}
		return p.ask(method, path, from, int64(len(body)), append([]string{"Tus-Resumable", "1.0.0"}, headers...)...)
	}
	if s.tus == "" {
		a := tus("POST", "/api/v1/uploads", nil, "Upload-Length", strconv.Itoa(len(s.content)),
			"Upload-Metadata", "paper "+pack(string(p.paper))+",filename "+pack(s.word+".pdf"))
		if a.status != 201 {
			return // not answered: begun anew, what was left expires
		}
		s.tus = a.header.Get("Location")
	}
	a := tus("HEAD", s.tus, nil)
	if a.status != 200 {
		if a.status != 0 && a.status < 500 {
			p.Errorf("%s: an upload that was begun is gone: %d", s.word, a.status)
			s.file = "lost"
		}
		return
	}
	if at := a.header.Get("Upload-Result"); at != "" { // the answer was lost, the file was not
		s.file = at
		return
	}
	offset, _ := strconv.Atoi(a.header.Get("Upload-Offset"))
	for {
		piece := s.content[offset:min(len(s.content), offset+2000+r.IntN(8000))]
		a := tus("PATCH", s.tus, piece, "Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(offset))
		if a.status == 423 || a.status == 409 || a.status == 0 || a.status >= 500 {
			return
		}
		if a.status != 204 {
			p.Errorf("%s: PATCH at %d answers %d %s", s.word, offset, a.status, a.body)
			s.file = "refused"
			return
		}
		if s.file = a.header.Get("Upload-Result"); s.file != "" {
			return
		}
		offset += len(piece)
	}
}

// settled waits until the work is done, and asks for each document as its clerk would: by its address, by search, by its bytes.
func (p *product) settled(db *store.Store, all []*sending) {
	p.Helper()
	pressed, least := 0, 1<<30
	var end time.Time
	for ; ; time.Sleep(time.Duration(200+2*len(all)) * time.Millisecond) { // looking costs, too
		open, left := 0, 0
		states := map[string]int{}
		for _, f := range p.files(db) {
			versions, err := db.FileVersions(context.Background(), system, f.ID)
			must(p.T, err)
			for _, v := range versions {
				states[string(v.Processing)+" "+v.Problem]++
				switch {
				case v.Processing == council.Refused && v.Problem == "file.problem.failed" && pressed < 10:
					// Its worker was killed at every try: the clerk starts it again.
					p.ask("POST", "/api/v1/files/"+string(f.ID)+"/again", strings.NewReader("{}"), 2, "Content-Type", "application/json")
					pressed++
					open, left = open+1, left+2
				case v.Processing != council.Searchable:
					open, left = open+1, left+2
					if v.Processing == council.Readable { // indexing comes after all reading
						left--
					}
				}
			}
		}
		if open == 0 {
			break
		}
		if left < least { // a slow machine may take its time; standing still may not
			least, end = left, time.Now().Add(90*time.Second)
		}
		if time.Now().After(end) {
			p.Fatalf("%d versions do not get ready: %v; %s\n%s", open, states, jobStates(db), tail(p.log.String()))
		}
	}
	if pressed > 0 {
		p.Logf("%d times a document's worker had been killed at all five tries and it was started again", pressed)
	}
	for _, s := range all {
		var f struct{ ID, Processing string }
		p.get(s.file, &f)
		var hits struct {
			Total int
			Data  []struct{ FileID string }
		}
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			p.get("/api/v1/search?q="+url.QueryEscape(s.word), &hits)
			if hits.Total > 0 {
				break
			}
		}
		if f.Processing != "searchable" || hits.Total != 1 || len(hits.Data) != 1 || hits.Data[0].FileID != f.ID {
			p.Errorf("%s is %s and found %d times: %+v", s.word, f.Processing, hits.Total, hits.Data)
		}
		a := p.ask("GET", "/api/v1/files/"+f.ID, nil, 0)
		for ; a.status == http.StatusTooManyRequests; a = p.ask("GET", "/api/v1/files/"+f.ID, nil, 0) {
			time.Sleep(time.Second)
		}
		if a.status != 200 || !bytes.HasPrefix(a.body, []byte("%PDF-")) {
			p.Errorf("%s cannot be opened: %d %.80s", s.word, a.status, a.body)
		}
	}
}

// jobStates says how many jobs of each kind are in which state.
func jobStates(db *store.Store) string {
	rows, err := db.DB().Query("SELECT kind || ' ' || state || ' after ' || attempt, count(*) FROM river_job GROUP BY 1 ORDER BY 1")
	if err != nil {
		return err.Error()
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var what string
		var n int
		if rows.Scan(&what, &n) == nil {
			out = append(out, fmt.Sprintf("%d %s", n, what))
		}
	}
	return strings.Join(out, ", ")
}

func (p *product) files(db *store.Store) []council.File {
	p.Helper()
	files, err := db.Files(context.Background(), system, council.FileFilter{Paper: p.paper})
	must(p.T, err)
	return files
}

func pack(v string) string { return base64.StdEncoding.EncodeToString([]byte(v)) }

// letters makes a word that is like no other: the search forgives typing errors.
func letters(from string) string {
	sum := sha256.Sum256([]byte(from))
	out := make([]byte, 14)
	for i := range out {
		out[i] = "bdfghklmnprstvw"[int(sum[i])%15]
		if i%2 == 1 {
			out[i] = "aeiou"[int(sum[i])%5]
		}
	}
	return "Q" + string(out)
}

func tail(log string) string { return log[max(0, len(log)-4000):] }
