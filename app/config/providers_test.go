package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const twoProviders = `{"providers":[
 {"name":"rat","title":{"de":"Ratsmitglieder"},"issuer":"https://rat.example","clientId":"ris","clientSecretFile":"rat.secret"},
 {"name":"verwaltung","issuer":"https://verwaltung.example","clientId":"ris","clientSecret":"s","groupsClaim":"groups","onlyGroups":true,
  "groups":[{"group":"RIS-Sitzungsdienst","kind":"clerk","bodies":["Stadt"]},{"group":"RIS-Gast","kind":"guest"}]}]}`

func providersOf(t *testing.T, text string) ([]Provider, error) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "oidc.json")
	for name, content := range map[string]string{file: text, filepath.Join(folder, "rat.secret"): "geheim\n"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Config{ProvidersFile: file}.Providers()
}

func TestSeveralProviders(t *testing.T) {
	list, err := providersOf(t, twoProviders)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].ClientSecret != "geheim" || list[0].Title["de"] != "Ratsmitglieder" || list[1].Groups[0].Bodies[0] != "Stadt" || !list[1].OnlyGroups {
		t.Errorf("%+v", list)
	}
	for name, change := range map[string][2]string{
		"unknown field":      {`"onlyGroups"`, `"onlyGroup"`},
		"unknown kind":       {`"kind":"guest"`, `"kind":"admin"`},
		"no claim":           {`"groupsClaim":"groups",`, ``},
		"no name":            {`"name":"rat",`, ``},
		"no secret":          {`"clientSecret":"s",`, ``},
		"secret file absent": {`rat.secret`, `none.secret`},
		"no issuer":          {`"issuer":"https://rat.example",`, ``},
		"empty list":         {twoProviders, `{"providers":[]}`},
		"no JSON":            {twoProviders, `providers:`},
	} {
		if _, err := providersOf(t, strings.Replace(twoProviders, change[0], change[1], 1)); err == nil || !strings.Contains(err.Error(), "RIS_OIDC_FILE") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (Config{ProvidersFile: "x", Issuer: "https://a"}).Providers(); err == nil {
		t.Error("both ways were taken")
	}
	if one, err := (Config{Issuer: "https://a", ClientID: "ris"}).Providers(); err != nil || len(one) != 1 || one[0].Name != "" {
		t.Errorf("one provider by environment: %+v %v", one, err)
	}
	if none, err := (Config{}).Providers(); err != nil || none != nil {
		t.Errorf("none: %+v %v", none, err)
	}
}
