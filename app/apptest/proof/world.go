package proof

// World is a town and its neighbour at no particular moment. Days count from 0, seconds from midnight of day 0 in the town's own time.
// Everything refers to everything else by index; -1 = none. Bodies are 0 (the town) and 1 (the neighbour).
type World struct {
	Number   int // makes ids differ between worlds
	Terms    []Term
	Orgs     []Org
	Settings [2]Settings
	People   []Person
	Seats    []Seat
	Offices  []Office
	Deputies []Deputy
	Meetings []Meeting
	Items    []Item
	Instead  []Substitution
	Guests   []Guest
	Biased   []Conflict
	Papers   []Paper
	Files    []File
	Versions []Version
}

// Settings are the Body's choices, as in council.AccessSettings.
type Settings struct {
	Deputies, Newcomers, Mayor, Groups bool
	FormerDays                         int
}

// Term is a Wahlperiode; To -1 = open.
type Term struct{ Body, From, To int }

// Org is a committee or, with Group, a Fraktion.
type Org struct {
	Body  int
	Group bool
}

// Person may be locked from a second on; -1 = never.
type Person struct{ Locked int }

// Seat is a membership; Group is the Fraktion that sent the person.
type Seat struct{ Person, Org, Group, From, To int }

// Role is a kind of office.
type Role int

// The offices.
const (
	Clerk Role = iota
	Mayor
	IT
	GroupOffice
)

// Office is a role in a Body; Group only with GroupOffice.
type Office struct {
	Person, Body, Group int
	Role                Role
	From, To            int
}

// Deputy is a stellvertretendes Mitglied.
type Deputy struct{ Person, Org, From, To int }

// State of an object.
type State int

// The states; Unset is an object that says none.
const (
	Draft State = iota
	Published
	Withdrawn
	Unset
)

// Meeting is held at Hour of Day.
type Meeting struct {
	Body, Day, Hour int
	Orgs            []int
	State           State
}

// Item stands on a meeting's agenda.
type Item struct {
	Meeting int
	Public  bool
	State   State
	Gone    bool // deleted before anybody was told of it
}

// Substitution lets Person act in Meeting.
type Substitution struct{ Meeting, Person, Absent, Org int }

// Guest may read Item between two seconds, the last one not included.
type Guest struct {
	Item, Person, From, To int
	Revoked                bool
}

// Mode of a conflict of interest.
type Mode int

// The modes; Unsaid is an entry from before there were modes.
const (
	Hides Mode = iota
	Marks
	Declares
	Unsaid
)

// Conflict of interest of Person in Item; Declared is a second, -1 = not yet.
type Conflict struct {
	Item, Person, Declared int
	Mode                   Mode
	Revoked                bool
}

// Paper stands on Items.
type Paper struct {
	Body  int
	State State
	Items []int
}

// File of a paper; Current is a version's index.
type File struct {
	Paper, Current int
	State          State
}

// Version of a file.
type Version struct {
	File  int
	State State
}

const day = 24 * 60 * 60
