package reports

import (
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/language"
)

func TestStandingLine(t *testing.T) {
	t.Parallel()
	of := func(id string, a probity.Applies) probity.Framework {
		return probity.Framework{ID: id, Standing: &probity.Standing{Applies: a, Because: []string{"health data was found"}}}
	}
	all := []probity.Framework{of("gdpr", probity.InScope), of("hipaa", probity.OutOfScope), of("soc2", probity.NotSaid), of("iso-27001", probity.NotSaid)}
	const want = "Laws and standards: apply: gdpr; not in scope as declared: hipaa; not declared (organisation in probity.yaml): soc2, iso-27001"
	if got := standingLine(all); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := standingLine([]probity.Framework{{ID: "gdpr"}}); got != "" {
		t.Errorf("got %q of a scan that says nothing, want nothing", got)
	}
}

// TestControlStates: each state of a control is a column of its own, and only a pass alone is "no failing check".
func TestControlStates(t *testing.T) {
	t.Parallel()
	partly := probity.Control{Mode: probity.Partly}
	for name, c := range map[string]struct {
		control control
		want    string
	}{
		"a rule failed":           {control{Control: partly, Fail: 1, Unknown: 1, Pass: 1}, "Evidence against"},
		"one is unknown":          {control{Control: partly, Unknown: 1, Pass: 1}, "Open"},
		"one passed":              {control{Control: partly, Pass: 1, NA: 1}, "No failing check"},
		"they judge nothing":      {control{Control: partly, Rules: []string{"a"}, NA: 2}, "Not applicable here"},
		"no rule":                 {control{Control: partly}, "No rule"},
		"manual":                  {control{Control: probity.Control{Mode: probity.Manual}}, "Not assessed automatically"},
		"the law is out of scope": {control{Control: partly, Out: true, Fail: 1}, "Out of scope as declared"},
	} {
		if got := stateWords(nil, c.control); got != c.want || c.control.StateClass() == "" {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestLawSaysWhetherItApplies(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]*probity.Standing{
		"":                                nil,
		"Applies: health data was found.": {Applies: probity.InScope, Because: []string{"health data was found"}},
		"Not in scope as declared: no health data was found or declared.":         {Applies: probity.OutOfScope, Because: []string{"no health data was found or declared"}},
		"Whether it applies was not declared: is there health data?; who is it?.": {Applies: probity.NotSaid, Because: []string{"is there health data?", "who is it?"}},
	} {
		if got := ScopeWords(nil, probity.Framework{Standing: s}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestGroundWords(t *testing.T) {
	t.Parallel()
	de, err := language.Of("de")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		in      *language.Language
		because []string
		want    string
	}{
		"English stays":           {nil, []string{probity.GroundDataFound.Of("health"), probity.GroundRegime.Of("nis2-essential")}, "health data was found; declared: nis2-essential"},
		"data and places":         {de, []string{probity.GroundDataFound.Of("health"), probity.GroundEstablished.Of("DE, FR")}, "Gesundheitsdaten gefunden; niedergelassen in DE, FR"},
		"one of several":          {de, []string{probity.GroundRegimeWhich.Of("a or b")}, "ist die Organisation a oder b? organisation.regimes in probity.yaml"},
		"a role":                  {de, []string{probity.GroundRole.Of("processor, joint")}, "als Auftragsverarbeiter, gemeinsam Verantwortliche"},
		"nothing to fill in":      {de, []string{string(probity.GroundStandardNever)}, "nicht gewählt"},
		"of another version":      {de, []string{"because it was so"}, "because it was so"},
		"a name that says braces": {de, []string{probity.GroundStandard.Of("{what}")}, "{what} gewählt"},
	} {
		if got := GroundWords(c.in, c.because); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
