package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a record asks is taken where it is well said; a slip is told by its line and takes nothing else with it.
func TestRegister(t *testing.T) {
	t.Parallel()
	const activity = "activities:\n  - {id: a, stores: [x], country: DE, "
	for name, c := range map[string]struct {
		text, trouble                 string
		entities, data, safeguards    int
		representative, firstDocument string
	}{
		"all of it":               {"entities: [{name: A, representative: none}]\n" + activity + "data: [health], safeguards: [{country: US, basis: scc, document: D, at: 2026-02-01, until: 2027-02-01}]}\n", "", 1, 1, 1, "none", "D"},
		"a category that is none": {activity + "data: [health, moods]}\n", ":2: activity a: data are of identifier,", 0, 1, 0, "", ""},
		"a country that is none":  {activity + "safeguards: [{country: Mars}, {country: US}]}\n", "a safeguard needs its country in two capital letters", 0, 0, 1, "", ""},
		"a basis that is none":    {activity + "safeguards: [{country: US, basis: trust}]}\n", "basis of a safeguard must be one of adequacy, scc, bcr, derogation", 0, 0, 0, "", ""},
		"a day that is none":      {activity + "safeguards: [{country: US, at: yesterday}]}\n", "days of a safeguard are written as 2026-11-20", 0, 0, 0, "", ""},
		"nobody's name":           {"entities: [{contact: c}]\n" + activity + "}\n", "an entity needs the name", 0, 0, 0, "", ""},
		"one name twice":          {"entities: [{name: A}, {name: A}]\n" + activity + "}\n", "stands above already", 1, 0, 0, "", ""},
	} {
		path := filepath.Join(t.TempDir(), Name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Load(path, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(l.Trouble, "\n"); c.trouble == "" && got != "" || !strings.Contains(got, c.trouble) {
			t.Errorf("%s: got %q, want %q", name, got, c.trouble)
		}
		d := l.Register()
		a := d.Details["a"]
		if len(d.Activities) != 1 || len(d.Entities) != c.entities || len(a.Data) != c.data || len(a.Safeguards) != c.safeguards {
			t.Errorf("%s: got %+v", name, d)
			continue
		}
		if c.firstDocument != "" && (a.Safeguards[0].Document != c.firstDocument || a.Safeguards[0].At.IsZero() || d.Entities[0].Representative != c.representative) {
			t.Errorf("%s: got %+v", name, d)
		}
	}
}
