package pipeline_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// TestExamplesOfAWS scans the live accounts of examples: what the calls of aws/setup.yaml make in the emulator, one after another, or
// what the API answers by aws/<Service>.<Operation>, as AWS documents it, where the emulator has none.
func TestExamplesOfAWS(t *testing.T) {
	endpoint := awstest.Emulator(t)
	for _, file := range ruleFiles(t, ".txtar") {
		id := strings.TrimSuffix(path.Base(file), ".txtar")
		for _, e := range casesOf(t, file) {
			expect := e.Of("aws")
			if len(expect) == 0 {
				continue
			}
			t.Run(id+"/"+e.Name, func(t *testing.T) {
				target := "aws:region=" + awstest.Region
				services := strings.Fields(string(e.Files["aws/services"]))
				if text, ok := e.Files["aws/setup.yaml"]; ok {
					setup, err := awstest.ReadSetup(text)
					if err != nil {
						t.Fatal(err)
					}
					awstest.Reset(t, endpoint)
					setup.Make(t, endpoint)
					for i := range expect {
						expect[i].Asset = setup.Filled(expect[i].Asset)
					}
					services = append(services, setup.Services()...)
					p := awstest.NewProxy(t, endpoint)
					p.Set(awstest.EventStores, awstest.Unsupported())
					target += ",endpoint=" + p.URL
				} else {
					target += ",endpoint=" + awstest.Recorded(t, recordedIn(e))
				}
				if len(services) > 0 {
					target += ",services=" + strings.Join(slices.Compact(slices.Sorted(slices.Values(services))), ";")
				}
				config, err := e.Save(t.TempDir())
				if err != nil {
					t.Fatal(err)
				}
				asExpected(t, expect, outcomes(t, job{config: config, dir: target, rules: []string{id}}.run(t)))
			})
		}
	}
}

func recordedIn(e *examples.Example) *txtar.Archive {
	a := &txtar.Archive{}
	for name, text := range e.Files {
		if called, ok := strings.CutPrefix(name, "aws/"); ok && called != "services" {
			a.Files = append(a.Files, txtar.File{Name: called, Data: text})
		}
	}
	return a
}
