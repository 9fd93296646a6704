package provisioning

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// Export writes the master data of a Body as a file that PreviewImport reads back without a change: UTF-8 with BOM, `;`, lines ended by
// CR LF, which is what German spreadsheets open by a click. Cells that a spreadsheet would run as formulas have an apostrophe in front.
// It holds accounts, so it is for who keeps them, and stands in the log.
func (s *Service) Export(ctx context.Context, v policy.Viewer, body council.ID) ([]byte, error) {
	if !policy.MayProvision(v, body) {
		return nil, council.ErrNotFound()
	}
	b, err := s.Store.Body(ctx, v, body)
	if err != nil {
		return nil, err
	}
	st, err := s.load(ctx, []council.Body{b})
	if err != nil {
		return nil, err
	}
	out := newTable()
	out.line(map[Column]string{colArt: "Körperschaft", colName: b.Name, colShort: b.ShortName, colAGS: b.AGS, colClassification: b.Classification, colAccount: b.ContactEmail})
	for _, id := range st.order {
		switch r := st.records[id]; {
		case r.Term != nil:
			out.line(map[Column]string{colArt: "Wahlperiode", colBody: b.Name, colName: r.Term.Name, colStart: iso(r.Term.Start), colEnd: iso(r.Term.End)})
		case r.Organization != nil:
			o := r.Organization
			out.line(map[Column]string{colArt: "Gremium", colBody: b.Name, colName: o.Name, colShort: o.ShortName, colOrgType: string(o.Type),
				colClassification: o.Classification, colStart: iso(o.Start), colEnd: iso(o.End)})
		}
	}
	for _, p := range st.persons() {
		if p.Body == body {
			out.person(st, b, p)
		}
	}
	return out.bytes(), s.Store.Audit(ctx, audit.Entry(v, s.Clock(), audit.ImportExport, "body", body, body))
}

// persons are all of the state, by name.
func (st *state) persons() []council.Person {
	var out []council.Person
	for _, id := range st.order {
		if p := st.records[id].Person; p != nil {
			out = append(out, *p)
		}
	}
	slices.SortFunc(out, byName)
	return out
}

type table struct {
	buffer bytes.Buffer
	csv    *csv.Writer
}

func newTable() *table {
	t := &table{}
	t.buffer.WriteString("\ufeff")
	t.csv = csv.NewWriter(&t.buffer)
	t.csv.Comma, t.csv.UseCRLF = ';', true
	head := make([]string, len(Columns))
	for i, c := range Columns {
		head[i] = string(c)
	}
	_ = t.csv.Write(head) // into memory: cannot fail
	return t
}

func (t *table) line(cells map[Column]string) {
	out := make([]string, len(Columns))
	for i, c := range Columns {
		out[i] = harmless(cells[c])
	}
	_ = t.csv.Write(out)
}

func (t *table) bytes() []byte {
	t.csv.Flush()
	return t.buffer.Bytes()
}

// person writes one line for the person, with the first seat on it, and one for each further seat and role.
func (t *table) person(st *state, b council.Body, p council.Person) {
	head := map[Column]string{colArt: "Person", colBody: b.Name, colTitle: p.Title, colGiven: p.GivenName, colFamily: p.FamilyName, colGender: p.Gender, colAccount: p.Account}
	if !p.Closes().IsZero() {
		head[colAccess] = "gesperrt"
	}
	written := false
	line := func(more map[Column]string) {
		cells := map[Column]string{}
		for c, text := range head {
			cells[c] = text
		}
		for c, text := range more {
			cells[c] = text
		}
		t.line(cells)
		written = true
	}
	for _, id := range st.seats[p.ID] {
		m := st.records[id].Membership
		more := map[Column]string{colOrganization: st.label(m.Organization), colRole: m.Role, colVoting: yes(m.VotingRight), colFaction: st.label(m.OnBehalfOf),
			colStart: iso(m.Start), colEnd: iso(m.End)}
		line(more)
	}
	for _, id := range st.grants[p.ID] {
		g := st.records[id].Grant
		if title := grantTitles[string(g.Role)]; title != "" && g.Source == "" {
			line(map[Column]string{colGrant: title, colFaction: st.label(g.Organization), colStart: iso(g.Start), colEnd: iso(g.End)})
		}
	}
	if !written {
		line(nil)
	}
}

func iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Template is an empty file with an example of each kind of line, in an invented town.
func Template() []byte {
	t := newTable()
	t.line(map[Column]string{colArt: "Körperschaft", colName: "Stadt Musterstadt", colShort: "Musterstadt", colAGS: "01001000", colClassification: "Stadt"})
	t.line(map[Column]string{colArt: "Wahlperiode", colName: "Wahlperiode 2026–2031", colStart: "01.11.2026", colEnd: "31.10.2031"})
	t.line(map[Column]string{colArt: "Gremium", colName: "Rat", colShort: "Rat", colOrgType: "Gremium", colClassification: "Parlament"})
	t.line(map[Column]string{colArt: "Gremium", colName: "Bauausschuss", colShort: "BauA", colOrgType: "Gremium", colClassification: "Ausschuss"})
	t.line(map[Column]string{colArt: "Fraktion", colName: "Fraktion Beispiel", colShort: "Beispiel"})
	erika := map[Column]string{colArt: "Person", colTitle: "Dr.", colGiven: "Erika", colFamily: "Muster", colGender: "weiblich", colAccount: "erika.muster@musterstadt.example",
		colOrganization: "Rat", colRole: "Mitglied", colVoting: "ja", colFaction: "Fraktion Beispiel", colStart: "01.11.2026"}
	t.line(erika)
	t.line(map[Column]string{colArt: "Person", colGiven: "Erika", colFamily: "Muster", colAccount: "erika.muster@musterstadt.example", colOrganization: "Bauausschuss",
		colRole: "Vorsitz", colVoting: "ja", colFaction: "Fraktion Beispiel", colStart: "01.11.2026"})
	t.line(map[Column]string{colArt: "Person", colGiven: "Karl", colFamily: "Beispiel", colAccount: "sitzungsdienst@musterstadt.example", colGrant: "Sitzungsdienst", colStart: "01.11.2026"})
	return t.bytes()
}
