package front

import (
	"fmt"
	"time"
)

// Title is the heading of the pages and their bookmark.
const Title = "Tagesordnung"

// The names of the facts.
const (
	FactBegin = "Beginn"
	FactPlace = "Ort"
	FactNote  = "Hinweis"
)

// MainName is a file that is called like its paper.
const MainName = "Hauptdokument"

// Cancelled is the note of a meeting that does not take place.
const Cancelled = "Die Sitzung ist abgesagt."

// PacketName is what the packet of a meeting is called.
func PacketName(meeting string) string { return "Sitzungsmappe: " + meeting }

// LabelPrefix stands before the page's number within the item: "TOP 3 / 12".
func LabelPrefix(item string) string { return "TOP " + item + " / " }

var (
	days   = [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}
	months = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
)

// Moment writes a moment in the zone it is in: "Donnerstag, 3. Dezember 2026, 18:00 Uhr".
func Moment(t time.Time) string {
	return fmt.Sprintf("%s, %d. %s %d, %02d:%02d Uhr", days[t.Weekday()], t.Day(), months[t.Month()-1], t.Year(), t.Hour(), t.Minute())
}
