package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/dexidp/dex/storage"
)

// LDAP is a directory whose persons sign in with their own password (RFC 4513 simple bind). The account that searches needs to read the
// attributes named here and nothing else.
type LDAP struct {
	// Address is ldaps://host[:636], or ldap://host[:389] with StartTLS. Without either the password would go over the net in the clear,
	// so that is refused but for this machine itself.
	Address  string `json:"address"`
	StartTLS bool   `json:"startTLS,omitempty"`
	// CA is the file of the authority that signed the directory's certificate (PEM, relative to this file). Empty: the system's.
	CA string `json:"ca,omitempty"`
	// BindDN and its password: the account that searches. Empty: anonymous search.
	BindDN           string `json:"bindDN,omitempty"`
	BindPassword     string `json:"bindPassword,omitempty"`
	BindPasswordFile string `json:"bindPasswordFile,omitempty"`

	Users  LDAPUsers  `json:"users"`
	Groups LDAPGroups `json:"groups"`
}

// LDAPUsers is where persons are found. The defaults are those of inetOrgPerson; for Active Directory see the documentation page.
type LDAPUsers struct {
	Base   string   `json:"base"`
	Filter string   `json:"filter,omitempty"` // default (objectClass=person)
	Login  []string `json:"login,omitempty"`  // attributes that the typed name may be; default mail, uid
	ID     string   `json:"id,omitempty"`     // never changes and is never given to somebody else; default entryUUID
	Mail   string   `json:"mail,omitempty"`   // default mail
	Name   string   `json:"name,omitempty"`   // default cn
}

// LDAPGroups is where groups are found; without a Base there are none.
type LDAPGroups struct {
	Base   string `json:"base,omitempty"`
	Filter string `json:"filter,omitempty"` // default (objectClass=groupOfNames)
	Member string `json:"member,omitempty"` // the group's attribute that names a person; default member
	Person string `json:"person,omitempty"` // the person's attribute that stands there; default DN
	Name   string `json:"name,omitempty"`   // default cn
	// Within also counts groups that are members of groups, by this attribute of a group (usually "member").
	Within string `json:"within,omitempty"`
}

// ldapConnector is the id of the directory among Dex's connectors; it stands in addresses.
const ldapConnector = "ldap"

func (l *LDAP) check() error {
	u, err := url.Parse(l.Address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "ldaps" && u.Scheme != "ldap" || strings.Trim(u.Path, "/") != "":
		return fmt.Errorf("address %q: want ldaps://host[:port] or ldap://host[:port]", l.Address)
	case u.Scheme == "ldaps" && l.StartTLS:
		return errors.New("startTLS belongs to ldap://, not to ldaps://")
	case u.Scheme == "ldap" && !l.StartTLS && !loopback(u.Hostname()):
		return errors.New("ldap:// without startTLS would send passwords in the clear: use ldaps:// or startTLS")
	case l.Users.Base == "":
		return errors.New("users.base is missing, e.g. ou=people,dc=stadt,dc=example")
	case l.BindPassword != "" && l.BindPasswordFile != "":
		return errors.New("give bindPassword or bindPasswordFile, not both")
	case (l.BindDN == "") != (l.BindPassword == "" && l.BindPasswordFile == ""):
		return errors.New("bindDN and its password belong together")
	}
	return nil
}

// connector is the directory as Dex wants it.
func (l *LDAP) connector(folder string) (storage.Connector, error) {
	u, _ := url.Parse(l.Address) // checked
	port := u.Port()
	if port == "" {
		port = map[string]string{"ldaps": "636", "ldap": "389"}[u.Scheme]
	}
	password := l.BindPassword
	if l.BindPasswordFile != "" {
		raw, err := os.ReadFile(beside(folder, l.BindPasswordFile))
		if err != nil {
			return storage.Connector{}, fmt.Errorf("ldap: bindPasswordFile: %w", err)
		}
		password = strings.TrimSpace(string(raw))
	}
	or := func(s, otherwise string) string {
		if s == "" {
			return otherwise
		}
		return s
	}
	login := l.Users.Login
	if len(login) == 0 {
		login = []string{"mail", "uid"}
	}
	config := map[string]any{
		"host": net.JoinHostPort(u.Hostname(), port), "insecureNoSSL": u.Scheme == "ldap" && !l.StartTLS, "startTLS": l.StartTLS,
		"bindDN": l.BindDN, "bindPW": password, "usernamePrompt": "Benutzername oder E-Mail-Adresse",
		"userSearch": map[string]any{"baseDN": l.Users.Base, "filter": or(l.Users.Filter, "(objectClass=person)"), "username": login,
			"idAttr": or(l.Users.ID, "entryUUID"), "emailAttr": or(l.Users.Mail, "mail"), "nameAttr": or(l.Users.Name, "cn")},
	}
	if l.CA != "" {
		config["rootCA"] = beside(folder, l.CA)
	}
	if l.Groups.Base != "" {
		member := map[string]any{"userAttr": or(l.Groups.Person, "DN"), "groupAttr": or(l.Groups.Member, "member")}
		if l.Groups.Within != "" {
			member["recursionGroupAttr"] = l.Groups.Within
		}
		config["groupSearch"] = map[string]any{"baseDN": l.Groups.Base, "filter": or(l.Groups.Filter, "(objectClass=groupOfNames)"),
			"userMatchers": []any{member}, "nameAttr": or(l.Groups.Name, "cn")}
	}
	raw, err := json.Marshal(config)
	return storage.Connector{ID: ldapConnector, Type: "ldap", Name: "LDAP", Config: raw}, err
}

func beside(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
