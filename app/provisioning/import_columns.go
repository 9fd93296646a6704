package provisioning

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Column is a column of the file by its German name, as it stands in the template.
type Column string

// The columns. What each means for which line stands in the template's help (import.column.*).
const (
	colArt            Column = "Art"
	colBody           Column = "Körperschaft"
	colName           Column = "Name"
	colShort          Column = "Kurzname"
	colAGS            Column = "AGS"
	colOrgType        Column = "Gremiumart"
	colClassification Column = "Klassifikation"
	colTitle          Column = "Titel"
	colGiven          Column = "Vorname"
	colFamily         Column = "Nachname"
	colGender         Column = "Geschlecht"
	colAccount        Column = "E-Mail"
	colAccess         Column = "Zugang"
	colOrganization   Column = "Gremium"
	colRole           Column = "Funktion"
	colVoting         Column = "Stimmrecht"
	colFaction        Column = "Fraktion"
	colGrant          Column = "Rolle"
	colStart          Column = "Von"
	colEnd            Column = "Bis"
)

// Columns are all, in the order of the template.
var Columns = []Column{colArt, colBody, colName, colShort, colAGS, colOrgType, colClassification, colTitle, colGiven, colFamily, colGender,
	colAccount, colAccess, colOrganization, colRole, colVoting, colFaction, colGrant, colStart, colEnd}

// alike are other headings that offices use for the same, folded.
var alike = map[string]Column{
	"typ": colArt, "zeilenart": colArt, "gemeinde": colBody, "kommune": colBody, "bezeichnung": colName, "kurzbezeichnung": colShort, "kuerzel": colShort,
	"gemeindeschluessel": colAGS, "artdesgremiums": colOrgType, "gremientyp": colOrgType, "akademischertitel": colTitle, "vornamen": colGiven, "rufname": colGiven,
	"familienname": colFamily, "anrede": colGender, "email": colAccount, "emailadresse": colAccount, "mail": colAccount, "konto": colAccount, "benutzername": colAccount,
	"ausschuss": colOrganization, "amt": colRole, "mitgliedschaft": colRole, "stimmberechtigt": colVoting, "partei": colFaction, "gruppe": colFaction,
	"aufgabe": colGrant, "berechtigung": colGrant, "beginn": colStart, "ab": colStart, "startdatum": colStart, "mitgliedseit": colStart,
	"ende": colEnd, "enddatum": colEnd, "ausgeschieden": colEnd,
}

// column finds the column of a heading in any spelling.
func column(heading string) (Column, bool) {
	key := letters(heading)
	for _, c := range Columns {
		if letters(string(c)) == key {
			return c, true
		}
	}
	c, ok := alike[key]
	return c, ok
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// letters is the heading without case, umlauts and everything that is no letter.
func letters(s string) string {
	s = umlauts.Replace(strings.ToLower(norm.NFC.String(s)))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

// fold is a text for comparing: composed, lower case, single spaces.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
}

// tidy is a cell as it is kept: composed, without spaces around it, spaces of all kinds as one; ok = false for control characters.
func tidy(s string) (string, bool) {
	s = norm.NFC.String(s)
	if strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r == unicode.ReplacementChar
	}) {
		return "", false
	}
	s = strings.Map(func(r rune) rune {
		if r == '\u200b' || r == '\ufeff' || r == '\u00ad' { // zero-width space, stray BOM, soft hyphen: copied from web pages
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " "), true
}

// formula are the beginnings by which spreadsheets take a text for a formula (OWASP, CSV injection).
const formula = "=+-@\t\r"

// harmless is a cell for a file that will be opened in a spreadsheet.
func harmless(s string) string {
	if s != "" && strings.ContainsRune(formula, rune(s[0])) && s != "-" {
		return "'" + s
	}
	return s
}

// unquoted takes back what harmless did.
func unquoted(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune(formula, rune(s[1])) {
		return s[1:]
	}
	return s
}

var grantNames = map[string]string{
	"sitzungsdienst": "clerk", "ratsbuero": "clerk", "buergermeister": "mayor", "buergermeisterin": "mayor", "hauptverwaltungsbeamter": "mayor",
	"hauptverwaltungsbeamte": "mayor", "fraktionsgeschaeftsstelle": "group_office", "fraktionsbuero": "group_office", "fraktionsmitarbeit": "group_office", "landrat": "mayor", "landraetin": "mayor", "it": "it", "itbetreuung": "it", "administrator": "it",
}

var grantTitles = map[string]string{"clerk": "Sitzungsdienst", "mayor": "Bürgermeister", "it": "IT-Betreuung", "group_office": "Fraktionsgeschäftsstelle"}

var genders = map[string]string{"female": "female", "weiblich": "female", "w": "female", "f": "female", "frau": "female", "male": "male", "maennlich": "male", "m": "male",
	"herr": "male", "other": "other", "divers": "other", "d": "other"}

var (
	yeses = []string{"ja", "j", "x", "wahr", "true", "yes", "y"}
	noes  = []string{"nein", "n", "falsch", "false", "no"}
)

// yesNo reads a cell; ok = false when it is neither.
func yesNo(s string) (yes, ok bool) {
	key := letters(s)
	if slices.Contains(yeses, key) || s == "1" {
		return true, true
	}
	return false, slices.Contains(noes, key) || s == "0"
}
