package german

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	snowball "github.com/blevesearch/snowballstem/german"
)

// stem gives the index form of a word in lower case: the infinitive's stem for forms of verbs, snowball's stem for the rest,
// folded. Nouns in -heit and -keit keep that ending: snowball would leave the adjective ("Sicherheit" would meet "sicher").
func stem(w string) string {
	known := lexicon()
	if inf := infinitive(w, known); inf != "" {
		w = inf
	}
	for _, e := range []string{"heiten", "keiten", "heit", "keit"} {
		if len(w) > len(e)+3 && strings.HasSuffix(w, e) {
			return fold([]rune(strings.TrimSuffix(w, "en")))
		}
	}
	// snowball must not see digraphs it would leave alone: fold first, and again because it folds umlauts itself
	env := snowballstem.NewEnv(fold([]rune(w)))
	snowball.Stem(env)
	return fold([]rune(env.Current()))
}
