package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"ris/app/council"
	"ris/documents"
	"ris/documents/pdf/pdftest"
	"ris/documents/pipeline"
	"ris/documents/trace"
)

var traceKey = bytes.Repeat([]byte{9}, trace.KeyBytes)

func person(n int) council.ID { return council.ID(fmt.Sprintf("00000000-0000-7000-8000-%012d", n)) }

const persons = 60

// copyOf is the n-th person's copy of a version, as it would be given out.
func (b bench) copyOf(t testing.TB, p council.Prepared, version council.ID, n int) (path string, code string) {
	t.Helper()
	seed := trace.Seed(traceKey, person(n), version)
	code = trace.Code(seed, 0)
	path, _ = b.personal(t, p, documents.Mark{Name: names[n%len(names)], Account: accounts[n%len(accounts)], Date: "21.11.2026", NonPublic: n%3 > 0, Code: code, Seed: seed})
	return path, code
}

var (
	names    = []string{"Anna Müller", "Dr. Katharina Müller-Lüdenscheidt", "Ömer Yılmaz", "Jörg von der Heide"}
	accounts = []string{"anna.mueller@demo.example", "k.mueller-luedenscheidt@stadt.example", "o.yilmaz@rat.example", "heide@demo.example"}
)

// lookUp matches evidence with the copies of all persons.
func lookUp(e trace.Evidence, version council.ID, pages int, text []council.PageText) []trace.Finding {
	digests := map[int]string{}
	for _, p := range text {
		digests[p.Page] = trace.Digest(p.Text)
	}
	m := trace.NewMatcher(e, traceKey)
	for n := range persons {
		r := council.Receipt{Person: person(n), Version: version}
		r.Code = trace.Code(trace.Seed(traceKey, r.Person, version), 0)
		m.Take(trace.Copy{Receipt: r, Pages: pages, Digests: func() map[int]string { return digests }})
	}
	return m.Findings()
}

