package portal

import (
	"fmt"
	"strings"
	"time"
)

// Dates and sizes for people. They are formatted here and not in the catalogues, since German and English differ in order.

var germanMonths = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
var germanDays = [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}

// local is the moment in the town's time.
func (p *page) local(t time.Time) time.Time { return t.In(p.s.Zone) }

// LongDate is "Samstag, 21. November 2026".
func (p *page) LongDate(t time.Time) string {
	t = p.local(t)
	if p.Lang == "en" {
		return t.Format("Monday, 2 January 2006")
	}
	return fmt.Sprintf("%s, %d. %s %d", germanDays[t.Weekday()], t.Day(), germanMonths[t.Month()-1], t.Year())
}

// Date is "21.11.2026".
func (p *page) Date(t time.Time) string {
	if p.Lang == "en" {
		return p.local(t).Format("2 Jan 2006")
	}
	return p.local(t).Format("02.01.2006")
}

// Time is "17:30 Uhr".
func (p *page) Time(t time.Time) string {
	if p.Lang == "en" {
		return p.local(t).Format("15:04")
	}
	return p.local(t).Format("15:04") + " Uhr"
}

// ISO is the machine's form for the datetime attribute.
func (p *page) ISO(t time.Time) string { return p.local(t).Format("2006-01-02T15:04:05-07:00") }

// Day is the day of the month.
func (p *page) Day(t time.Time) int { return p.local(t).Day() }

// Month is "November 2026".
func (p *page) Month(t time.Time) string {
	t = p.local(t)
	if p.Lang == "en" {
		return t.Format("January 2006")
	}
	return fmt.Sprintf("%s %d", germanMonths[t.Month()-1], t.Year())
}

// ShortMonth is "Nov".
func (p *page) ShortMonth(t time.Time) string {
	t = p.local(t)
	if p.Lang == "en" {
		return t.Format("Jan")
	}
	return string([]rune(germanMonths[t.Month()-1])[:3])
}

// ShortDay is "Sa".
func (p *page) ShortDay(t time.Time) string {
	t = p.local(t)
	if p.Lang == "en" {
		return t.Format("Mon")
	}
	return germanDays[t.Weekday()][:2]
}

// Size is "1,2 MB", decimal units as file managers show them.
func (p *page) Size(bytes int64) string {
	var text string
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d Byte", bytes)
	case bytes < 1_000_000:
		return fmt.Sprintf("%d KB", (bytes+500)/1000)
	case bytes < 10_000_000:
		text = fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	default:
		text = fmt.Sprintf("%.0f MB", float64(bytes)/1e6)
	}
	if p.Lang != "en" {
		text = strings.ReplaceAll(text, ".", ",")
	}
	return text
}
