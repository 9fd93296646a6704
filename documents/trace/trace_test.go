package trace_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"slices"
	"strings"
	"testing"

	"ris/app/council"
	"ris/documents/copies"
	"ris/documents/trace"
)

var key = bytes.Repeat([]byte{7}, trace.KeyBytes)

func id(n int) council.ID {
	return council.ID("00000000-0000-7000-8000-" + strings.Repeat("0", 9) + string([]byte{'0' + byte(n/100%10), '0' + byte(n/10%10), '0' + byte(n%10)}))
}

// The ledger keeps codes for years: how they are derived must never change.
func TestCodesStay(t *testing.T) {
	seed := trace.Seed(key, id(1), id(2))
	if c := trace.Code(seed, 0); c != "NDRV-JF7Y" {
		t.Errorf("code %s", c)
	}
	if got := copies.FileID([32]byte{1, 2, 3}); got != "7c1d4960a9e01100db9abed01b021dd0" {
		t.Errorf("id %s", got)
	}
	if x, y := copies.Shift([32]byte{1, 2, 3}, 1); x != -156 || y != 153 {
		t.Errorf("shift %d %d", x, y)
	}
	seen := map[string]bool{}
	for n := range 200 {
		c := trace.Code(seed, n)
		if trace.Spelled(c) != c || seen[c] {
			t.Fatalf("choice %d is %q", n, c)
		}
		seen[c] = true
	}
	if trace.Seed(key, id(1), id(2)) == trace.Seed(key, id(2), id(1)) || trace.Seed(key, id(1), id(2)) == trace.Seed([]byte("another key"), id(1), id(2)) {
		t.Error("seeds of different copies are alike")
	}
}

