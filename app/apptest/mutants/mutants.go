package main

// mutant is one wrong line. Old stands exactly once in File.
type mutant struct{ Name, File, Old, New string }

const (
	policyDir   = "auth/policy/"
	audienceDir = "app/audience/"
	storeDir    = "app/store/"
)

// mutants are all. Changes that no answer could tell apart are not in it (an unheld label more in an audience, for example).
var mutants = append(append(append([]mutant{}, relations...), objects...), stored...)

// relations: what a person holds.
var relations = []mutant{
	{"everybody has everybody's seats", policyDir + "seat.go", "if m.Person != h.f.Person.ID {", "if false {"},
	{"a seat ends a day late", policyDir + "seat.go", "if !inForce(m.Start, m.End, h.today) {", "if !inForce(m.Start, m.End, h.today.AddDate(0, 0, -1)) {"},
	{"a seat ends a day early", policyDir + "seat.go", "if !inForce(m.Start, m.End, h.today) {", "if !inForce(m.Start, m.End, h.today.AddDate(0, 0, 1)) {"},
	{"newcomers read old terms", policyDir + "seat.go", "|| h.f.settings(m.Body).NewcomersReadOlder", "|| true"},
	{"the setting for newcomers does nothing", policyDir + "seat.go", "|| h.f.settings(m.Body).NewcomersReadOlder", ""},
	{"who left within the term goes on reading", policyDir + "seat.go", "|| !inForce(m.Start, m.End, day(t.End)) {", "|| false {"},
	{"former members read for ever", policyDir + "seat.go", "&& !h.today.After(last) {", "&& true {"},
	{"former members read a day longer", policyDir + "seat.go", "AddDate(0, 0, days)", "AddDate(0, 0, days+1)"},
	{"a term counts before it begins", policyDir + "seat.go", "&& !day(t.Start).After(h.today) {", "{"},
	{"the absent member substitutes", policyDir + "substitute.go", "if s.Substitute == h.f.Person.ID {", "if s.Absent == h.f.Person.ID {"},
	{"everybody substitutes", policyDir + "substitute.go", "if s.Substitute == h.f.Person.ID {", "if true {"},
	{"deputies read without the setting", policyDir + "substitute.go", " || !h.f.settings(d.Body).DeputiesRead {", " {"},
	{"deputies read after their time", policyDir + "substitute.go", "|| !inForce(d.Start, d.End, h.today) ||", "||"},
	{"deputies read old terms", policyDir + "substitute.go", "if overlaps(d.Start, d.End, t.Start, t.End) {", "if true {"},
	{"a guest stays a second", policyDir + "guest.go", "&& h.now.Before(g.End) {", "&& !h.now.After(g.End) {"},
	{"a guest stays for ever", policyDir + "guest.go", "&& h.now.Before(g.End) {", "{"},
	{"a guest comes early", policyDir + "guest.go", "&& !h.now.Before(g.Start) &&", "&&"},
	{"a dismissed guest stays", policyDir + "guest.go", "&& g.Revoked.IsZero() && !h.now", "&& !h.now"},
	{"everybody is a guest", policyDir + "guest.go", "if g.Person == h.f.Person.ID && ", "if "},
	{"a revoked conflict counts", policyDir + "conflict.go", "	if !c.Revoked.IsZero() {", "	if false {"},
	{"a note hides", policyDir + "conflict.go", "	case council.ConflictMarks:\n		return false", "	case council.ConflictMarks:\n		return true"},
	{"a declaration counts a second late", policyDir + "conflict.go", "!now.Before(c.Declared)", "now.After(c.Declared)"},
	{"what is not declared counts", policyDir + "conflict.go", "!c.Declared.IsZero() && ", ""},
	{"conflicts hide nothing", policyDir + "conflict.go", "	return true\n}", "	return false\n}"},
	{"everybody has everybody's conflicts", policyDir + "conflict.go", "c.Person == h.f.Person.ID && ", ""},
	{"papers forget conflicts", policyDir + "conflict.go", "return []council.Label{LabelConflict(item)}", "return nil"},
	{"everybody has everybody's offices", policyDir + "clerk.go", "if g.Person != h.f.Person.ID || ", "if "},
	{"an office never ends", policyDir + "clerk.go", " || !inForce(g.Start, g.End, h.today) {", " {"},
	{"IT reads as the clerk", policyDir + "clerk.go", "		case council.IT:\n", "		case council.IT:\n			h.hold(LabelClerk(g.Body), Ground{Kind: ByClerk})\n"},
	{"a clerk is clerk everywhere", policyDir + "clerk.go", "slices.Contains(v.clerk, body)", "slices.Contains(v.clerk, body) || len(v.clerk) > 0"},
	{"the mayor reads without the setting", policyDir + "mayor.go", "if !h.f.settings(g.Body).MayorReads {", "if false {"},
	{"the mayor reads the groups' meetings", policyDir + "mayor.go", " || o.Type != council.Committee {", " {"},
	{"the mayor reads old terms", policyDir + "mayor.go", "if overlaps(g.Start, g.End, t.Start, t.End) {", "if true {"},
	{"offices of groups read without the setting", policyDir + "group_office.go", "if !h.f.settings(g.Body).GroupOfficesRead {", "if false {"},
	{"offices of groups read by other groups' seats", policyDir + "group_office.go", "m.OnBehalfOf == g.Organization && ", ""},
	{"offices of groups read by past seats", policyDir + "group_office.go", "&& inForce(m.Start, m.End, h.today) &&", "&&"},
	{"offices of groups read terms before their seat", policyDir + "group_office.go", " && overlaps(m.Start, m.End, t.Start, t.End) {", " {"},
	{"offices of groups read terms before their time", policyDir + "group_office.go", "if !overlaps(g.Start, g.End, t.Start, t.End) {", "if false {"},
	{"a lock counts a second late", policyDir + "viewer.go", "!now.Before(at)", "now.After(at)"},
	{"groups give before the clerk knows the person", policyDir + "clerk.go", "if g.Source != \"\" && h.f.Person.Unconfirmed {", "if false {"},
	{"who is locked is still the public", policyDir + "viewer.go", "		return Viewer{}\n", "		return Anonymous()\n"},
	{"conflicts are not asked for", policyDir + "viewer.go", "	h.conflicts()\n", ""},
	{"settings of another Body count", policyDir + "viewer.go", "if s.ID == body {", "if true {"},
}

