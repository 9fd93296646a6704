package mdm_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"ris/app/mdm"
)

var town = mdm.Profile{PublicURL: "https://ris.stadt.example", Body: "0198d4a0-0000-7000-8000-000000000001", BodyName: `Stadt <Groß> & "Klein"`, Name: "Rat & Tat"}

// parsed reads the property list with a parser of another author (Python's plistlib); without Python the test says so.
func parsed(t *testing.T, profile []byte) map[string]any {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("NOT RUN: python3 is missing, so no foreign parser has read the profile")
	}
	run := exec.Command("python3", "-c", `import sys,plistlib,json,base64
print(json.dumps(plistlib.loads(sys.stdin.buffer.read()), default=lambda b: base64.b64encode(b).decode()))`)
	run.Stdin = bytes.NewReader(profile)
	out, err := run.Output()
	if err != nil {
		t.Fatalf("no property list: %v\n%s", err, profile)
	}
	var m map[string]any
	if err := json.Unmarshal(out, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The keys are those that Apple documents for "TopLevel" and "WebClip" (Device Management, profile-specific payload keys), with their
// types; nothing else stands in the profile.
func TestTheProfileIsWhatAppleDescribes(t *testing.T) {
	data, err := town.Make()
	if err != nil {
		t.Fatal(err)
	}
	m := parsed(t, data)
	check(t, m, map[string]string{"PayloadType": "string", "PayloadVersion": "number", "PayloadIdentifier": "string", "PayloadUUID": "string", "PayloadDisplayName": "string",
		"PayloadOrganization": "string", "PayloadDescription": "string", "PayloadScope": "string", "PayloadContent": "array"})
	content := m["PayloadContent"].([]any)
	if m["PayloadType"] != "Configuration" || m["PayloadVersion"] != 1.0 || len(content) != 1 {
		t.Fatalf("%v", m)
	}
	clip := content[0].(map[string]any)
	check(t, clip, map[string]string{"PayloadType": "string", "PayloadVersion": "number", "PayloadIdentifier": "string", "PayloadUUID": "string", "PayloadDisplayName": "string",
		"URL": "string", "Label": "string", "Icon": "string", "FullScreen": "bool", "IsRemovable": "bool", "Precomposed": "bool", "IgnoreManifestScope": "bool"})
	if clip["PayloadType"] != "com.apple.webClip.managed" || clip["FullScreen"] != true || clip["IsRemovable"] != false || clip["Label"] != "Rat & Tat" ||
		clip["URL"] != "https://ris.stadt.example/app/?body="+town.Body || m["PayloadOrganization"] != town.BodyName {
		t.Errorf("%v", clip)
	}
	uuid := regexp.MustCompile(`^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$`)
	if a, b := m["PayloadUUID"].(string), clip["PayloadUUID"].(string); !uuid.MatchString(a) || !uuid.MatchString(b) || a == b {
		t.Errorf("UUIDs %s %s", a, b)
	}
	if !strings.HasPrefix(clip["PayloadIdentifier"].(string), m["PayloadIdentifier"].(string)+".") {
		t.Errorf("identifiers %v %v", m["PayloadIdentifier"], clip["PayloadIdentifier"])
	}
	raw, err := base64.StdEncoding.DecodeString(clip["Icon"].(string))
	if err != nil {
		t.Fatal(err)
	}
	if icon, err := png.Decode(bytes.NewReader(raw)); err != nil || icon.Bounds().Dx() != 180 || icon.Bounds().Dy() != 180 {
		t.Errorf("icon: %v", err)
	}
	if err := xml.Unmarshal(data, new(struct{ XMLName xml.Name })); err != nil {
		t.Errorf("no XML: %v", err)
	}
}

func check(t *testing.T, m map[string]any, keys map[string]string) {
	t.Helper()
	for k, v := range m {
		kind := "?"
		switch v.(type) {
		case string:
			kind = "string"
		case float64:
			kind = "number"
		case bool:
			kind = "bool"
		case []any:
			kind = "array"
		}
		if keys[k] != kind {
			t.Errorf("%s is a %s, want %q", k, kind, keys[k])
		}
	}
	for k := range keys {
		if _, ok := m[k]; !ok {
			t.Errorf("%s is missing", k)
		}
	}
}

// The same Body gives the same profile, so that a new one replaces the old; another Body or host gives another.
func TestTheProfileReplacesItself(t *testing.T) {
	ids := func(p mdm.Profile) string {
		data, err := p.Make()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(regexp.MustCompile(`(?s)<key>Payload(?:UUID|Identifier)</key>\s*<string>[^<]*`).FindAllString(string(data), -1), "\n")
	}
	renamed, other, host := town, town, town
	renamed.Name, renamed.BodyName, other.Body, host.PublicURL = "Neu", "Neu", "0198d4a0-0000-7000-8000-000000000002", "https://ris.amt.example"
	if ids(town) != ids(renamed) || ids(town) == ids(other) || ids(town) == ids(host) {
		t.Error("identifiers do not follow host and Body")
	}
}

func TestWhatCannotBe(t *testing.T) {
	for _, u := range []string{"", "http://ris.stadt.example", "ftp://ris.stadt.example", "https://", "https://ris.stadt.example/x", "ris.stadt.example"} {
		p := town
		if p.PublicURL = u; !errIs(p, mdm.ErrURL) {
			t.Errorf("%q is taken", u)
		}
	}
	for _, n := range []string{" ", "a\x00b", "a\nb", strings.Repeat("x", 31), "\xff"} {
		p := town
		if p.Name = n; !errIs(p, mdm.ErrName) {
			t.Errorf("%q is taken", n)
		}
	}
	if p := (mdm.Profile{PublicURL: "http://127.0.0.1:8080"}); errIs(p, mdm.ErrURL) || p.FileName() != "ris.mobileconfig" {
		t.Error("a demo cannot be tried out")
	}
	if got := town.FileName(); got != "ris-stadt-gross--klein.mobileconfig" {
		t.Errorf("file name %q", got)
	}
}

func errIs(p mdm.Profile, want error) bool { _, err := p.Make(); return err == want }
