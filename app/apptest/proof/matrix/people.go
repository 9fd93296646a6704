package matrix

import "ris/app/apptest/proof"

// Somebody of the table: a kind of person in a relation to the object, the profile that the office's sentences give, and what the
// world must hold for it.
type Somebody struct {
	Kind, Relation, Profile string
	make                    func(w *proof.World, person int)
}

// The table's world: the moment is day 30 at noon, the term began on day 15; committee 0 holds the meetings, 1 is another one, 2 a
// Fraktion with a seat in committee 0, 3 one without; 4 and 5 are the neighbour's.
const (
	today                              = 30
	noon                               = today*24*60*60 + 12*60*60
	termBegan                          = 15
	committee, other, group, stranger  = 0, 1, 2, 3
	neighbourCommittee, neighbourGroup = 4, 5
)

const (
	only = "nur Öffentliches"
	here = "hier"
)

// People are all, six relations for each of ten kinds. Relations that a kind does not know are told apart by what else the person has.
var People = append(append(append(append(append(nobody, seats("Mitglied")...), seats("sachkundige Einwohnerin")...), recorded...), byOffice...), clerks...)

var nobody = []Somebody{
	{"ohne Aufgabe", "nicht angemeldet", "nicht angemeldet", func(*proof.World, int) {}},
	{"ohne Aufgabe", "angemeldet", only, func(*proof.World, int) {}},
	{"ohne Aufgabe", "angemeldet, befangen", only, biased},
	{"ohne Aufgabe", "Mitglied eines anderen Gremiums, befangen", only, both(seat(other, termBegan, -1), biased)},
	{"ohne Aufgabe", "Mitglied hier, seit einer Sekunde gesperrt", "gesperrt", both(seat(committee, termBegan, -1), locked(noon))},
	{"ohne Aufgabe", "Mitglied hier, ab der nächsten Sekunde gesperrt", "Mitglied", both(seat(committee, termBegan, -1), locked(noon+1))},
}

func seats(kind string) []Somebody {
	return []Somebody{
		{kind, here, "Mitglied", seat(committee, termBegan, -1)},
		{kind, "hier, befangen", "befangenes Mitglied", both(seat(committee, termBegan, -1), biased)},
		{kind, "in einem anderen Gremium", only, seat(other, termBegan, -1)},
		{kind, "in einer anderen Körperschaft", only, seat(neighbourCommittee, termBegan, -1)},
		{kind, "hier, bis gestern", only, seat(committee, termBegan, today-1)},
		{kind, "hier, ab morgen", only, seat(committee, today+1, -1)},
	}
}

var recorded = []Somebody{
	{"Vertretung", here, "eingetragen", instead},
	{"Vertretung", "hier, befangen", "eingetragen, befangen", both(instead, biased)},
	{"Vertretung", "für eine andere Sitzung", only, insteadElsewhere},
	{"Vertretung", "wer vertreten wird, ohne Sitz", only, absent},
	{"Vertretung", "zugleich Mitglied bis gestern", "eingetragen", both(instead, seat(committee, termBegan, today-1))},
	{"Vertretung", "zugleich IT-Betreuung", "eingetragen", both(instead, office(proof.IT, 0, -1, termBegan, -1))},
	{"ständige Vertretung", here, "nach Einstellung", deputy(committee, termBegan, -1)},
	{"ständige Vertretung", "hier, befangen", "nach Einstellung, befangen", both(deputy(committee, termBegan, -1), biased)},
	{"ständige Vertretung", "in einem anderen Gremium", only, deputy(other, termBegan, -1)},
	{"ständige Vertretung", "in einer anderen Körperschaft", only, deputy(neighbourCommittee, termBegan, -1)},
	{"ständige Vertretung", "hier, bis gestern", only, deputy(committee, termBegan, today-1)},
	{"ständige Vertretung", "hier, ab morgen", only, deputy(committee, today+1, -1)},
	{"Gast", here, "eingetragen", guest(noon-1, noon+1, false)},
	{"Gast", "hier, befangen", "eingetragen, befangen", both(guest(noon-1, noon+1, false), biased)},
	{"Gast", "zu einem anderen Punkt", only, guestElsewhere},
	{"Gast", "hier, Einladung zurückgenommen", only, guest(noon-1, noon+1, true)},
	{"Gast", "hier, bis vor einer Sekunde", only, guest(noon-100, noon, false)},
	{"Gast", "hier, ab der nächsten Sekunde", only, guest(noon+1, noon+100, false)},
}

