package audit

// Class is a kind of act by what it tells of people; each has its own time for which its lines are kept.
type Class string

const (
	Reading Class = "reading" // a person opened something that is not public
	SignIn  Class = "sign_in" // a person came or went
	Act     Class = "act"     // a person or the system changed or decided something
	Own     Class = "log"     // the log about itself: what has expired; never expires, names nobody
)

// The acts of the classes that are not Act.
var (
	readings = []string{FileRead, FileCompare}
	signIns  = []string{SessionStart, SessionEnd, SessionRefuse, SessionRevoke, SessionMisuse, SessionConfirm, DeviceAdd, DeviceSignOut}
	own      = []string{Expire}
)

// ClassOf is the class of an act; what is not listed is an Act, kept longest.
func ClassOf(act string) Class {
	for class, acts := range map[Class][]string{Reading: readings, SignIn: signIns, Own: own} {
		for _, a := range acts {
			if a == act {
				return class
			}
		}
	}
	return Act
}

// ActsOf lists the acts of a class; for Act it lists those that are NOT of it.
func ActsOf(c Class) []string {
	switch c {
	case Reading:
		return readings
	case SignIn:
		return signIns
	case Own:
		return own
	}
	out := append([]string{}, readings...)
	return append(append(out, signIns...), own...)
}
