package proof

import "slices"

// Question is the world at one second, asked by one person; Person -1 is the public.
type Question struct {
	*World
	Person int
	Now    int // second
}

// heute: Von-bis-Angaben in Tagen zählen mit ihrem ersten und ihrem letzten Tag.
func (q Question) heute(from, to int) bool {
	today := q.Now / day
	return from <= today && (to < 0 || today <= to)
}

// niemand: Wer nicht angemeldet ist, ist die Öffentlichkeit. Wer gesperrt ist, hat von dieser Sekunde an gar kein Recht, auch nicht das der
// Öffentlichkeit.
func (q Question) gesperrt() bool {
	return q.Person >= 0 && q.People[q.Person].Locked >= 0 && q.Now >= q.People[q.Person].Locked
}

// IstSitzungsdienst: Sitzungsdienst ist, wem diese Aufgabe in der Körperschaft heute übertragen ist.
func (q Question) IstSitzungsdienst(body int) bool {
	for _, o := range q.Offices {
		if o.Person == q.Person && o.Role == Clerk && o.Body == body && q.heute(o.From, o.To) {
			return !q.gesperrt()
		}
	}
	return false
}

// gemeinsamerTag: Zwei Zeiträume berühren sich, wenn es einen Tag gibt, der in beiden liegt. Jeder Tag wird angesehen.
func gemeinsamerTag(aFrom, aTo, bFrom, bTo int) bool {
	for d := 0; d <= lastDay+30; d++ {
		if aFrom <= d && (aTo < 0 || d <= aTo) && bFrom <= d && (bTo < 0 || d <= bTo) {
			return true
		}
	}
	return false
}

// liestWieMitglied: Wer liest, was dieses Gremium in dieser Wahlperiode liest?
func (q Question) liestWieMitglied(org int, t Term) bool {
	body, today := q.Orgs[org].Body, q.Now/day
	set := q.Settings[body]
	begonnen := t.From <= today
	for _, s := range q.Seats {
		if s.Person != q.Person || s.Org != org {
			continue
		}
		// Ein Mitglied liest vom ersten bis zum letzten Tag seines Sitzes aus den Wahlperioden, die begonnen haben und in die der Sitz
		// hineinreicht; aus älteren nur, wenn die Körperschaft es so eingestellt hat.
		if q.heute(s.From, s.To) && begonnen && (set.Newcomers || gemeinsamerTag(s.From, s.To, t.From, t.To)) {
			return true
		}
		// Ein Ausgeschiedener liest die Wahlperiode, deren letzten Tag er im Gremium saß, nach ihrem Ende noch so viele Tage, wie die
		// Körperschaft eingestellt hat.
		if letzter := t.To; letzter >= 0 && s.From <= letzter && (s.To < 0 || letzter <= s.To) && !q.heute(s.From, s.To) {
			if nach := today - letzter; nach >= 1 && nach <= set.FormerDays {
				return true
			}
		}
	}
	// Ein stellvertretendes Mitglied liest nur bei eingestellter ständiger Vertretung wie ein Mitglied, nie aus älteren Wahlperioden.
	for _, d := range q.Deputies {
		if d.Person == q.Person && d.Org == org && set.Deputies && q.heute(d.From, d.To) && begonnen && gemeinsamerTag(d.From, d.To, t.From, t.To) {
			return true
		}
	}
	for _, o := range q.Offices {
		if o.Person != q.Person || o.Body != body || !q.heute(o.From, o.To) || !begonnen || !gemeinsamerTag(o.From, o.To, t.From, t.To) {
			continue
		}
		// Der Bürgermeister liest, wenn die Körperschaft es so eingestellt hat, wie ein Mitglied jedes Ausschusses, nie das der Fraktionen.
		if o.Role == Mayor && set.Mayor && !q.Orgs[org].Group {
			return true
		}
		if o.Role != GroupOffice {
			continue
		}
		// Die Geschäftsstelle einer Fraktion liest deren Sitzungen, und, wenn so eingestellt, die der Gremien, in denen die Fraktion heute
		// einen Sitz hat, der in die Wahlperiode hineinreicht.
		if o.Group == org {
			return true
		}
		for _, s := range q.Seats {
			if set.Groups && s.Group == o.Group && s.Org == org && q.heute(s.From, s.To) && gemeinsamerTag(s.From, s.To, t.From, t.To) {
				return true
			}
		}
	}
	return false
}

// gehoertHinein: Zur Sitzung gehört, wer für sie als Vertretung eingetragen ist, und wer liest, was eines ihrer Gremien in der
// Wahlperiode des Sitzungstags liest.
func (q Question) gehoertHinein(m int) bool {
	for _, s := range q.Instead {
		if s.Meeting == m && s.Person == q.Person {
			return true
		}
	}
	for _, t := range q.Terms {
		if d := q.Meetings[m].Day; t.Body != q.Meetings[m].Body || d < t.From || t.To >= 0 && d > t.To {
			continue
		}
		for _, o := range q.Meetings[m].Orgs {
			if q.liestWieMitglied(o, t) {
				return true
			}
		}
	}
	return false
}

