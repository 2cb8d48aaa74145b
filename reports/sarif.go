package reports

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/probity-scan/probity"
)

// MaxResults is how many results GitHub takes of a run, and MaxRuns how many runs of a file.
const (
	MaxResults = 25_000
	MaxRuns    = 20
)

const home = "https://github.com/probity-scan/probity"

// SARIFOptions are choices of who runs the scan. The zero value fits code hosts.
type SARIFOptions struct {
	Max        int    // results at most; 0 is [MaxRuns] full runs, below 0 no limit, in one run
	Run        int    // results of a run, which the next goes on from; 0 is [MaxResults]
	Unknown    bool   // unknown outcomes as results of kind "open" as well
	Category   string // tells apart several analyses of one commit; empty: made of the targets
	NoTaxa     bool   // leave out the controls of results: hosts that do not read them count bytes
	Present    bool   // leave out what was found in the base and is there no more: hosts without baselines show it as open
	Life       *Life  // what a history says of findings: the baseline, where the gate compared with none
	ExitCode   *int   // the process's, where it is decided before reports are written
	ExitReason string
}

// Life is what happened to findings since the scan before, by their fingerprints. What is named by neither was there and is.
type Life struct {
	New   map[string]bool // or open again
	Worse map[string]bool
	Gone  []probity.Gone // on evidence
}

// SARIF writes SARIF 2.1.0, worst results first. Violations are results; what is unknown, lost or left out is told as
// notifications of the run, because consumers show any result as an open issue of the code.
//
// The scan's outcomes are walked once a severity, so that sorting needs no memory.
func SARIF(w io.Writer, scan probity.Scan, o SARIFOptions) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	if scan, err = located(scan, o.Unknown); err != nil {
		return err
	}
	r := newSARIFRun(scan.Header, c, o)
	s := newStream(w)
	s.text("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[")
	next, stop := iter.Pull2(r.results(scan, c))
	defer stop()
	for part := range r.parts {
		if part > 0 {
			s.text(",")
		}
		r.open(s, scan.Header, c, part)
		elements(s, few(next, r.each))
		s.text("]\n}")
	}
	s.text("]}\n")
	return s.close()
}

// open writes a run up to its results. A run tells which part it is, and the first one what there is to tell of all.
func (r *sarifRun) open(s *stream, h probity.Header, c *Counts, part int) {
	s.text("{\n\"tool\":")
	s.value(sarifTool{r.driver})
	s.text(",\n\"invocations\":[")
	s.value(r.invocation(h, c, part))
	s.text("]")
	if len(r.taxonomies) > 0 {
		s.text(",\n\"taxonomies\":")
		s.value(r.taxonomies)
	}
	of := category(h, r.o)
	if part > 0 { // hosts take runs of one category for the same analysis, the later in place of the earlier
		of += fmt.Sprintf(" part %d of %d", part+1, r.parts)
	}
	s.text(",\n\"automationDetails\":")
	s.value(map[string]string{"id": of + "/" + h.Started.UTC().Format(time.RFC3339)})
	s.text(",\n\"columnKind\":\"utf16CodeUnits\"")
	s.text(",\n\"originalUriBaseIds\":{\"SRCROOT\":{\"description\":{\"text\":\"The root of the repository; without one, the folder that the scan was started in.\"}}}")
	s.text(",\n\"results\":[")
}

// few yields up to n of what comes next; below 0 all.
func few[T any](next func() (T, error, bool), n int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for ; n != 0; n-- {
			v, err, ok := next()
			if !ok || !yield(v, err) {
				return
			}
		}
	}
}

// sarifRun is what results refer to.
type sarifRun struct {
	o          SARIFOptions
	driver     sarifDriver
	taxonomies []sarifTaxonomy
	index      map[string]int // of rules
	rules      map[string]probity.Rule
	base       *probity.Base
	compared   bool
	total      int // results before the limit
	limit      int // below 0: none
	each       int // results of a run; below 0: all
	parts      int // runs
	taxa       map[string][]sarifTaxon
}

func newSARIFRun(h probity.Header, c *Counts, o SARIFOptions) *sarifRun {
	r := &sarifRun{o: o, index: map[string]int{}, rules: map[string]probity.Rule{},
		base: h.Base, compared: c.Compared, total: c.Findings + c.Waived + c.Known + c.Later, limit: o.Max}
	if c.Compared {
		r.o.Life = nil // the gate's word goes before
	} else if o.Life != nil {
		r.base = &probity.Base{Absent: o.Life.Gone}
	}
	if !o.Present && r.base != nil {
		r.total += len(r.base.Absent)
	}
	if o.Unknown {
		r.total += c.Verdicts[probity.Unknown]
	}
	r.each = cmp.Or(o.Run, MaxResults)
	switch {
	case r.limit == 0:
		r.limit = MaxRuns * r.each
	case r.limit < 0:
		r.each = -1
	}
	r.parts = 1
	if r.each > 0 {
		r.parts = max(1, (min(r.total, r.limit)+r.each-1)/r.each)
	}
	name, version := toolName(h.Tool)
	r.driver = sarifDriver{Name: name, Version: version, Organization: "Probity", InformationURI: home, Rules: []sarifDescriptor{}}
	if semver.MatchString(version) {
		r.driver.SemanticVersion = version
	}
	places := r.taxonomy(h)
	if !o.NoTaxa {
		r.taxa = taxaOf(h, places)
	}
	for i, rule := range h.Rules {
		r.index[rule.ID], r.rules[rule.ID] = i, rule
		r.driver.Rules = append(r.driver.Rules, sarifRule(rule, places[rule.ID]))
	}
	r.driver.Notifications = sarifNotices()
	return r
}

// over is how many results the limit leaves out.
func (r *sarifRun) over() int {
	if r.limit < 0 {
		return 0
	}
	return max(0, r.total-r.limit)
}

func category(h probity.Header, o SARIFOptions) string {
	if o.Category != "" {
		return visible(o.Category)
	}
	s := "probity"
	for _, t := range h.Targets {
		s += fmt.Sprintf(" %s", visible(t))
	}
	return short(s, 200)
}
