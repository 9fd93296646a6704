package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"

	"ris/app/apptest/proof/matrix"
)

func main() {
	check := flag.String("check", "", "file that must be the present table")
	flag.Parse()
	out := table()
	if *check == "" {
		_, _ = os.Stdout.Write(out)
		return
	}
	if was, err := os.ReadFile(*check); err != nil || !bytes.Equal(was, out) {
		fmt.Fprintf(os.Stderr, "%s is not the present table: run make access-table and have it signed again.\n", *check)
		os.Exit(1)
	}
}

const head = `# Wer darf was? Die Zugriffstabelle

Diese Tabelle sagt für 60 Personen (zehn Arten zu je sechs Beziehungen), sechs Zustände und zwölf Handlungen, was die Anwendung tut. Jede
der %d Antworten wird bei jeder Änderung des Programms auf beiden Datenbanken nachgeprüft.

**ja** · **nein** · **Einst.** = nur, wenn die Körperschaft es unter „Wer liest mit?“ so eingestellt hat (voreingestellt: nein) · **verboten** =
die Person kennt die Vorlage, darf sie aber nicht ändern · **unbekannt** = die Anwendung antwortet, als gäbe es die Vorlage nicht.

Befangenheit ist hier so eingestellt, dass sie die nichtöffentlichen Vorlagen des Punktes sofort verbirgt. „Mitglied“ ist, wer seit Beginn der
laufenden Wahlperiode im Gremium der Sitzung sitzt. Die Bürgermeisterin und die Geschäftsstelle der Fraktion haben, wenn nichts anderes
dasteht, keinen eigenen Sitz.

Geprüft und für richtig befunden:

Ort, Datum: ______________________________   Sitzungsdienst: ______________________________

`

// table is the whole document.
func table() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, head, len(matrix.People)*len(matrix.States)*len(matrix.Acts))
	for state, name := range matrix.States {
		fmt.Fprintf(&b, "## Zustand: %s\n\n| Wer | Beziehung |", name)
		for _, a := range matrix.Acts {
			fmt.Fprintf(&b, " %s |", a.Name)
		}
		b.WriteString("\n|---|---|")
		for range matrix.Acts {
			b.WriteString("---|")
		}
		b.WriteString("\n")
		for person, p := range matrix.People {
			fmt.Fprintf(&b, "| %s | %s |", p.Kind, p.Relation)
			for act := range matrix.Acts {
				fmt.Fprintf(&b, " %s |", word(person, state, act))
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

func word(person, state, act int) string {
	careful, set := matrix.Expected(person, state, act, false), matrix.Expected(person, state, act, true)
	words := map[matrix.Answer]string{matrix.Yes: "ja", matrix.No: "nein", matrix.Forbidden: "verboten", matrix.Unknown: "unbekannt"}
	switch {
	case careful == set:
		return words[careful]
	case set == matrix.Yes:
		return "Einst."
	}
	return words[careful] + ", mit Einst. " + words[set]
}
