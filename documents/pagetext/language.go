package pagetext

import (
	"regexp"
	"strings"
	"unicode"

	"ris/app/council"
)

// common are words that every text of a language is full of and that the others lack.
var common = map[string][]string{
	"de": strings.Fields("der die und das den dem des ist nicht von mit für auf eine ein sich zu im werden wird auch nach über durch bei aus als sind oder zur zum einer eines gemäß sowie"),
	"en": strings.Fields("the of and to in is that for on with as are was by this be it from or an which have not at will shall has been their its"),
	"fr": strings.Fields("le la les des et est dans pour une que qui sur avec pas par plus au aux ce cette du sont être ou leur"),
	"nl": strings.Fields("de het een van en is dat op te voor met niet zijn aan door wordt deze ook naar bij worden heeft uit of"),
	"it": strings.Fields("il di che la per una con del della non sono alla nel dei gli delle anche più come da"),
	"es": strings.Fields("el los las que por para una con del se no su al como más es lo este entre sus"),
	"pl": strings.Fields("w i na z do nie się jest że o dla od oraz przez po jako lub przy są ich"),
	"tr": strings.Fields("ve bir bu için ile olarak olan da de gibi daha çok en ise veya tarafından kadar sonra"),
}

const (
	sampledWords = 4000
	fewestWords  = 12 // of the common ones: fewer say nothing
)

// Language tells the language of a document by its most common words: a BCP 47 tag ("de", "en" ...), or empty when it is none of
// those known or cannot be told.
func Language(pages []council.PageText) string {
	known := map[string][]string{}
	for tag, words := range common {
		for _, w := range words {
			known[w] = append(known[w], tag)
		}
	}
	counts := map[string]int{}
	total := 0
	for _, p := range pages {
		text, _ := Shown(p)
		for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			total++
			for _, tag := range known[w] {
				counts[tag]++
			}
		}
		if total >= sampledWords {
			break
		}
	}
	best, second := "", 0
	for tag, n := range counts {
		if best == "" || n > counts[best] || n == counts[best] && tag < best {
			second = max(second, counts[best])
			best = tag
		} else {
			second = max(second, n)
		}
	}
	if n := counts[best]; n < fewestWords || n*10 < total || n*2 < second*3 {
		return ""
	}
	return best
}

var tagForm = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)

// LanguageTag is a declared language in its usual writing ("DE_de" is "de-DE") when it has the form of a BCP 47 tag of a real language,
// else empty.
func LanguageTag(declared string) string {
	declared = strings.ReplaceAll(strings.TrimSpace(declared), "_", "-")
	if !tagForm.MatchString(declared) || strings.HasPrefix(strings.ToLower(declared), "und") {
		return ""
	}
	parts := strings.Split(declared, "-")
	parts[0] = strings.ToLower(parts[0])
	if len(parts) > 1 && len(parts[1]) == 2 {
		parts[1] = strings.ToUpper(parts[1])
	}
	return strings.Join(parts, "-")
}
