package oparl_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemas are the official files of OParl 1.1, made strict: the home-made keyword "schema" becomes "$ref", so that embedded
// objects are looked into, and "format: url" becomes the known "uri".
func schemas(t testing.TB) map[string]*jsonschema.Schema {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", "oparl", "schema", "1.1")
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("the official OParl schema files are not here")
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var schema any
		if err := json.Unmarshal(raw, &schema); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := compiler.AddResource("https://schema.test/"+filepath.Base(file), strict(schema)); err != nil {
			t.Fatal(err)
		}
	}
	out := map[string]*jsonschema.Schema{}
	for _, file := range files {
		name := filepath.Base(file)
		if out[strings.TrimSuffix(name, ".json")], err = compiler.Compile("https://schema.test/" + name); err != nil {
			t.Fatal(err)
		}
	}
	if len(out) != 12 {
		t.Fatalf("%d types, want 12", len(out))
	}
	return out
}

func strict(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if name, ok := v["schema"].(string); ok && v["type"] == "object" {
			return map[string]any{"$ref": "https://schema.test/" + name}
		}
		if v["references"] == "externalList" { // a URL; "items" describes what the list holds
			delete(v, "items")
		}
		if v["format"] == "url" {
			v["format"] = "uri"
		}
		for k, x := range v {
			v[k] = strict(x)
		}
	case []any:
		for i, x := range v {
			v[i] = strict(x)
		}
	}
	return v
}

// properties are the names that the schema knows.
func properties(s *jsonschema.Schema) map[string]bool {
	out := map[string]bool{}
	for name := range s.Properties {
		out[name] = true
	}
	return out
}
