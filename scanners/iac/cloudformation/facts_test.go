package cloudformation_test

import (
	"flag"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/cloudformation"
	"github.com/probity-scan/probity/scanners/iac/iactest"
)

var update = flag.Bool("update", false, "rewrite the expected facts")

// The comment of an archive may say how to scan: "template: stacks/app.yaml" (else template.yaml), "param: Name=value".
func TestFacts(t *testing.T) {
	t.Parallel()
	iactest.Facts(t, *update, func(t *testing.T, dir, comment string) []probity.Found {
		u := probity.Unit{Scanner: cloudformation.Name, Target: dir, Part: "template.yaml", Asks: probity.Asks{Code: probity.Code{Parameters: map[string]string{}}}}
		for line := range strings.Lines(comment) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch key {
			case "template":
				u.Part = value
			case "param":
				name, v, _ := strings.Cut(value, "=")
				u.Asks.Code.Parameters[name] = v
			}
		}
		return scan(t, u)
	})
}

func scan(t testing.TB, u probity.Unit) []probity.Found {
	t.Helper()
	var out []probity.Found
	for f, err := range cloudformation.New().Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}