// istGast: Ein Gast liest seinen Punkt vom eingetragenen Beginn bis zum eingetragenen Ende, auf die Sekunde.
func (q Question) istGast(item int) bool {
	for _, g := range q.Guests {
		if g.Item == item && g.Person == q.Person && !g.Revoked && q.Now >= g.From && q.Now < g.To {
			return true
		}
	}
	return false
}

// istBefangen: Befangenheit verbirgt sofort, oder von der Erklärung an; als bloßer Vermerk und widerrufen verbirgt sie nichts.
func (q Question) istBefangen(item int) bool {
	for _, c := range q.Biased {
		if c.Item != item || c.Person != q.Person || c.Revoked || c.Mode == Marks {
			continue
		}
		if c.Mode != Declares || c.Declared >= 0 && q.Now >= c.Declared {
			return true
		}
	}
	return false
}

// vonInnen: Wer sieht den Punkt auch dann, wenn er nicht öffentlich ist? Einen gelöschten gibt es für niemanden.
func (q Question) vonInnen(item int) bool {
	it := q.Items[item]
	if it.Gone {
		return false
	}
	if q.IstSitzungsdienst(q.Meetings[it.Meeting].Body) {
		return true
	}
	if q.Person < 0 || q.gesperrt() || it.State != Published || q.Meetings[it.Meeting].State != Published {
		return false
	}
	return q.gehoertHinein(it.Meeting) || q.istGast(item)
}

// Punkt: Einen öffentlichen Punkt sehen alle, sobald er und seine Sitzung veröffentlicht sind; sonst, wer ihn von innen sieht.
func (q Question) Punkt(item int) bool {
	return !q.gesperrt() && q.istOeffentlich(item) || q.vonInnen(item)
}

func (q Question) istOeffentlich(item int) bool {
	it := q.Items[item]
	return !it.Gone && it.Public && it.State == Published && q.Meetings[it.Meeting].State == Published
}

// Sitzung: Eine Sitzung sieht der Sitzungsdienst; ist sie veröffentlicht, auch wer hineingehört, wer Gast bei einem ihrer
// veröffentlichten Punkte ist, und alle, wenn ein veröffentlichter Punkt öffentlich ist.
func (q Question) Sitzung(m int) bool {
	if q.IstSitzungsdienst(q.Meetings[m].Body) {
		return true
	}
	if q.gesperrt() || q.Meetings[m].State != Published {
		return false
	}
	for i, it := range q.Items {
		if it.Meeting == m && !it.Gone && it.State == Published && (it.Public || q.istGast(i)) {
			return true
		}
	}
	return q.Person >= 0 && q.gehoertHinein(m)
}

// VorlageOeffentlich: Öffentlich ist eine veröffentlichte Vorlage, wenn einer ihrer Punkte es ist.
func (q Question) VorlageOeffentlich(p int) bool {
	return q.Papers[p].State == Published && slices.ContainsFunc(q.Papers[p].Items, q.istOeffentlich)
}

// Vorlage: Im Entwurf und zurückgezogen liest sie der Sitzungsdienst. Veröffentlicht liest sie, wer einen ihrer Punkte sieht. Solange sie
// nicht öffentlich ist, liest sie niemand, der bei einem ihrer Punkte befangen ist, auch nicht im Sitzungsdienst.
func (q Question) Vorlage(p int) bool {
	if q.Papers[p].State != Published {
		return q.IstSitzungsdienst(q.Papers[p].Body)
	}
	if q.VorlageOeffentlich(p) {
		return !q.gesperrt()
	}
	return q.vorlageVonInnen(p) && !slices.ContainsFunc(q.Papers[p].Items, q.istBefangen)
}

func (q Question) vorlageVonInnen(p int) bool {
	return q.IstSitzungsdienst(q.Papers[p].Body) || slices.ContainsFunc(q.Papers[p].Items, q.vonInnen)
}

// Datei: Eine veröffentlichte Datei lesen die Leser ihrer Vorlage, sonst der Sitzungsdienst.
func (q Question) Datei(f int) bool {
	if q.Files[f].State != Published {
		return q.IstSitzungsdienst(q.Papers[q.Files[f].Paper].Body)
	}
	return q.Vorlage(q.Files[f].Paper)
}

// Fassung: Die geltende lesen die Leser der Datei; eine ersetzte nur noch, wer die Vorlage auch ohne ihre Öffentlichkeit liest; eine, die
// nicht veröffentlicht ist, der Sitzungsdienst.
func (q Question) Fassung(v int) bool {
	f := q.Versions[v].File
	p := q.Files[f].Paper
	if q.Versions[v].State != Published {
		return q.IstSitzungsdienst(q.Papers[p].Body)
	}
	if q.Files[f].Current == v || q.Files[f].State != Published || !q.VorlageOeffentlich(p) {
		return q.Datei(f)
	}
	return q.vorlageVonInnen(p)
}
