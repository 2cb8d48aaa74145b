package reports

import (
	"regexp"
	"strings"
	"testing"

	"github.com/probity-scan/probity/reports/language"
)

func TestHTMLInEachLanguage(t *testing.T) {
	t.Parallel()
	ids := regexp.MustCompile(` id="[^"]+"`)
	english := strings.Join(ids.FindAllString(htmlOf(t, gated(), HTMLOptions{}), -1), "")
	for code, want := range map[string][]string{
		"de": {"Datenschutzbericht", "Die Prüfung ist unvollständig", "24. November 2026, 09:30 Uhr UTC", "keine Leseberechtigung|nicht lesbar", "Gesundheitsdaten", "1.200 Zeilen"},
		"fr": {"Rapport sur la protection des données", "illisible", "données concernant la santé", "lignes"},
		"es": {"Informe de protección de datos", "ilegible", "datos relativos a la salud", "filas"},
		"nl": {"Rapport gegevensbescherming", "onleesbaar", "gegevens over gezondheid", "rijen"},
	} {
		in, err := language.Of(code)
		if err != nil {
			t.Fatal(err)
		}
		got := htmlOf(t, gated(), HTMLOptions{Language: in})
		for _, w := range append(want, `<html lang="`+code+`">`) {
			if !regexp.MustCompile(w).MatchString(got) {
				t.Errorf("%s does not say %q", code, w)
			}
		}
		if hole := regexp.MustCompile(`\{[a-z]+\}|%!|\|`).FindString(strings.SplitN(got, "</style>", 2)[1]); hole != "" {
			t.Errorf("%s has the hole %q", code, hole)
		}
		if strings.Join(ids.FindAllString(got, -1), "") != english {
			t.Errorf("%s has other parts than the English page", code)
		}
		// Who listens hears English where the text is English.
		if title := `lang="en">Data is encrypted at rest</h3>`; !strings.Contains(got, title) {
			t.Errorf("%s does not say in which language rules are", code)
		}
	}
}
