package pipeline_test

import (
	"io"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports/gate"
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
	log := logrus.New()
	log.SetLevel(logrus.DebugLevel)
	log.SetOutput(io.Discard)
	if j.log != nil {
		log.SetOutput(j.log)
	}
	s := examples.Scan{Target: j.dir, Base: j.base, Config: j.config, Policies: policies.Options{Rules: j.rules}, Code: j.code,
		Parallel: j.parallel, Log: log, Through: j.through}
	said, err := s.Declared()
	if err != nil {
		t.Fatal(err)
	}
	scan, err := s.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var waivers []gate.Waiver
	for _, w := range said.Waivers() {
		waivers = append(waivers, gate.Waiver{Waiver: w})
	}
	if scan, _, err = gate.Judge(scan, gate.Options{Now: examples.Now(), Waivers: waivers}); err != nil {
		t.Fatal(err)
	}
	return scan
}

// outcomes of a scan, all of them.
func outcomes(t *testing.T, scan probity.Scan) []probity.Outcome {
	t.Helper()
	out, err := examples.Outcomes(scan)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
