package reports

import (
	"regexp"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
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
		// Who listens hears English where the text is English: these rules are strangers'.
		if title := `lang="en">Data is encrypted at rest</h3>`; !strings.Contains(got, title) {
			t.Errorf("%s does not say in which language rules are", code)
		}
	}
}

// What Probity's own rules say is said in the language, and what is found as well, with the names that it was found under.
func TestHTMLSaysRulesInTheLanguage(t *testing.T) {
	t.Parallel()
	s := clinic()
	s.Rules = []probity.Rule{{ID: "encryption-at-rest", Title: "Data at rest is encrypted", Message: "{name} is not encrypted at rest", Description: "What nobody translated.", Severity: probity.High}}
	s.Outcomes = over([]probity.Outcome{failing("encryption-at-rest", tf("aws_db_instance.patients"), probity.High, "patients & co is not encrypted at rest", ev(tf("aws_db_instance.patients"), "encryption.at_rest", false, nil))})
	in, err := language.Of("de")
	if err != nil {
		t.Fatal(err)
	}
	got := htmlOf(t, s, HTMLOptions{Language: in})
	for _, want := range []string{`<h3 id="rule-encryption-at-rest-h">Gespeicherte Daten sind verschlüsselt</h3>`, `<span>patients &amp; co ist nicht verschlüsselt gespeichert</span>`,
		`encryption-at-rest: patients &amp; co ist nicht verschlüsselt gespeichert`, `<div class="why" lang="en"><p>What nobody translated.</p>`} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	if strings.Contains(got, "is not encrypted at rest") {
		t.Error("the page says in English what is found")
	}
}

// What frameworks say is said in the language, and why they apply here as well; a stranger's framework stays as it is written.
func TestHTMLSaysFrameworksInTheLanguage(t *testing.T) {
	t.Parallel()
	s := clinic()
	s.Frameworks = []probity.Framework{
		{ID: "gdpr", Title: "General Data Protection Regulation", Version: "Regulation (EU) 2016/679", Publisher: "European Union",
			Controls: []probity.Control{{ID: "17", Title: "Erase", Mode: probity.Partly, Why: "What nobody translated.", Doubt: "Number of the section from memory of the Act."}, {ID: "8", Title: "Extra care for children online", Mode: probity.Manual}},
			Standing: &probity.Standing{Applies: probity.InScope, Because: []string{probity.GroundDataFound.Of("personal"), probity.GroundEstablished.Of("DE, FR")}}},
		{ID: "own", Title: "Our own policy", Standing: &probity.Standing{Applies: probity.OutOfScope, Because: []string{probity.GroundRoleNever.Of("processor")}}},
	}
	in, err := language.Of("de")
	if err != nil {
		t.Fatal(err)
	}
	got := htmlOf(t, s, HTMLOptions{Language: in})
	for _, want := range []string{`<h3 id="law-h-gdpr">Datenschutz-Grundverordnung (DSGVO)</h3>`, `<span>Verordnung (EU) 2016/679</span> <span>Europäische Union</span>`,
		`Gilt: personenbezogene Daten gefunden; niedergelassen in DE, FR.`, `<td>Recht auf Löschung<span class="note"><span lang="en">What nobody translated.</span></span>`,
		`Anforderungen: Datenschutz-Grundverordnung (DSGVO)`, `Besonderer Schutz von Kindern`, `Zu prüfen: Nummer der Section`,
		`<span lang="en">Our own policy</span>`, `in keiner der Rollen Auftragsverarbeiter`} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
}