func readMarks(t testing.TB, tracing *pipeline.Tracing, path string) trace.Evidence {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	e, err := tracing.Read(context.Background(), f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Check(); err != nil {
		t.Error(err)
	}
	return e
}

// What somebody may do with a file before passing it on, with real tools: the ways that still lead to the person.
func TestACopyIsTracedAfter(t *testing.T) {
	if _, err := exec.LookPath("qpdf"); err != nil {
		t.Skip("qpdf is not installed: no files can be changed")
	}
	b := open(t)
	tracing := &pipeline.Tracing{Pipeline: b.Pipeline}
	const pages, who = 9, 42
	version := council.ID("00000000-0000-7000-8000-999999999999")
	for _, mode := range []council.PreparationMode{council.Standard, council.Interleaved} {
		r := b.processAs(t, pdftest.Report(pages), mode)
		if r.Refused != "" {
			t.Fatal(r.Refused)
		}
		own, _ := b.copyOf(t, r.Prepared, version, who)
		shifted := 0
		if mode == council.Interleaved {
			shifted = pages
		}
		for _, c := range []struct {
			name string
			do   func(t *testing.T, in, out string)
			ways string // "fingerprint" is expected in the mode interleaved only
		}{
			{"nothing", func(t *testing.T, in, out string) { copyTo(t, in, out) }, "id code fingerprint"},
			{"junk before and after", func(t *testing.T, in, out string) {
				save(t, out, slices.Concat([]byte("From: somebody\r\n\r\n"), load(t, in), []byte("\r\n--end\r\n")))
			}, "id code fingerprint"},
			{"qpdf --qdf", func(t *testing.T, in, out string) {
				tool(t, "qpdf", "--qdf", "--object-streams=disable", in, out)
			}, "code fingerprint"},
			{"other compression, renumbered", func(t *testing.T, in, out string) {
				tool(t, "qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9", in, out)
			}, "code fingerprint"},
			{"linearised", func(t *testing.T, in, out string) { tool(t, "qpdf", "--linearize", in, out) }, "code fingerprint"},
			{"encrypted", func(t *testing.T, in, out string) {
				tool(t, "qpdf", "--encrypt", "", "owner", "256", "--", in, out)
			}, "code fingerprint"},
			{"three pages in another order", func(t *testing.T, in, out string) {
				tool(t, "qpdf", "--empty", "--pages", in, "7,2,5", "--", out)
			}, "code fingerprint"},
			{"in the middle of another file", func(t *testing.T, in, out string) {
				other := filepath.Join(t.TempDir(), "other.pdf")
				save(t, other, pdftest.Report(4))
				tool(t, "qpdf", "--empty", "--pages", other, "1-2", in, "3-6", other, "3-4", "--", out)
			}, "code fingerprint"},
			{"pdfcpu optimize", func(t *testing.T, in, out string) {
				if err := api.OptimizeFile(in, out, nil); err != nil {
					t.Fatal(err)
				}
			}, "code fingerprint"},
			{"all metadata away", func(t *testing.T, in, out string) {
				qdf := out + ".qdf"
				tool(t, "qpdf", "--qdf", "--object-streams=disable", in, qdf)
				text := regexp.MustCompile(`(?m)^  /(Info|ID|Metadata) .*\n`).ReplaceAll(load(t, qdf), nil)
				save(t, qdf, text)
				mended(t, qdf, out)
			}, "code fingerprint"},
			{"the visible mark taken out", func(t *testing.T, in, out string) {
				qdf := out + ".qdf"
				tool(t, "qpdf", "--qdf", "--object-streams=disable", in, qdf)
				text := regexp.MustCompile(`/W[0-9a-f]{8} Do`).ReplaceAllLiteral(load(t, qdf), nil)
				text = regexp.MustCompile(`(?s)0\.35 g 1 G.*?endstream`).ReplaceAllLiteral(text, []byte("endstream"))
				if bytes.Contains(text, []byte("0.35 g 1 G")) {
					t.Fatal("the mark is still there")
				}
				save(t, qdf, text)
				mended(t, qdf, out)
			}, "fingerprint"},
			{"the mark out, one page alone", func(t *testing.T, in, out string) {
				qdf := out + ".qdf"
				tool(t, "qpdf", "--qdf", "--object-streams=disable", "--pages", in, "6", "--", in, qdf)
				text := regexp.MustCompile(`(?s)0\.35 g 1 G.*?endstream`).ReplaceAllLiteral(load(t, qdf), []byte("endstream"))
				save(t, qdf, text)
				mended(t, qdf, out)
			}, "fingerprint"},
		} {
			t.Run(string(mode)+"/"+c.name, func(t *testing.T) {
				out := filepath.Join(t.TempDir(), "found.pdf")
				c.do(t, own, out)
				e := readMarks(t, tracing, out)
				found := lookUp(e, version, shifted, r.Text)
				want := strings.Fields(c.ways)
				if mode == council.Standard {
					want = slices.DeleteFunc(want, func(w string) bool { return w == "fingerprint" })
				}
				if len(want) == 0 {
					if len(found) > 0 {
						t.Errorf("found %+v", found)
					}
					return
				}
				if len(found) != 1 || found[0].Receipt.Person != person(who) {
					t.Fatalf("found %+v in %+v", found, e)
				}
				slices.Sort(want)
				slices.Sort(found[0].Ways)
				if !slices.Equal(found[0].Ways, want) || found[0].Chance > 1e-3 {
					t.Errorf("by %v (chance %.2g, %d pages), want %v", found[0].Ways, found[0].Chance, found[0].Pages, want)
				}
			})
		}
	}
}

// A file of nobody's leads to nobody, and broken ones end well.
func TestNothingIsTracedInForeignFiles(t *testing.T) {
	b := open(t)
	tracing := &pipeline.Tracing{Pipeline: b.Pipeline}
	files := map[string][]byte{"report": pdftest.Report(3), "empty": nil, "text": []byte("Guten Tag"), "picture that is none": []byte("\xff\xd8\xff no picture"),
		"torn": pdftest.Report(3)[:3000]}
	for _, h := range pdftest.HostileFiles() {
		files["hostile: "+h.Name] = h.Bytes()
	}
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			e := readMarks(t, tracing, write(t, content))
			if found := lookUp(e, "00000000-0000-7000-8000-999999999999", 50, nil); len(found) != 0 || len(e.Codes) > 0 {
				t.Errorf("found %+v in %+v", found, e)
			}
		})
	}
}

func load(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func save(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func copyTo(t testing.TB, in, out string) { save(t, out, load(t, in)) }

// mended lets qpdf bring an edited file into order again; it warns of what it finds.
func mended(t testing.TB, in, out string) {
	t.Helper()
	if said, err := exec.Command("qpdf", in, out).CombinedOutput(); err != nil && !strings.Contains(string(said), "operation succeeded with warnings") {
		t.Fatalf("qpdf: %v: %s", err, said)
	}
}
