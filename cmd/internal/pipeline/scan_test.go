package pipeline_test

import (
	"cmp"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/scanners"
	"github.com/probity-scan/probity/scanners/resolve"
)

// job is a scan of one folder as the command line puts it together.
type job struct {
	dir, base string   // the folder or another target, and its path in the repository
	config    string   // a probity.yaml; empty: none
	rules     []string // empty: all
	parallel  int
	code      probity.Code // what infrastructure code is read with
	log       io.Writer
	// through is put around each scanner, and told what the rules ask for.
	through func(probity.Scanner, []probity.Path) probity.Scanner
}

func (j job) run(t *testing.T) probity.Scan {
	t.Helper()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	var said config.Loaded
	if j.config != "" {
		var err error
		if said, err = config.Load(j.config, false); err != nil {
			t.Fatal(err)
		}
		if len(said.Trouble) > 0 {
			t.Fatalf("%s: %v", j.config, said.Trouble)
		}
	}
	corpus, err := policies.Load(t.Context(), policies.Options{Rules: j.rules, Parameters: said.File.Parameters})
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	log := logrus.New()
	log.SetLevel(logrus.DebugLevel)
	log.SetOutput(io.Discard)
	if j.log != nil {
		log.SetOutput(j.log)
	}
	name, path, err := scanners.Source(j.dir)
	if err != nil {
		t.Fatal(err)
	}
	u := probity.Unit{Scanner: name, Target: cmp.Or(path, j.dir), Base: j.base, Asks: probity.Asks{Content: &probity.Budget{}, Exclude: said.File.Exclude, Code: j.code}}
	u.Supplies = scanners.Supplies(u)
	all := scanners.All(scanners.Options{Starts: said.Declarations().Starts(), Now: func() time.Time { return now }})
	if j.through != nil {
		read, err := corpus.Asked(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range all {
			all[name] = j.through(s, resolve.Inputs(read))
		}
	}
	scan, err := pipeline.Run(t.Context(), pipeline.Options{
		Tool: "probity test", Targets: []string{filepath.ToSlash(j.base)}, Units: []probity.Unit{u},
		Scanners: all, Corpus: corpus, Declarations: said.Declarations(),
		Key: func() ([]byte, error) { return make([]byte, 32), nil }, Log: log, Now: now, Parallel: j.parallel,
	})
	if err != nil {
		t.Fatal(err)
	}
	var waivers []gate.Waiver
	for _, w := range said.Waivers() {
		waivers = append(waivers, gate.Waiver{Waiver: w})
	}
	if scan, _, err = gate.Judge(scan, gate.Options{Now: now, Waivers: waivers}); err != nil {
		t.Fatal(err)
	}
	return scan
}

// outcomes of a scan, all of them.
func outcomes(t *testing.T, scan probity.Scan) []probity.Outcome {
	t.Helper()
	var out []probity.Outcome
	for o, err := range scan.Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return out
}