func TestFindCodes(t *testing.T) {
	for text, want := range map[string]string{
		"Anna Müller\na@x.example · 21.11.2026 · 7K3M-Q9XA": "7K3M-Q9XA",
		"7k3m – q9xa":                 "7K3M-Q9XA",
		"code 7K3M—Q9XA.":             "7K3M-Q9XA",
		"7K3MI-Q9XA":                  "",
		"GCEH-WCI1S":                  "GCEH-WC1S", // a 1 read twice
		"AAAAA-BBBB":                  "AAAA-BBBB",
		"7K3MIX-Q9XA":                 "",
		"OIL$-UUUU":                   "011S-VVVV",
		"7K3M Q9XA":                   "",
		"Drucksache ABCD-EFGH und IJ": "ABCD-EFGH",
		"AB-CDEF":                     "",
		"AAAA-BBBB CCCC-DDDD":         "AAAA-BBBB CCCC-DDDD",
	} {
		if got := strings.Join(trace.FindCodes(text), " "); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// A mark's drawing is read back letter for letter, also after a program has written its operators in another way.
func TestReadDrawing(t *testing.T) {
	lines := []string{"NICHT ÖFFENTLICH", "Şahin Łukasz Öztürk-Müller", "s.oe@stadt.example · 21.11.2026 · 7K3M-Q9XA"}
	z, err := zlib.NewReader(bytes.NewReader(copies.Form(lines)))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if got := trace.ReadDrawing(content); !slices.Equal(got, lines) {
		t.Errorf("read %q", got)
	}
	other := bytes.ReplaceAll(content, []byte("\n"), []byte(" \r\n "))
	other = append([]byte("/GS0 gs BT /F1 12 Tf (m l c) Tj ET 10 10 m 20 20 l S\n"), other...)
	if got := trace.ReadDrawing(other); !slices.Equal(got, lines) {
		t.Errorf("written otherwise: %q", got)
	}
	if got := trace.ReadDrawing([]byte("BT (7K3M-Q9XA) Tj ET 1 0 0 1 5 0 cm 10 10 m 90 90 l S")); len(got) != 0 {
		t.Errorf("a drawing that is no mark: %q", got)
	}
}

func TestReadShift(t *testing.T) {
	for content, want := range map[string][2]int{
		"q 1 0 0 1 +0.0123 -0.0321 cm\nq 1 0 0 1 5 5 cm": {123, -321},
		"%Pabc\nq\nq\n1 0 0 1 .0123 -.0321 cm":           {123, -321},
		"q 0.1 0 0 0.1 0 0 cm":                           {},
		"q 1 0 0 1 72 720 cm":                            {},
		"q 1 0 0 1 +0.0000 +0.0000 cm":                   {},
		"BT 1 0 0 1 0.01 0.02 cm":                        {},
		"":                                               {},
	} {
		if x, y, ok := trace.ReadShift([]byte(content)); [2]int{x, y} != want || ok != (want != [2]int{}) {
			t.Errorf("%q gives %d %d %v", content, x, y, ok)
		}
	}
}

// ledger is 60 persons with one copy each of a version of 30 pages.
func ledger() (out []trace.Copy) {
	for n := range 60 {
		r := council.Receipt{Person: id(n), Version: id(500)}
		r.Code = trace.Code(trace.Seed(key, r.Person, r.Version), 0)
		out = append(out, trace.Copy{Receipt: r, Pages: 30})
	}
	return out
}

func match(e trace.Evidence, digests map[int]string) []trace.Finding {
	m := trace.NewMatcher(e, key)
	for _, c := range ledger() {
		c.Digests = func() map[int]string { return digests }
		m.Take(c)
	}
	return m.Findings()
}

func TestMatch(t *testing.T) {
	who := ledger()[42]
	seed := trace.Seed(key, who.Person, who.Version)
	moved := func(file, page int, text string) trace.Moved {
		x, y := copies.Shift(seed, page)
		return trace.Moved{Page: file, X: x, Y: y, Text: text}
	}
	digest := trace.Digest("Die Stadt baut ein neues Haus für alle")
	wrong := []byte(who.Code)
	if wrong[2] = 'E'; who.Code[2] == 'E' {
		wrong[2] = 'P'
	}
	for name, c := range map[string]struct {
		e       trace.Evidence
		digests map[int]string
		ways    string
		below   float64
	}{
		"id":                  {e: trace.Evidence{IDs: []string{strings.Repeat("0", 32), copies.FileID(seed)}}, ways: "id", below: 1e-30},
		"drawn code":          {e: trace.Evidence{Codes: []trace.ReadCode{{Text: who.Code, Drawn: true}}}, ways: "code", below: 1e-9},
		"picture":             {e: trace.Evidence{Codes: []trace.ReadCode{{Text: "21NV-2026"}, {Text: who.Code}}}, ways: "picture", below: 1e-9},
		"one letter wrong":    {e: trace.Evidence{Codes: []trace.ReadCode{{Text: string(wrong)}}}, ways: "picture", below: 1e-4},
		"no drawing errs":     {e: trace.Evidence{Codes: []trace.ReadCode{{Text: string(wrong), Drawn: true}}}},
		"two pages":           {e: trace.Evidence{Shifts: []trace.Moved{moved(1, 30, ""), moved(2, 7, "")}}, ways: "fingerprint", below: 1e-6},
		"one page of 30":      {e: trace.Evidence{Shifts: []trace.Moved{moved(1, 7, "")}}},
		"one page, its text":  {e: trace.Evidence{Shifts: []trace.Moved{moved(1, 7, digest)}}, digests: map[int]string{7: digest}, ways: "fingerprint", below: 1e-3},
		"another page's text": {e: trace.Evidence{Shifts: []trace.Moved{moved(1, 7, digest)}}, digests: map[int]string{8: digest}},
		"nothing":             {},
		"somebody else's":     {e: trace.Evidence{Shifts: []trace.Moved{{Page: 1, X: 1, Y: 1}, {Page: 2, X: 400, Y: -400}}, IDs: []string{strings.Repeat("a", 32)}}},
		"all ways": {e: trace.Evidence{IDs: []string{copies.FileID(seed)}, Codes: []trace.ReadCode{{Text: who.Code, Drawn: true}},
			Shifts: []trace.Moved{moved(1, 3, ""), moved(2, 4, "")}}, ways: "id code fingerprint", below: 1e-30},
	} {
		t.Run(name, func(t *testing.T) {
			found := match(c.e, c.digests)
			if c.ways == "" {
				if len(found) != 0 {
					t.Fatalf("found %+v", found)
				}
				return
			}
			if len(found) != 1 || found[0].Receipt.Person != who.Person || strings.Join(found[0].Ways, " ") != c.ways || found[0].Chance > c.below {
				t.Fatalf("found %+v", found)
			}
		})
	}
}

// Two copies with codes one letter away from what was read: neither is named.
func TestAWrongLetterMustBeUnique(t *testing.T) {
	m := trace.NewMatcher(trace.Evidence{Codes: []trace.ReadCode{{Text: "7K3M-Q9XA"}}}, key)
	for n, code := range []string{"7K3M-Q9XB", "7K3M-Q9XC", "0000-0000"} {
		m.Take(trace.Copy{Receipt: council.Receipt{Person: id(n), Version: id(9), Code: code}})
	}
	if found := m.Findings(); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
}

func TestEvidenceOfAChildIsChecked(t *testing.T) {
	good := trace.Evidence{Kind: trace.KindPDF, IDs: []string{strings.Repeat("a", 32)}, Codes: []trace.ReadCode{{Text: "7K3M-Q9XA"}}}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, e := range map[string]trace.Evidence{
		"kind": {}, "id": {Kind: trace.KindPDF, IDs: []string{"<script>"}}, "code": {Kind: trace.KindPDF, Codes: []trace.ReadCode{{Text: "<b>"}}},
		"digest": {Kind: trace.KindPDF, Shifts: []trace.Moved{{Text: "x"}}}, "many": {Kind: trace.KindPDF, IDs: make([]string, 1000)},
	} {
		if e.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
