package language

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// indexed are the built-in rules, as their index has them.
func indexed(t *testing.T) []probity.Rule {
	t.Helper()
	b, err := os.ReadFile("../../policies/index.json")
	if err != nil {
		t.Fatal(err)
	}
	var rules []probity.Rule
	if err := json.Unmarshal(b, &rules); err != nil {
		t.Fatal(err)
	}
	return rules
}

// textsOf are what a rule says to people, by what it is of the rule.
func textsOf(r probity.Rule) map[string][]string {
	texts := map[string][]string{"titles": {r.Title}, "descriptions": {r.Description}, "findings": append(slices.Sorted(maps.Values(r.Messages)), r.Message)}
	for _, m := range r.Remediation {
		texts["remedies"] = append(texts["remedies"], m.Text)
	}
	return texts
}

// What a rule does not say any more is a translation of nothing; names in braces and code stand in each as in the English. What lacks
// is told by -v, and said in English: who writes a rule need not speak five languages.
func TestRulesInEachLanguage(t *testing.T) {
	t.Parallel()
	rules := indexed(t)
	english := map[string]bool{}
	for _, r := range rules {
		for _, texts := range textsOf(r) {
			for _, s := range texts {
				english[s] = true
			}
		}
	}
	for _, code := range Codes() {
		l := of(t, code)
		if l == nil {
			continue
		}
		holds(t, "rules/"+code+".yaml", l.rules, english)
		all, lacking := map[string]int{}, map[string]int{}
		for _, r := range rules {
			for what, texts := range textsOf(r) {
				for _, s := range texts {
					all[what]++
					if l.English(s) {
						lacking[what]++
						t.Logf("%s lacks, of %s: %q", code, r.ID, s)
					}
				}
			}
		}
		for what, n := range lacking {
			t.Logf("%s lacks %d of %d %s", code, n, all[what], what)
		}
	}
}

// holds wants a file's lines to be of what is said, with its names in braces and its code.
func holds(t *testing.T, file string, texts map[string]string, english map[string]bool) {
	t.Helper()
	if len(texts) == 0 {
		t.Errorf("%s has no texts", file)
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		said := texts[key]
		if !english[key] {
			t.Errorf("%s has %q, which nobody says: translate what is said now, or take the line out", file, key)
		}
		names, in := placeholders(key), placeholders(said)
		slices.Sort(names)
		slices.Sort(in)
		if !slices.Equal(names, in) || strings.Count(key, "`") != strings.Count(said, "`") {
			t.Errorf("%s: %q names %v, want %v, with as much code", file, key, in, names)
		}
		if strings.TrimSpace(said) != said || said == "" {
			t.Errorf("%s: %q is %q", file, key, said)
		}
	}
}

func TestFinding(t *testing.T) {
	t.Parallel()
	l := of(t, "de")
	l.rules = map[string]string{
		"{name} lets in {element}":                           "{element} hat Zugang zu {name}",
		"{name} is in {country}, where {element} may not be": "{name} liegt in {country}, wo {element} nicht sein darf",
		"nobody answers":                                     "niemand ist zuständig",
	}
	const lets, country = "{name} lets in {element}", "{name} is in {country}, where {element} may not be"
	for name, c := range map[string]struct {
		template, message string
		known             map[string]string
		want              string
		english           bool
	}{
		"its names change places":                       {lets, "logs lets in everyone", nil, "everyone hat Zugang zu logs", false},
		"a name that is known divides what would not":   {lets, "a lets in b lets in c", map[string]string{"element": "b lets in c"}, "b lets in c hat Zugang zu a", false},
		"what can be read in two ways stays English":    {lets, "a lets in b lets in c", nil, "a lets in b lets in c", true},
		"another text than the template's stays":        {lets, "logs keeps out everyone", nil, "logs keeps out everyone", true},
		"a template without names":                      {"nobody answers", "nobody answers", nil, "niemand ist zuständig", false},
		"a template that nobody translated":             {"{name} is odd", "logs is odd", nil, "logs is odd", true},
		"a finding without a template":                  {"", "logs is odd", nil, "logs is odd", true},
		"a place that is not known is said":             {country, "logs is in an unknown place, where care may not be", map[string]string{"element": "care"}, "logs liegt in einem unbekannten Ort, wo care nicht sein darf", false},
		"a name that is a word of reports stays a name": {lets, "open lets in critical", nil, "critical hat Zugang zu open", false},
		"a name in braces is not filled in":             {lets, "{element} lets in {name}", nil, "{name} hat Zugang zu {element}", false},
	} {
		got, english := l.Finding(c.template, c.message, c.known)
		if got != c.want || english != c.english {
			t.Errorf("%s: got %q, %v, want %q, %v", name, got, english, c.want, c.english)
		}
	}
	if got, english := (*Language)(nil).Finding(lets, "logs lets in everyone", nil); got != "logs lets in everyone" || english {
		t.Errorf("English: got %q, %v", got, english)
	}
}

// A hostile message must not take long: only the first two ways to read it count.
func TestFitsStopsAtTwo(t *testing.T) {
	t.Parallel()
	got := fits("{name} in {element} in {value}", strings.Repeat("a in ", 2000)+"b", nil)
	if d := cmp.Diff(2, len(got)); d != "" {
		t.Error(d)
	}
}

func TestRulesSayWhatTheyHave(t *testing.T) {
	t.Parallel()
	l := of(t, "de")
	const title = "Data at rest is encrypted"
	if got := l.Rule(title); got != "Gespeicherte Daten sind verschlüsselt" || l.English(title) {
		t.Errorf("got %q, English: %v", got, l.English(title))
	}
	const own = "A rule of a stranger"
	if got := l.Rule(own); got != own || !l.English(own) {
		t.Errorf("got %q, English: %v", got, l.English(own))
	}
	if (*Language)(nil).English(own) || (*Language)(nil).Rule(own) != own {
		t.Error("English is said in another language than itself")
	}
}