// objects: who may read what, and who may do what.
var objects = []mutant{
	{"withheld is forgotten", policyDir + "read.go", "return meets(a.Allowed, v.labels) && !meets(a.Withheld, v.labels)", "return meets(a.Allowed, v.labels)"},
	{"meetings are for all terms", policyDir + "read.go", "if t.Body == m.Body && inForce(t.Start, t.End, day(m.Start)) {\n			for", "if t.Body == m.Body {\n			for"},
	{"last days do not count", policyDir + "read.go", "!day(end).Before(today)", "day(end).After(today)"},
	{"first days do not count", policyDir + "read.go", "return !day(start).After(today)", "return day(start).Before(today)"},
	{"touching on the first day is no touching", policyDir + "read.go", "!day(aStart).After(day(bEnd))", "day(aStart).Before(day(bEnd))"},
	{"withdrawn papers stay open", policyDir + "paper.go", "p.State != council.Published", "p.State == council.Draft"},
	{"conflicts hide public papers", policyDir + "paper.go", "if !slices.Contains(a.Allowed, LabelPublic) {", "if !slices.Contains(a.Allowed, \"nobody\") {"},
	{"papers do not ask for conflicts", policyDir + "paper.go", "if !slices.Contains(a.Allowed, LabelPublic) {", "if slices.Contains(a.Allowed, \"nobody\") {"},
	{"items of drafts are open", policyDir + "agenda_item.go", "f.Meeting.State != council.Published || ", ""},
	{"draft items are open", policyDir + "agenda_item.go", " || f.Item.State != council.Published {", " {"},
	{"items taken off the agenda stay open", policyDir + "agenda_item.go", "f.Item.State != council.Published {", "f.Item.State == council.Draft {"},
	{"every item is public", policyDir + "agenda_item.go", "if f.Item.Public {", "if true {"},
	{"guests do not see their item", policyDir + "agenda_item.go", "	a.Allowed = append(a.Allowed, invited(f.Item.ID, f.Guests)...)\n", ""},
	{"withdrawn meetings stay open", policyDir + "meeting.go", "if m.State != council.Published {", "if m.State == council.Draft {"},
	{"draft items open the meeting", policyDir + "meeting.go", "if it.State != council.Published {", "if false {"},
	{"every meeting is public", policyDir + "meeting.go", "		if it.Public {", "		if true {"},
	{"guests do not see their meeting", policyDir + "meeting.go", "		a.Allowed = append(a.Allowed, invited(it.ID, guests)...)\n", ""},
	{"withdrawn files stay open", policyDir + "file.go", "if f.State != council.Published {", "if f.State == council.Draft {"},
	{"withdrawn versions stay open", policyDir + "file.go", "if v.State != council.Published {", "if v.State == council.Draft {"},
	{"replaced versions stay public", policyDir + "file.go", "if l != LabelPublic {", "if true {"},
	{"replaced versions forget conflicts", policyDir + "file.go", "Withheld: file.Withheld", "Withheld: nil"},
	{"new and old versions are mixed up", policyDir + "file.go", "if f.Current == v.ID {", "if f.Current != v.ID {"},
	{"marks are public", policyDir + "annotation.go", "LabelPerson(n.Owner)", "LabelPublic"},
	{"acts tell strangers of papers", policyDir + "act.go", "if CanRead(v, a) && v.SignedIn() {", "if v.SignedIn() {"},
	{"acts are everybody's who reads", policyDir + "act.go", "if IsClerk(v, body) {", "if IsClerk(v, body) || CanRead(v, a) && v.SignedIn() {"},
	{"who asked releases", policyDir + "release.go", "SeesReleases(v, body) && v.person != requestedBy", "SeesReleases(v, body)"},
}

