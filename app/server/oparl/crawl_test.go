package oparl_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"ris/app/council"
	"ris/app/publication/publicationtest"
)

var dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$`)

// lists names the properties that are URLs of external lists.
var lists = map[string][]string{
	"System": {"body"},
	"Body": {
		"organization", "person", "meeting", "paper", "agendaItem", "consultation", "file", "membership", "locationList", "legislativeTermList",
	},
	"Organization": {"meeting", "consultation"},
}

// crawler follows everything that is sent.
type crawler struct {
	*site
	schemas map[string]*jsonschema.Schema
	objects map[string]map[string]any // by id, as fetched alone
	listed  map[string]bool           // ids met in a list
	counts  map[string]int            // by type
	bytes   strings.Builder
}

// Everything that can be reached from the entry point is there, valid and complete; nothing else is.
func TestCrawl(t *testing.T) {
	c := &crawler{site: newSite(t), schemas: schemas(t), objects: map[string]map[string]any{}, listed: map[string]bool{}, counts: map[string]int{}}
	c.visit(base + "/oparl/system")
	for _, want := range []string{
		"System", "Body", "LegislativeTerm", "Organization", "Person", "Membership", "Meeting", "AgendaItem", "Paper", "Consultation", "File", "Location",
	} {
		if c.counts[want] == 0 {
			t.Errorf("no %s was found", want)
		}
	}
	for id, o := range c.objects {
		if !c.listed[id] && !strings.HasSuffix(id, "/system") {
			t.Errorf("%s is in no list", id)
		}
		if o["deleted"] != nil {
			t.Errorf("%s: a tombstone is linked", id)
		}
	}
	all := c.bytes.String()
	if strings.Contains(all, publicationtest.Secret) {
		t.Error("a secret is in the answers")
	}
	s := c.story
	for _, id := range []council.ID{s.Hidden, s.SecretPaper, s.HiddenFile, s.Private, s.Draft, s.Unsent, s.UnsentFile, s.Clerk.ID} {
		if strings.Contains(all, string(id)) {
			t.Errorf("the id %s of an object that is not public is in the answers", id)
		}
		for kind := range map[string]bool{"meeting": true, "agenda-item": true, "paper": true, "file": true, "person": true} {
			if a := c.do("GET", "/oparl/"+kind+"/"+string(id)); a.status != 404 {
				t.Errorf("%s %s: %d", kind, id, a.status)
			}
		}
	}
}

func (c *crawler) visit(url string) {
	if c.objects[url] != nil {
		return
	}
	a := c.do("GET", url)
	head := c.do("HEAD", url)
	if a.status != 200 || head.status != 200 || len(head.body) != 0 || head.header.Get("Etag") != a.header.Get("Etag") ||
		head.header.Get("Content-Length") != a.header.Get("Content-Length") || a.header.Get("Access-Control-Allow-Origin") != "*" {
		c.t.Fatalf("%s: GET %d, HEAD %d %v, %v", url, a.status, head.status, head.header, a.header)
	}
	c.bytes.Write(a.body)
	var o map[string]any
	if err := json.Unmarshal(a.body, &o); err != nil {
		c.t.Fatalf("%s: %v", url, err)
	}
	c.objects[url] = o
	if o["id"] != url {
		c.t.Errorf("%s calls itself %v", url, o["id"])
	}
	kind := c.check(o)
	c.counts[kind]++
	for _, name := range lists[kind] {
		list, ok := o[name].(string)
		if !ok {
			c.t.Fatalf("%s: no list %s", url, name)
		}
		for _, x := range c.list(list) {
			c.check(x)
			id := x["id"].(string)
			c.listed[id] = true
			c.visit(id)
			if !reflect.DeepEqual(c.objects[id], x) {
				c.t.Errorf("%s: in the list %s it is another", id, list)
			}
		}
	}
	c.follow(kind, o, true)
}

// follow visits every own id in the object, and compares embedded objects with what is at their id.
func (c *crawler) follow(kind string, v any, outer bool) {
	switch v := v.(type) {
	case map[string]any:
		if id, ok := v["id"].(string); ok && !outer {
			c.check(v)
			c.visit(id)
			if alone := c.objects[id]; !reflect.DeepEqual(alone, v) {
				c.t.Errorf("embedded %s is another than alone", id)
			}
		}
		skip := map[string]bool{"web": true, "accessUrl": true, "downloadUrl": true}
		for _, l := range lists[kind] {
			skip[l] = outer
		}
		for name, x := range v {
			if !skip[name] {
				c.follow(kind, x, false)
			}
		}
	case []any:
		for _, x := range v {
			c.follow(kind, x, false)
		}
	case string:
		if strings.HasPrefix(v, base+"/oparl/") {
			if strings.Contains(strings.TrimPrefix(v, base+"/oparl/"), "?") || strings.Count(v, "/") > 5 {
				return // a list of an embedded object: visited from the object itself
			}
			c.visit(v)
		}
	}
}

// check holds an object against the schema and what the schema does not say; it returns the name of the type.
func (c *crawler) check(o map[string]any) string {
	url, _ := o["type"].(string)
	kind := strings.TrimPrefix(url, "https://schema.oparl.org/1.1/")
	schema := c.schemas[kind]
	if schema == nil {
		c.t.Fatalf("unknown type %q in %v", url, o)
	}
	if err := schema.Validate(o); err != nil {
		c.t.Errorf("%v: %v", o["id"], err)
	}
	known := properties(schema)
	for name, v := range o {
		if !known[name] && !strings.Contains(name, ":") {
			c.t.Errorf("%v: unknown property %s", o["id"], name)
		}
		if list, ok := v.([]any); v == nil || v == "" || ok && len(list) == 0 && name != "legislativeTerm" {
			c.t.Errorf("%v: %s is empty", o["id"], name)
		}
		if text, ok := v.(string); ok {
			format := schema.Properties[name]
			if format != nil && format.Format != nil && format.Format.Name == "date-time" && !dateTime.MatchString(text) {
				c.t.Errorf("%v: %s = %s", o["id"], name, text)
			}
		}
	}
	for _, name := range []string{"created", "modified"} {
		if text, _ := o[name].(string); !dateTime.MatchString(text) {
			c.t.Errorf("%v: %s = %v", o["id"], name, o[name])
		}
	}
	if kind == "Body" {
		for _, name := range lists["Body"] {
			if _, ok := o[name].(string); !ok {
				c.t.Errorf("%v: the list %s is missing", o["id"], name)
			}
		}
	}
	return kind
}
