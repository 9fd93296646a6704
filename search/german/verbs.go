package german

import "strings"

// strong maps the changed stem of a strong or irregular verb to the stem of its infinitive: "schloss" to "schliess".
// Written "stem: past stems and others"; a participle is found by its own stem after ge- ("geschlossen").
var strong = strongTable(`
befehl:befahl befohl befiehl  beginn:begann begonn  beiss:biss  berg:barg borg birg  biet:bot  bieg:bog  bind:band bund  bitt:bat bet
blas:blies bläs  bleib:blieb  brat:briet brät  brech:brach bräch broch brich  brenn:brannt  bring:bracht brächt
denk:dacht dächt  dring:drang drung  empfehl:empfahl empfohl empfiehl  ess:aß ass gess iss  fahr:fuhr führ fähr
fall:fiel fäll  fang:fing fäng  find:fand fund fänd  flecht:flocht flicht  flieg:flog  flieh:floh  fliess:floss flöss
fress:frass friss  frier:fror  geb:gab gäb gib  geh:ging gang gegang  gelt:galt golt gilt gält  geniess:genoss
gescheh:geschah geschieh  gewinn:gewann gewonn  giess:goss  gleich:glich  gleit:glitt  grab:grub gräb  greif:griff
halt:hielt hält  häng:hing hang  heb:hob  heiss:hiess  helf:half holf hilf hülf  kenn:kannt  kling:klang klung
komm:kam käm  könn:kann konnt könnt  kriech:kroch  lad:lud läd  lass:liess läss  lauf:lief läuf  leid:litt  leih:lieh
les:las läs lies  lieg:lag läg leg  lüg:log  meid:mied  mess:mass miss mäss  müss:muss musst müsst
nehm:nahm nähm nomm nimm  nenn:nannt  pfeif:pfiff  rat:riet rät  reiss:riss  reit:ritt  renn:rannt  ring:rang rung  ruf:rief
saug:sog  schaff:schuf  scheid:schied  schein:schien  schieb:schob  schiess:schoss  schlaf:schlief schläf  schlag:schlug schläg
schliess:schloss schlöss  schneid:schnitt  schreib:schrieb  schreit:schritt  schweig:schwieg  schwimm:schwamm schwomm
schwind:schwand schwund  schwing:schwang schwung  schwör:schwor  seh:sah säh sieh  send:sandt  sing:sang sung  sink:sank sunk
sinn:sann sonn  sitz:sass säss gesess sess  sprech:sprach spräch sproch sprich  spring:sprang sprung  stech:stach stoch stich
steh:stand ständ stünd  stehl:stahl stohl stiehl  steig:stieg  sterb:starb storb stirb  stoss:stiess stöss  streich:strich
streit:stritt  tret:trat trät tritt  treib:trieb  treff:traf träf troff triff  trag:trug träg trüg  trink:trank trunk  trieg:trog
tu:tat tät  verderb:verdarb verdorb verdirb  verdriess:verdross  vergess:vergass vergiss  verlier:verlor  wachs:wuchs wächs
wasch:wusch wäsch  weich:wich  weis:wies  wend:wandt  werb:warb worb wirb  werf:warf worf wirf  wieg:wog wäg  wind:wand wund
wiss:weiss wusst wüsst  zieh:zog zög  zwing:zwang zwung`)

func strongTable(table string) map[string]string {
	m := map[string]string{}
	for _, f := range strings.Fields(table) {
		if base, first, ok := strings.Cut(f, ":"); ok {
			m[base], m[first] = base, base
			m[""] = base // the verb that the following stems belong to
		} else {
			m[f] = m[""]
		}
	}
	delete(m, "")
	return m
}

// separable are the prefixes between which and the verb a ge or zu may stand; bound ones take neither.
var separable = strings.Fields(`zusammen zurück weiter wieder voraus vorbei vorweg heraus herein herab heran herbei hinaus hinein hinzu
	hinweg entgegen gegenüber bereit bekannt statt teil fest fort frei hoch los nach nieder über unter um durch ein aus auf ab an bei mit
	vor zu her hin weg dar inne still sicher klar richtig fertig`)

var bound = strings.Fields(`be ver ent er zer emp miss ge über unter um durch wider hinter voll wieder`)

// verbEndings are taken off a form to find its stem, longest first.
var verbEndings = strings.Fields(`endsten endster endste enden endem endes ender ende end
	etest eten etem etes eter ete test ten tem tes ter tet te et est st en em es er e t n`)

// infinitive gives the infinitive that a word in lower case is a form of, "" when it is none or a noun that only looks like one.
// known asks for infinitives of the lexicon.
func infinitive(w string, known map[string]Flag) string {
	if len(w) < 4 || known[w]&(Plain|Whole) != 0 {
		return ""
	}
	if known[w]&Verb != 0 {
		return w
	}
	if known[w]&Noun != 0 {
		return ""
	}
	if inf := inflected(w, known); inf != "" {
		return inf
	}
	// ge or zu between a separable prefix (or none) and the verb: "abgelehnt", "einzureichen", "gebaut"
	for _, infix := range []string{"ge", "zu"} {
		if infix == "ge" && strings.HasPrefix(w, "ge") {
			if inf := inflected(w[2:], known); inf != "" {
				return inf
			}
		}
		for _, p := range separable {
			if rest, ok := strings.CutPrefix(w, p+infix); ok {
				if inf := inflected(p+rest, known); inf != "" {
					return inf
				}
			}
		}
	}
	return ""
}

// inflected looks the form up as weak verb, then as strong one, after each ending that can be taken off.
func inflected(w string, known map[string]Flag) string {
	for i := -1; i < len(verbEndings); i++ {
		stem := w
		if i >= 0 {
			var ok bool
			if stem, ok = strings.CutSuffix(w, verbEndings[i]); !ok {
				continue
			}
		}
		if len(stem) < 2 {
			continue
		}
		if i >= 0 {
			for _, e := range []string{"en", "n"} {
				if known[stem+e]&Verb != 0 && (e == "en" || strings.HasSuffix(stem, "el") || strings.HasSuffix(stem, "er")) {
					return stem + e
				}
			}
		}
		if inf := strongForm(stem, known); inf != "" {
			return inf
		}
	}
	return ""
}

// strongForm: the stem is a prefix (bound, separable, both, or none) and a stem of the table.
func strongForm(stem string, known map[string]Flag) string {
	for cut := 0; cut < len(stem)-1; cut++ {
		base, ok := strong[stem[cut:]]
		if !ok || !isPrefix(stem[:cut]) {
			continue
		}
		if inf := stem[:cut] + base + "en"; known[inf]&Verb != 0 {
			return inf
		}
	}
	return ""
}

func isPrefix(p string) bool {
	if p == "" {
		return true
	}
	for _, s := range separable {
		if p == s {
			return true
		}
		if rest, ok := strings.CutPrefix(p, s); ok && isBound(rest) { // "vorbehalten"
			return true
		}
	}
	return isBound(p)
}

func isBound(p string) bool {
	for _, b := range bound {
		if p == b {
			return true
		}
	}
	return false
}

// Infinitive gives the infinitive that a word in lower case is a form of, "" when there is none. For lexbuild and tests.
func Infinitive(w string, words map[string]Flag) string { return infinitive(w, words) }
