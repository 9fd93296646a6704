package provisioning

import "ris/app/council"

// office refuses a role that there is not: an unknown one, the office of a Fraktion without a Fraktion (import.error.group_office) or with one
// of another Body (not found), and any other role with one.
func (st *state) office(g council.Grant) error {
	switch {
	case grantTitles[string(g.Role)] == "", g.Role != council.GroupOffice && g.Organization != "":
		return council.E(council.Invalid, "error.invalid")
	case g.Role != council.GroupOffice:
		return nil
	}
	f := st.records[g.Organization].Organization
	switch {
	case g.Organization != "" && (f == nil || f.Body != g.Body):
		return council.ErrNotFound()
	case f == nil || f.Type != council.Faction:
		return council.E(council.Invalid, "import.error.group_office")
	}
	return nil
}

// byGroup reports whether a group of the directory can give the role: not the office of a Fraktion, of which no group says which.
func byGroup(r council.Role) bool { return r != council.GroupOffice && grantTitles[string(r)] != "" }
