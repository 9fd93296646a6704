package council

// Erasure says what became of a person's data: how many rows of each kind went, and how many stay because they are council records.
type Erasure struct {
	Erased map[string]int64 // by kind: "annotations", "devices", ...
	Kept   map[string]int64 // by kind: "memberships", "substitutions", ...
}

// Recorded reports whether council records name the person: then the name stays with them.
func (e Erasure) Recorded() bool {
	for _, n := range e.Kept {
		if n > 0 {
			return true
		}
	}
	return false
}

// LinkedAccount is an account of a sign-in service that is bound to a person.
type LinkedAccount struct {
	Issuer  string
	Subject string
	Created string // day
}
