package pipeline_test

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
)

var update = flag.Bool("update", false, "write into the METADATA of rules the sources that their examples prove")

// sourcesLine is the key of METADATA, in its comment.
var sourcesLine = regexp.MustCompile(`(?m)^#   sources: \[.*\]\n`)

// TestExamplesProve: a rule claims the sources for which its examples, or the stores of TestParityOfSources, show a failure and a
// pass, and no other; some example is unknown, or its archive says why none can be.
func TestExamplesProve(t *testing.T) {
	t.Parallel()
	claims := map[string][]probity.Source{}
	for _, r := range rulesOf(t) {
		claims[r.ID] = r.Sources
	}
	besides := proofs(t)
	for _, file := range ruleFiles(t, ".txtar") {
		id := strings.TrimSuffix(path.Base(file), ".txtar")
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			shown := map[probity.Source]map[probity.Verdict]bool{}
			verdicts := map[probity.Verdict]bool{}
			for _, e := range casesOf(t, file) {
				for _, x := range append(e.Expect, plannedOf(t, e)...) {
					s := examples.Source(x.Source)
					if shown[s] == nil {
						shown[s] = map[probity.Verdict]bool{}
					}
					shown[s][x.Verdict], verdicts[x.Verdict] = true, true
				}
			}
			var proved []probity.Source
			for _, s := range probity.Source("").Values() {
				if shown[probity.Source(s)][probity.Pass] && shown[probity.Source(s)][probity.Fail] || slices.Contains(besides[probity.Source(s)], id) {
					proved = append(proved, probity.Source(s))
				}
			}
			if len(proved) == 0 {
				t.Errorf("no source has an example that fails and one that passes")
			}
			if *update {
				claim(t, strings.TrimSuffix(file, ".txtar")+".rego", proved)
			} else if !slices.Equal(claims[id], proved) {
				t.Errorf("METADATA claims %v, and what fails and what passes proves %v: write examples, or run go test ./cmd/internal/pipeline -run ExamplesProve -update and make generate", claims[id], proved)
			}
			if !verdicts[probity.Unknown] && !says(t, file, "Never unknown: ") {
				t.Error("no example is unknown: write one, or a line above the first file that begins with \"Never unknown: \" and says why")
			}
		})
	}
}

// plannedOf is what is expected of the plan of an example's code, where one can be made.
func plannedOf(t *testing.T, e *examples.Example) []examples.Expectation {
	t.Helper()
	expect := slices.DeleteFunc(e.Planned(), func(x examples.Expectation) bool { return x.Source == "plan" }) // which are counted as they stand
	if len(expect) == 0 {
		return nil
	}
	dir := t.TempDir()
	if _, err := e.Save(dir, "terraform"); err != nil {
		t.Fatal(err)
	}
	_, ok, err := examples.Plan(t.Context(), filepath.Join(dir, "terraform"))
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return nil
	}
	for i := range expect {
		expect[i].Source = "plan"
	}
	return expect
}

func says(t *testing.T, file, words string) bool {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(strings.Split(string(a.Comment), "\n"), func(line string) bool { return strings.HasPrefix(line, words) && len(line) > len(words)+10 })
}

// claim writes the key sources behind the version since which there is a rule.
func claim(t *testing.T, file string, proved []probity.Source) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	words := make([]string, len(proved))
	for i, s := range proved {
		words[i] = string(s)
	}
	line := fmt.Sprintf("#   sources: [%s]\n", strings.Join(words, ", "))
	text := sourcesLine.ReplaceAllString(string(b), "")
	head, tail, ok := strings.Cut(text, "#   classes:")
	if !ok {
		t.Fatalf("%s names no classes", file)
	}
	if err := os.WriteFile(file, []byte(head+line+"#   classes:"+tail), 0o644); err != nil {
		t.Fatal(err)
	}
}
