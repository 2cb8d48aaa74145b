package pipeline_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/probity-scan/probity"
)

// difference is why sources say different things: by rule and by what they say ("pass pass unknown pass"), of which stores.
type difference struct {
	Because string
	Of      map[string]map[string][]string
}

const differencesFile = "testdata/differences.yaml"

func differences(t *testing.T) []difference {
	t.Helper()
	b, err := os.ReadFile(differencesFile)
	if err != nil {
		t.Fatal(err)
	}
	var out []difference
	if err := yaml.Unmarshal(b, &out); err != nil {
		t.Fatalf("%s: %v", differencesFile, err)
	}
	return out
}

// reasons are those of differences, by rule, what is said, and store.
func reasons(listed []difference) map[[3]string]string {
	out := map[[3]string]string{}
	for _, d := range listed {
		for rule, said := range d.Of {
			for verdicts, stores := range said {
				for _, s := range stores {
					out[[3]string{rule, verdicts, s}] = d.Because
				}
			}
		}
	}
	return out
}

func (r row) key() [3]string { return [3]string{r.rule, strings.Join(r.said, " "), r.store.name} }

// asListed: every difference is listed with a reason, and what is listed is one.
func asListed(t *testing.T, rows []row) {
	t.Helper()
	if *update {
		list(t, rows)
	}
	listed := reasons(differences(t))
	for _, r := range rows {
		if !r.differs() {
			continue
		}
		if listed[r.key()] == "" {
			t.Errorf("%s of %s: terraform, plan, cloudformation and aws say %s, and %s does not list why%s", r.rule, r.store.name, strings.Join(r.said, ", "), differencesFile, r.evidence)
		}
		delete(listed, r.key())
	}
	for key := range listed {
		t.Errorf("%s of %s: %s lists %q, which is not what the sources say", key[0], key[2], differencesFile, key[1])
	}
}

// list writes the differences, each with the reason that it had.
func list(t *testing.T, rows []row) {
	t.Helper()
	known := reasons(differences(t))
	var out []difference
	for _, r := range rows {
		if !r.differs() {
			continue
		}
		because := known[r.key()]
		i := slices.IndexFunc(out, func(d difference) bool { return d.Because == because })
		if i < 0 {
			i, out = len(out), append(out, difference{because, map[string]map[string][]string{}})
		}
		of := out[i].Of
		if of[r.rule] == nil {
			of[r.rule] = map[string][]string{}
		}
		said := strings.Join(r.said, " ")
		of[r.rule][said] = append(of[r.rule][said], r.store.name)
	}
	slices.SortFunc(out, func(a, b difference) int { return strings.Compare(a.Because, b.Because) })
	var b strings.Builder
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(differencesFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

const proofsFile = "testdata/proofs.yaml"

// proofs are the rules of which stores that fail and stores that pass were shown, by source.
func proofs(t *testing.T) map[probity.Source][]string {
	t.Helper()
	b, err := os.ReadFile(proofsFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[probity.Source][]string{}
	if err := yaml.Unmarshal(b, &out); err != nil {
		t.Fatalf("%s: %v", proofsFile, err)
	}
	return out
}

// asProved: the file of proofs, by which rules claim sources, holds what this test has shown.
func asProved(t *testing.T, rows []row) {
	t.Helper()
	shown := map[probity.Source]map[string]map[string]bool{}
	for _, r := range rows {
		for i, from := range []probity.Source{"terraform", "plan", "cloudformation", "aws"} {
			if shown[from] == nil {
				shown[from] = map[string]map[string]bool{}
			}
			if shown[from][r.rule] == nil {
				shown[from][r.rule] = map[string]bool{}
			}
			shown[from][r.rule][r.said[i]] = true
		}
	}
	got := map[probity.Source][]string{}
	for from, rules := range shown {
		for rule, verdicts := range rules {
			if verdicts[string(probity.Pass)] && verdicts[string(probity.Fail)] {
				got[from] = append(got[from], rule)
			}
		}
		slices.Sort(got[from])
	}
	text, err := yaml.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	sameText(t, proofsFile, string(text))
}

// sameText compares a file that is generated, or writes it.
func sameText(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != text {
		t.Errorf("%s is not what it would be now: run go test ./cmd/internal/pipeline -run ParityOfSources -update (%v)", file, err)
	}
}
