package policy

import "ris/app/council"

// ForFile:
//
//	Eine veröffentlichte Datei lesen die Leser ihrer Vorlage; eine im Entwurf oder zurückgezogene nur der Sitzungsdienst.
func ForFile(f council.File, paper council.Audience) council.Audience {
	if f.State != council.Published {
		return council.Audience{Allowed: []council.Label{LabelClerk(f.Body)}}
	}
	return paper.Normal()
}

// ForFileVersion:
//
//	Die geltende Fassung lesen die Leser der Datei. Eine ersetzte Fassung behalten die Leser aus dem Gremium (ihre Anmerkungen stehen
//	darauf); öffentlich ist sie nicht mehr. Eine Fassung im Entwurf oder eine zurückgezogene liest nur der Sitzungsdienst.
func ForFileVersion(v council.FileVersion, f council.File, file council.Audience) council.Audience {
	if v.State != council.Published {
		return council.Audience{Allowed: []council.Label{LabelClerk(v.Body)}}
	}
	if f.Current == v.ID {
		return file.Normal()
	}
	a := council.Audience{Withheld: file.Withheld}
	for _, l := range file.Allowed {
		if l != LabelPublic {
			a.Allowed = append(a.Allowed, l)
		}
	}
	return a.Normal()
}
