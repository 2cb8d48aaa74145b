// Package pipeline is the whole flow of a scan: collect, resolve, judge, and hand over a Scan to write.
package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Options are what a scan needs. Scanners, Corpus, Log and Now are required.
type Options struct {
	Tool         string
	Targets      []string       // as the person wrote them
	Units        []probity.Unit // their first units, one for each target
	Scanners     map[string]probity.Scanner
	Corpus       *policies.Corpus
	Prior        probity.Prior // nil: nothing is known from before
	MaxAge       time.Duration // of what Prior knows; 0: any
	Declarations Declarations
	Inputs       map[string]string // digests of configuration and rules, for the header
	Key          func() ([]byte, error)
	Log          logrus.FieldLogger
	Now          time.Time
	Parallel     int
	Progress     func(Progress)
	Leave        func(probity.Unit) string // why a unit that a target holds need not be scanned, or nothing; nil: all are
	Live         func(probity.Unit) bool   // whether a unit asks over a network; nil: none does
	Checkpoint   Checkpoint                // where results of units are kept until the scan has ended whole; nil: nowhere
	Record       string                    // the folder of a recording to write; empty: none
	Say          func(line string)         // what a person should know; nil: nobody asks
}

// Checkpoint keeps what units found: *state.Checkpoint in a folder.
type Checkpoint interface {
	Known(u probity.Unit) (state.Result, bool) // what a unit found before, where that counts still
	Keep(u probity.Unit, r state.Result) error // of a unit of which another try would tell the same
	Whole()                                    // another scan could tell no more than this one
}

// Progress is how far a scan is.
type Progress struct {
	Phase       string // "scanning", "judging"
	Done, Total int    // units; the total grows as units find others
	Assets      int
	At          string // what is being read
}

// Run scans, resolves and judges. When ctx ends on the way it still gives what was found until then, with the rest as
// trouble; an error means that there is no scan to tell of.
func Run(ctx context.Context, o Options) (probity.Scan, error) {
	c := newCollector(o)
	c.run(ctx)
	if err := c.settle(); err != nil {
		return probity.Scan{}, err
	}
	if c.whole() {
		c.o.Checkpoint.Whole()
	}
	scan := probity.Scan{Header: probity.Header{Format: probity.Format, Tool: o.Tool, Started: o.Now.UTC(), Targets: masked(o.Targets), Inputs: o.Inputs,
		Rules: o.Corpus.Rules, Trouble: append(c.trouble(), o.Corpus.Trouble...)}}
	scan.Calls, scan.Reads = c.record()
	if o.Record != "" {
		rec := state.Recording{Tool: o.Tool, Started: scan.Started, Targets: scan.Targets}
		if err := state.Record(o.Record, rec, c.results()); err != nil {
			return probity.Scan{}, err
		}
	}
	fragments, coverage := c.found()
	inv := resolve.NewSlice(fragments, coverage)
	// What was read is told even when the person stopped the rest: the steps below are short.
	after := context.WithoutCancel(ctx)
	notices, err := prepare(after, inv, o)
	if err != nil {
		return probity.Scan{}, err
	}
	scan.Notices = notices
	assets, coverage := inv.All()
	scan.Coverage, scan.Assets = each(coverage), eachOf(assets)
	scan.Frameworks = o.Corpus.Stand(o.Declarations.Organisation, seen(assets))
	if err := ctx.Err(); err != nil {
		scan.Trouble = append(scan.Trouble, probity.Trouble{What: "judging", Gap: stopped("stopped before rules were asked")})
		scan.Outcomes = each([]probity.Outcome(nil))
		return scan, nil
	}
	outcomes, err := judge(ctx, o, assets, coverage)
	if err != nil && ctx.Err() == nil {
		return probity.Scan{}, err
	}
	if err != nil {
		scan.Trouble = append(scan.Trouble, probity.Trouble{What: "judging", Gap: stopped("stopped before all rules were asked")})
	}
	scan.Trouble = append(scan.Trouble, outcomes.failed()...)
	scan.Trouble = append(scan.Trouble, o.Corpus.RiskTrouble()...)
	scan.Outcomes = outcomes.all()
	return scan, nil
}

// prepare works out what more than one unit tells, with what earlier scans knew and people declared.
func prepare(ctx context.Context, inv *resolve.Slice, o Options) ([]probity.Notice, error) {
	if o.Prior != nil {
		if err := remember(ctx, inv, o); err != nil {
			return nil, fmt.Errorf("asking earlier scans: %w", err)
		}
	}
	notices, err := o.Declarations.labels(ctx, inv, o.Now)
	if err != nil {
		return nil, fmt.Errorf("declaring labels: %w", err)
	}
	if err := o.Declarations.accounts(ctx, inv); err != nil {
		return nil, fmt.Errorf("declaring accounts: %w", err)
	}
	if err := resolve.Run(ctx, inv); err != nil {
		return nil, fmt.Errorf("resolving: %w", err)
	}
	if err := o.Declarations.activities(ctx, inv); err != nil {
		return nil, fmt.Errorf("declaring activities: %w", err)
	}
	if err := o.Declarations.owners(ctx, inv); err != nil {
		return nil, fmt.Errorf("declaring owners: %w", err)
	}
	return notices, nil
}

func judge(ctx context.Context, o Options, assets []*probity.Asset, coverage []probity.Coverage) (*ledger, error) {
	at := func(r probity.Ref) (probity.Asset, bool) {
		i, ok := slices.BinarySearchFunc(assets, r, func(a *probity.Asset, r probity.Ref) int { return a.Compare(r) })
		if !ok {
			return probity.Asset{}, false
		}
		return *assets[i], true
	}
	out, place, n := newLedger(assets, o.Corpus.Rules), 0, 0
	for oc, err := range o.Corpus.Judge(ctx, policies.Estate{Assets: eachOf(assets), Linked: at, Now: o.Now}) {
		if err != nil {
			return out, err
		}
		for assets[place].Ref != oc.Asset {
			place++
		}
		out.add(place, oc)
		if n++; n%1000 == 0 {
			o.progress(Progress{Phase: "judging", Done: n, Assets: len(assets)})
		}
	}
	out.close(o.Corpus.Unlisted(coverage))
	return out, nil
}

// failed names each rule that could not judge, once: it erred, looped or took too much memory.
func (l *ledger) failed() []probity.Trouble {
	var out []probity.Trouble
	seen := map[string]bool{}
	for _, o := range l.whole { // what rests on no fact is not shared
		for _, e := range o.Evidence {
			if e.Fact == "" && e.Gap != nil && e.Gap.Reason == probity.Failed && !seen[o.Rule] {
				seen[o.Rule] = true
				out = append(out, probity.Trouble{What: "rule " + o.Rule, Gap: *e.Gap})
			}
		}
	}
	return out
}

func (o Options) say(line string) {
	if o.Say != nil {
		o.Say(line)
	}
}

func (o Options) progress(p Progress) {
	if o.Progress != nil {
		o.Progress(p)
	}
}
