package german

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// stopWords carry no meaning in a query; they are left out of it unless they stand in a phrase or alone.
var stopWords = set(`aber als am an auch auf aus bei beim bis da das dass de dem den der des die dies diese dieser dieses doch du
	durch ein eine einem einen einer eines er es fur gegen hat hier ich ihr im in ins ist ja je kann man mit nach nicht noch nun nur
	ob oder ohne sein sich sie sind so soll sowie uber um und uns unter vom von vor war was weil wenn wer werden wie wir wird wo wurde zu zum zur`)

// laws are abbreviations that are taken for a law in any spelling; others must show at least two capitals (BauGB).
var laws = set(`baugb baunvo bbaug bgb gg stgb stpo zpo vwgo vwvfg sgb stvo stvg bimschg bimschv bnatschg krwg whg abwag uvpg rog asylg
	aufenthg ifg dsgvo bdsg beamtstg bbg hgb insog estg ustg grstg gewstg ao kag go gemo lkro gkg komhkv gemhvo hgo kv bayggo lbo
	bauo bayvwvfg lplg strg gtg versg vgv vob uvgo gwb eeg geg tvod`)

var months = map[string]int{
	"januar": 1, "jan": 1, "janner": 1, "februar": 2, "feb": 2, "febr": 2, "marz": 3, "mrz": 3, "april": 4, "apr": 4, "mai": 5,
	"juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
	"oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
}
