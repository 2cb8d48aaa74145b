package terraform_test

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/iactest"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

var update = flag.Bool("update", false, "rewrite the expected facts")

// Each archive holds a repository, and last a file "facts" of lines "address path = value @ origin". The comment may say
// how to scan: "dir: envs/prod", "plan: plan.json", "source: infra", "before: true", "var: name=value".
func TestFacts(t *testing.T) {
	t.Parallel()
	iactest.Facts(t, *update, scanArchive)
}

func scanArchive(t *testing.T, dir, comment string) []probity.Found {
	t.Helper()
	u := probity.Unit{Scanner: terraform.Directory, Target: dir, Asks: probity.Asks{Code: probity.Code{Variables: map[string]string{}}}}
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "dir":
			u.Part = value
		case "plan":
			u.Scanner, u.Part = terraform.PlanFile, value
		case "source":
			u.Asks.Code.Source = filepath.Join(dir, filepath.FromSlash(value))
		case "before":
			u.Asks.Code.Before = value == "true"
		case "var":
			name, v, _ := strings.Cut(value, "=")
			u.Asks.Code.Variables[name] = v
		}
	}
	var out []probity.Found
	for f, err := range terraform.New().Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}
