package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const directory = `dn: dc=stadt,dc=example
objectClass: dcObject
objectClass: organization
dc: stadt
o: Stadt

dn: ou=people,dc=stadt,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=stadt,dc=example
objectClass: organizationalUnit
ou: groups

dn: uid=search,dc=stadt,dc=example
objectClass: account
objectClass: simpleSecurityObject
uid: search
userPassword: searching

dn: uid=erika,ou=people,dc=stadt,dc=example
objectClass: inetOrgPerson
uid: erika
cn: Erika Beispiel
sn: Beispiel
mail: erika@stadt.example
userPassword: geheim-erika

dn: uid=max,ou=people,dc=stadt,dc=example
objectClass: inetOrgPerson
uid: max
cn: Max Muster
sn: Muster
mail: max@stadt.example
userPassword: geheim-max

dn: cn=RIS-Sitzungsdienst,ou=groups,dc=stadt,dc=example
objectClass: groupOfNames
cn: RIS-Sitzungsdienst
member: uid=erika,ou=people,dc=stadt,dc=example

dn: cn=RIS-Alle,ou=groups,dc=stadt,dc=example
objectClass: groupOfNames
cn: RIS-Alle
member: cn=RIS-Sitzungsdienst,ou=groups,dc=stadt,dc=example
member: uid=max,ou=people,dc=stadt,dc=example
`

// slapd starts a real LDAP server with TLS on loopback; the test is skipped where Debian's slapd is not installed.
func slapd(t *testing.T) (address, ca string) {
	t.Helper()
	program := "/usr/sbin/slapd"
	if _, err := os.Stat(program); err != nil {
		t.Skip("slapd is not installed (Debian: slapd); the LDAP bridge is NOT tested")
	}
	folder := t.TempDir()
	ca = certificate(t, folder)
	data := filepath.Join(folder, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(folder, "slapd.conf")
	write(t, conf, fmt.Sprintf(`include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile %[1]s/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile %[1]s/cert.pem
TLSCertificateKeyFile %[1]s/key.pem
database mdb
maxsize 16777216
suffix "dc=stadt,dc=example"
rootdn "cn=admin,dc=stadt,dc=example"
rootpw unused-here
directory %[2]s
access to attrs=userPassword by anonymous auth by * none
access to * by dn="uid=search,dc=stadt,dc=example" read by * none
`, folder, data))
	ldif := filepath.Join(folder, "town.ldif")
	write(t, ldif, directory)
	if out, err := exec.Command("/usr/sbin/slapadd", "-f", conf, "-l", ldif).CombinedOutput(); err != nil {
		t.Fatalf("slapadd: %v\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	_ = l.Close()
	var said bytes.Buffer
	cmd := exec.Command(program, "-f", conf, "-h", fmt.Sprintf("ldaps://127.0.0.1:%d", port), "-d", "0")
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for range 100 {
		if c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			_ = c.Close()
			return fmt.Sprintf("ldaps://127.0.0.1:%d", port), ca
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("slapd does not answer: %s", said.String())
	return "", ""
}

// certificate makes a self-signed one for 127.0.0.1 in the folder, and gives its file.
func certificate(t *testing.T, folder string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true,
		BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "key.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	write(t, filepath.Join(folder, "cert.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	return filepath.Join(folder, "cert.pem")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPersonsOfARealLDAPDirectorySignIn(t *testing.T) {
	address, ca := slapd(t)
	folder := t.TempDir()
	c := testConfig(t, folder)
	c.Users, c.Title = nil, "Anmeldung der Stadt"
	c.LDAP = &LDAP{Address: address, CA: ca, BindDN: "uid=search,dc=stadt,dc=example", BindPassword: "searching",
		Users:  LDAPUsers{Base: "ou=people,dc=stadt,dc=example"},
		Groups: LDAPGroups{Base: "ou=groups,dc=stadt,dc=example", Within: "member"}}
	if err := c.check(); err != nil {
		t.Fatal(err)
	}
	s := testProvider(t, c)
	in := func(name, password string) (int, map[string]any) {
		t.Helper()
		res, page := signInAs(t, s.URL, name, password)
		if res.StatusCode/100 != 3 {
			if strings.Contains(page, "Vorführung") {
				t.Error("a real sign-in calls itself a demonstration")
			}
			return res.StatusCode, nil
		}
		back, err := res.Location()
		if err != nil {
			t.Fatal(err)
		}
		status, claims := token(t, s.URL, back.Query().Get("code"), verifier)
		if status != 200 {
			t.Fatalf("token: %d", status)
		}
		return 200, claims
	}
	_, byMail := in("erika@stadt.example", "geheim-erika")
	_, byName := in("erika", "geheim-erika")
	if byMail["sub"] == nil || byMail["sub"] != byName["sub"] || byMail["email"] != "erika@stadt.example" || byMail["email_verified"] != true || byMail["name"] != "Erika Beispiel" {
		t.Errorf("by mail %v, by name %v", byMail, byName)
	}
	if groups := fmt.Sprint(byMail["groups"]); !strings.Contains(groups, "RIS-Sitzungsdienst") || !strings.Contains(groups, "RIS-Alle") {
		t.Errorf("groups, those within groups too: %v", groups)
	}
	if _, max := in("max", "geheim-max"); fmt.Sprint(max["groups"]) != "[RIS-Alle]" || max["sub"] == byMail["sub"] {
		t.Errorf("max: %v", max)
	}
	for what, try := range map[string][2]string{
		"wrong password": {"erika", "falsch"}, "no password (RFC 4513, section 5.1.2)": {"erika", ""}, "unknown": {"niemand", "geheim-erika"},
		"a filter for a name": {"*", "geheim-erika"}, "a filter that closes": {"erika)(uid=*", "geheim-erika"}, "the searching account": {"search", "searching"},
	} {
		if status, claims := in(try[0], try[1]); claims != nil || status < 400 && status != 200 {
			t.Errorf("%s: %d %v", what, status, claims)
		}
	}
}

func TestBadLDAPConfigurationsAreRefused(t *testing.T) {
	good := LDAP{Address: "ldaps://dc.stadt.example", BindDN: "a", BindPassword: "b", Users: LDAPUsers{Base: "ou=people"}}
	if err := good.check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*LDAP){
		"passwords in the clear": func(l *LDAP) { l.Address = "ldap://dc.stadt.example" },
		"no address":             func(l *LDAP) { l.Address = "" },
		"a web address":          func(l *LDAP) { l.Address = "https://dc.stadt.example" },
		"startTLS twice":         func(l *LDAP) { l.StartTLS = true },
		"no base":                func(l *LDAP) { l.Users.Base = "" },
		"no password":            func(l *LDAP) { l.BindPassword = "" },
	} {
		l := good
		change(&l)
		if l.check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestTheDirectoryMayBeDown(t *testing.T) {
	c := testConfig(t, t.TempDir())
	c.Users = nil
	c.LDAP = &LDAP{Address: "ldap://127.0.0.1:1", Users: LDAPUsers{Base: "ou=people"}}
	s := testProvider(t, c)
	if res, page := signInAs(t, s.URL, "erika", "geheim"); res.StatusCode < 400 || strings.Contains(page, "geheim") {
		t.Errorf("%d %s", res.StatusCode, page)
	}
}
