package examples

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners"
	"github.com/probity-scan/probity/scanners/iac/kubernetes/render"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Now is the time at which examples are judged.
func Now() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// Scan is a scan of one target by chosen rules.
type Scan struct {
	Target, Base string           // a folder or another target, and its path in the repository
	Config       string           // a probity.yaml; empty: none
	Policies     policies.Options // which rules; what Config declares is added
	Code         probity.Code     // what infrastructure code is read with
	Parallel     int
	Log          logrus.FieldLogger // nil: nothing is logged
	Render       render.Func        // of charts and kustomizations; nil: none is
	Now          time.Time          // zero: Now
	// Through is put around each scanner, and told what the rules ask for; nil: nothing is.
	Through func(probity.Scanner, []probity.Path) probity.Scanner
}

// Declared is what Config says; trouble in it is an error.
func (s Scan) Declared() (config.Loaded, error) {
	if s.Config == "" {
		return config.Loaded{}, nil
	}
	said, err := config.Load(s.Config, false)
	if err != nil {
		return said, err
	}
	if len(said.Trouble) > 0 {
		return said, fmt.Errorf("%s: %s", filepath.Base(s.Config), strings.Join(said.Trouble, "; "))
	}
	return said, nil
}

// Run scans, resolves and judges.
func (s Scan) Run(ctx context.Context) (probity.Scan, error) {
	said, err := s.Declared()
	if err != nil {
		return probity.Scan{}, err
	}
	s.Policies.Parameters = said.File.Parameters
	corpus, err := policies.Load(ctx, s.Policies)
	if err != nil {
		return probity.Scan{}, err
	}
	defer corpus.Close()
	if len(corpus.Trouble) > 0 {
		return probity.Scan{}, errors.New(corpus.Trouble[0].Gap.Because)
	}
	name, path, err := scanners.Source(s.Target)
	if err != nil {
		return probity.Scan{}, err
	}
	read, err := corpus.Asked(ctx)
	if err != nil {
		return probity.Scan{}, err
	}
	now := s.Now
	if now.IsZero() {
		now = Now()
	}
	u := probity.Unit{Scanner: name, Target: cmp.Or(path, s.Target), Base: s.Base, Asks: probity.Asks{Content: &probity.Budget{}, Exclude: said.File.Exclude, Code: s.Code, Paths: resolve.Inputs(read)}}
	u.Supplies = scanners.Supplies(u)
	all := scanners.All(scanners.Options{Starts: said.Declarations().Starts(), Now: func() time.Time { return now }, Render: s.Render})
	if s.Through != nil {
		for name, scanner := range all {
			all[name] = s.Through(scanner, resolve.Inputs(read))
		}
	}
	if s.Log == nil {
		silent := logrus.New()
		silent.SetOutput(io.Discard)
		s.Log = silent
	}
	return pipeline.Run(ctx, pipeline.Options{
		Tool: "probity", Targets: []string{filepath.ToSlash(s.Base)}, Units: []probity.Unit{u},
		Scanners: all, Corpus: corpus, Declarations: said.Declarations(),
		Key: func() ([]byte, error) { return make([]byte, 32), nil }, Log: s.Log, Now: now, Parallel: s.Parallel,
	})
}

// Outcomes are all that rules say in a scan.
func Outcomes(s probity.Scan) ([]probity.Outcome, error) {
	var out []probity.Outcome
	for o, err := range s.Outcomes {
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}