// stored: what the databases keep and give.
var stored = []mutant{
	{"meetings are kept without guests", audienceDir + "keeper.go", "policy.ForMeeting(m, items, terms, guests...)", "policy.ForMeeting(m, items, terms)"},
	{"items are kept without guests", audienceDir + "keeper.go", "Terms: terms, Guests: guests}", "Terms: terms}"},
	{"papers are kept without conflicts", audienceDir + "keeper.go", "if f.Conflicts, err = k.store.Conflicts(", "if _, err = k.store.Conflicts("},
	{"papers are kept without guests", audienceDir + "keeper.go", "if f.Guests, err = k.store.Guests(", "if _, err = k.store.Guests("},
	{"versions are kept as their file", audienceDir + "keeper.go", "policy.ForFileVersion(v, f, f.Audience).Normal()", "f.Audience.Normal()"},
	{"files are kept as their paper", audienceDir + "keeper.go", "policy.ForFile(f, paper).Normal()", "paper.Normal()"},
	{"every act may open", audienceDir + "opening.go", "return o.everything || !Widens(was, now)", "return true"},
	{"an invitation opens for all", audienceDir + "opening.go", "	return !Widens(was, now)\n", "	return true\n"},
	{"giving back what was withheld is no opening", audienceDir + "widens.go", "if !slices.Contains(b.Withheld, l) {", "if l == \"\" {"},
	{"a new reader is no opening", audienceDir + "widens.go", "if !slices.Contains(a.Allowed, l) {", "if l == \"\" {"},
	{"SQL forgets what is withheld", storeDir + "audience.go", "own, false, v.Labels(), own, true, v.Labels())", "own, false, v.Labels(), own, true, []council.Label{\"nobody\"})"},
	{"SQL takes withheld for allowed", storeDir + "audience.go", "own, false, v.Labels(), own, true, v.Labels())", "own, true, v.Labels(), own, true, []council.Label{\"nobody\"})"},
	{"audiences that differ in what is withheld are one", storeDir + "audience.go", "		b.WriteString(\"-\" + string(l) + \"\\n\")", "		_ = l"},
	{"the zero viewer sees everything", storeDir + "audience.go", "		return nothing(query)\n", "		return query\n"},
	{"one by its id for everybody", storeDir + "readable.go", "byID[R](visible(s.read(ctx), v), id)", "byID[R](visible(s.read(ctx), policy.System(\"mutant\")), id)"},
	{"the list of meetings for everybody", storeDir + "meeting.go", "equal(visible(s.read(ctx), v), \"body\", f.Body)", "equal(visible(s.read(ctx), policy.System(\"mutant\")), \"body\", f.Body)"},
	{"the list of papers for everybody", storeDir + "paper.go", "equal(visible(s.read(ctx), v), \"body\", f.Body)", "equal(visible(s.read(ctx), policy.System(\"mutant\")), \"body\", f.Body)"},
	{"the list of files for everybody", storeDir + "file.go", "equal(visible(s.read(ctx), v), \"paper\", f.Paper)", "equal(visible(s.read(ctx), policy.System(\"mutant\")), \"paper\", f.Paper)"},
	{"the agenda for everybody", storeDir + "agenda_item.go", "of(visible(s.read(ctx), v), \"meeting\", meeting)", "of(visible(s.read(ctx), policy.System(\"mutant\")), \"meeting\", meeting)"},
	{"facts without guests", storeDir + "facts.go", "if f.Guests, err = ", "if _, err = "},
	{"facts without conflicts", storeDir + "facts.go", "if f.Conflicts, err = ", "if _, err = "},
	{"facts without settings", storeDir + "facts.go", "if f.Settings, err = ", "if _, err = "},
	{"facts without the groups' seats", storeDir + "facts.go", "if f.GroupSeats, err = ", "if _, err = "},
	{"what a conflict does is not kept", storeDir + "conflict_of_interest.go", "		Mode:       r.Mode,\n", ""},
	{"when it was declared is not kept", storeDir + "conflict_of_interest.go", "		Declared:   r.Declared.time(),\n", ""},
	{"a dismissal is not kept", storeDir + "guest.go", "		Revoked:    r.Revoked.time(),\n", ""},
}