var byOffice = []Somebody{
	{"Bürgermeisteramt", here, "nach Einstellung", office(proof.Mayor, 0, -1, termBegan, -1)},
	{"Bürgermeisteramt", "hier, befangen", "nach Einstellung, befangen", both(office(proof.Mayor, 0, -1, termBegan, -1), biased)},
	{"Bürgermeisteramt", "mit Sitz im Gremium", "Mitglied", both(office(proof.Mayor, 0, -1, termBegan, -1), seat(committee, termBegan, -1))},
	{"Bürgermeisteramt", "in einer anderen Körperschaft", only, office(proof.Mayor, 1, -1, termBegan, -1)},
	{"Bürgermeisteramt", "hier, bis gestern", only, office(proof.Mayor, 0, -1, termBegan, today-1)},
	{"Bürgermeisteramt", "hier, ab morgen", only, office(proof.Mayor, 0, -1, today+1, -1)},
	{"Fraktionsgeschäftsstelle", "Fraktion hat hier einen Sitz", "nach Einstellung", office(proof.GroupOffice, 0, group, termBegan, -1)},
	{"Fraktionsgeschäftsstelle", "Fraktion hat hier einen Sitz; befangen", "nach Einstellung, befangen", both(office(proof.GroupOffice, 0, group, termBegan, -1), biased)},
	{"Fraktionsgeschäftsstelle", "Fraktion hat hier keinen Sitz", only, office(proof.GroupOffice, 0, stranger, termBegan, -1)},
	{"Fraktionsgeschäftsstelle", "in einer anderen Körperschaft", only, office(proof.GroupOffice, 1, neighbourGroup, termBegan, -1)},
	{"Fraktionsgeschäftsstelle", "hier, bis gestern", only, office(proof.GroupOffice, 0, group, termBegan, today-1)},
	{"Fraktionsgeschäftsstelle", "hier, ab morgen", only, office(proof.GroupOffice, 0, group, today+1, -1)},
}

var clerks = []Somebody{
	{"Sitzungsdienst", here, "Sitzungsdienst", office(proof.Clerk, 0, -1, termBegan, -1)},
	{"Sitzungsdienst", "hier, befangen", "befangener Sitzungsdienst", both(office(proof.Clerk, 0, -1, termBegan, -1), biased)},
	{"Sitzungsdienst", "hier, zugleich IT-Betreuung", "Sitzungsdienst", both(office(proof.Clerk, 0, -1, termBegan, -1), office(proof.IT, 0, -1, termBegan, -1))},
	{"Sitzungsdienst", "in einer anderen Körperschaft", only, office(proof.Clerk, 1, -1, termBegan, -1)},
	{"Sitzungsdienst", "hier, bis gestern", only, office(proof.Clerk, 0, -1, termBegan, today-1)},
	{"Sitzungsdienst", "hier, ab morgen", only, office(proof.Clerk, 0, -1, today+1, -1)},
	{"IT-Betreuung", here, only, office(proof.IT, 0, -1, termBegan, -1)},
	{"IT-Betreuung", "hier, befangen", only, both(office(proof.IT, 0, -1, termBegan, -1), biased)},
	{"IT-Betreuung", "hier, mit Sitz im Gremium", "Mitglied", both(office(proof.IT, 0, -1, termBegan, -1), seat(committee, termBegan, -1))},
	{"IT-Betreuung", "in einer anderen Körperschaft", only, office(proof.IT, 1, -1, termBegan, -1)},
	{"IT-Betreuung", "hier, bis gestern", only, office(proof.IT, 0, -1, termBegan, today-1)},
	{"IT-Betreuung", "hier, ab morgen", only, office(proof.IT, 0, -1, today+1, -1)},
}
