package publicationtest

import (
	"time"

	"ris/app/council"
)

// Story names the objects of a town in which everything that matters has happened once.
type Story struct {
	*Town
	Coming, Past, Private, Draft, VillageMeeting  council.ID // meetings; Private has no public item, Village is of the other Body
	Public, Hidden                                council.ID // items of Coming
	Shown, Mixed, SecretPaper, Unsent, VillageOne council.ID // papers; Mixed stands on a public and on a non-public item
	Main, Annex, HiddenFile, UnsentFile           council.ID // files
	OldVersion, DraftVersion                      council.ID // of Main: the published one, and a newer draft
}

// NewStory makes the town and publishes its meetings.
func NewStory(w *Town) *Story {
	w.TB.Helper()
	s := &Story{Town: w}
	b := w.Body.ID
	s.Coming = w.Meeting(b, "Sitzung des Rates", w.Now.AddDate(0, 0, 4).Truncate(time.Hour), w.Council.ID, w.Committee.ID)
	s.Public = w.Item(s.Coming, "Ö 1", `Radweg an der <Lindenallee> & "Kanal"`, true)
	s.Hidden = w.Item(s.Coming, "N 1", w.Secret()+" Grundstück", false)
	last := w.Item(s.Coming, "Ö 2", "Verschiedenes", true)
	s.Shown = w.Paper(b, "V/2026/0101", "Bau eines Radweges", s.Public)
	s.Main = w.File(s.Shown, council.MainFile, "Beschlussvorlage Radweg", "Der Radweg wird im Frühjahr gebaut.", "Die Kosten des Straßenbaus trägt die Stadt.")
	s.Annex = w.File(s.Shown, council.AuxiliaryFile, "Lageplan", "Lageplan der Lindenallee")
	s.Mixed = w.Paper(b, "V/2026/0102", "Haushalt 2027", last, s.Hidden)
	w.File(s.Mixed, council.MainFile, "Haushalt", "Der Haushalt 2027 ist ausgeglichen.")
	s.SecretPaper = w.Paper(b, w.Secret(), w.Secret()+" Kaufpreis", s.Hidden)
	s.HiddenFile = w.File(s.SecretPaper, council.MainFile, w.Secret(), "Der Kaufpreis "+w.Secret()+" ist hoch.")

	s.Past = w.Meeting(b, "Sitzung des Bauausschusses", w.Now.AddDate(0, -1, 0).Truncate(time.Hour), w.Committee.ID)
	earlier := w.Item(s.Past, "Ö 1", "Vorberatung des Radweges", true)
	w.Put(s.Shown, earlier)

	s.Private = w.Meeting(b, w.Secret()+" Klausur", w.Now.AddDate(0, 0, 9), w.Council.ID)
	w.Item(s.Private, "N 1", w.Secret(), false)
	s.Draft = w.Meeting(b, w.Secret()+" Entwurf", w.Now.AddDate(0, 0, 20), w.Council.ID)
	drafted := w.Item(s.Draft, "Ö 1", w.Secret(), true)
	s.Unsent = w.Paper(b, "V/"+w.Secret(), w.Secret(), drafted)
	s.UnsentFile = w.File(s.Unsent, council.MainFile, w.Secret(), w.Secret())

	s.VillageMeeting = w.Meeting(w.Other.ID, "Sitzung des Gemeinderates", w.Now.AddDate(0, 0, 6), w.Village.ID)
	pond := w.Item(s.VillageMeeting, "1", "Dorfteich", true)
	s.VillageOne = w.Paper(w.Other.ID, "M/2026/7", "Sanierung des Dorfteiches", pond)
	w.File(s.VillageOne, council.MainFile, "Dorfteich", "Der Teich wird entschlammt.")

	w.Publish(s.Past)
	w.Publish(s.Coming)
	w.Publish(s.Private)
	w.Publish(s.VillageMeeting)

	versions, err := w.Store.FileVersions(ctx, system, s.Main)
	w.must(err)
	s.OldVersion = versions[0].ID
	s.DraftVersion = w.Version(s.Main, "Neue Fassung: "+w.Secret())
	_, _, err = w.Gate.PrepareFile(ctx, w.version(s.DraftVersion)) // its rendition may lie there long before it is published
	w.must(err)
	return s
}

func (w *Town) version(id council.ID) council.FileVersion {
	w.TB.Helper()
	v, err := w.Store.FileVersion(ctx, system, id)
	w.must(err)
	return v
}
