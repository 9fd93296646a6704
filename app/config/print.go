package config

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode"
)

// Setting is one documented line of the configuration.
type Setting struct {
	Env, Flag, Default, Value, Help string
}

// Settings lists every setting in the struct's order. Secrets show only whether they are set.
func Settings(c Config) []Setting {
	var out []Setting
	v := reflect.ValueOf(c)
	for _, f := range reflect.VisibleFields(v.Type()) {
		env, ok := f.Tag.Lookup("env")
		if !ok {
			continue
		}
		value := fmt.Sprint(v.FieldByIndex(f.Index).Interface())
		if f.Type.Kind() == reflect.Slice {
			value = strings.Join(v.FieldByIndex(f.Index).Interface().([]string), ",")
		}
		if _, secret := f.Tag.Lookup("secret"); secret && value != "" {
			value = "(set)"
		}
		out = append(out, Setting{Env: env, Flag: "--" + flagName(f.Name), Default: f.Tag.Get("default"), Value: value, Help: f.Tag.Get("help")})
	}
	return out
}

// Print writes the settings with their present values, for people.
func Print(w io.Writer, c Config) error {
	for _, s := range Settings(c) {
		def := s.Default
		if def == "" {
			def = "empty"
		}
		if _, err := fmt.Fprintf(w, "%s (%s), default: %s\n    now: %s\n    %s\n\n", s.Env, s.Flag, def, s.Value, s.Help); err != nil {
			return err
		}
	}
	return nil
}

// flagName writes a field's name as the command line has it: PublicURL is public-url.
func flagName(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
