package language

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/probity-scan/probity"
)

// frameworks are the built-in ones, as their file has them.
func frameworks(t *testing.T) []probity.Framework {
	t.Helper()
	b, err := os.ReadFile("../../policies/frameworks.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []probity.Framework
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// saidBy is what a framework says to people.
func saidBy(f probity.Framework) []string {
	texts := []string{f.Title, f.Version, f.Publisher, f.Applies}
	for _, c := range f.Controls {
		texts = append(texts, c.Title, c.Why, c.Doubt)
	}
	return texts
}

// A translation is of what a framework says now. What lacks is told by -v, and said in English: names of standards are English in
// every language.
func TestFrameworksInEachLanguage(t *testing.T) {
	t.Parallel()
	all := frameworks(t)
	english := map[string]bool{}
	for _, f := range all {
		for _, s := range saidBy(f) {
			english[s] = true
		}
	}
	for _, code := range Codes() {
		l := of(t, code)
		if l == nil {
			continue
		}
		holds(t, "frameworks/"+code+".yaml", l.frameworks, english)
		for _, f := range all {
			for _, s := range saidBy(f) {
				if _, english := l.Framework(s); english {
					t.Logf("%s lacks, of %s: %q", code, f.ID, s)
				}
			}
		}
	}
}

func TestFramework(t *testing.T) {
	t.Parallel()
	l := of(t, "de")
	for name, c := range map[string]struct {
		in      *Language
		text    string
		want    string
		english bool
	}{
		"translated":                     {l, "General Data Protection Regulation", "Datenschutz-Grundverordnung (DSGVO)", false},
		"a name":                         {l, "SOC 2: Trust Services Criteria", "SOC 2: Trust Services Criteria", true},
		"a stranger's":                   {l, "Our own policy", "Our own policy", true},
		"nothing":                        {l, "", "", false},
		"English in a report of English": {nil, "General Data Protection Regulation", "General Data Protection Regulation", false},
	} {
		if got, english := c.in.Framework(c.text); got != c.want || english != c.english {
			t.Errorf("%s: got %q, %v, want %q, %v", name, got, english, c.want, c.english)
		}
	}
}
