package reports

import (
	"fmt"
	"io"
	"time"

	"github.com/probity-scan/probity"
)

// MaxResults is how many results GitHub takes of a run.
const MaxResults = 25_000

const home = "https://github.com/probity-scan/probity"

// SARIFOptions are choices of who runs the scan. The zero value fits code hosts.
type SARIFOptions struct {
	Max        int    // results at most; 0 is [MaxResults], below 0 no limit
	Unknown    bool   // unknown outcomes as results of kind "open" as well
	Category   string // tells apart several analyses of one commit; empty: made of the targets
	Present    bool   // leave out what was found in the base and is there no more: hosts without baselines show it as open
	ExitCode   *int   // the process's, where it is decided before reports are written
	ExitReason string
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
	s.text("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n\"tool\":")
	s.value(sarifTool{r.driver})
	s.text(",\n\"invocations\":[")
	s.value(r.invocation(scan.Header, c))
	s.text("]")
	if len(r.taxonomies) > 0 {
		s.text(",\n\"taxonomies\":")
		s.value(r.taxonomies)
	}
	s.text(",\n\"automationDetails\":")
	s.value(map[string]string{"id": category(scan.Header, o) + "/" + scan.Started.UTC().Format(time.RFC3339)})
	s.text(",\n\"columnKind\":\"utf16CodeUnits\"")
	s.text(",\n\"originalUriBaseIds\":{\"SRCROOT\":{\"description\":{\"text\":\"The root of the repository; without one, the folder that the scan was started in.\"}}}")
	s.text(",\n\"results\":[")
	elements(s, r.results(scan, c))
	s.text("]\n}]}\n")
	return s.close()
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
	limit      int
}

func newSARIFRun(h probity.Header, c *Counts, o SARIFOptions) *sarifRun {
	r := &sarifRun{o: o, index: map[string]int{}, rules: map[string]probity.Rule{},
		base: h.Base, compared: c.Compared, total: c.Findings + c.Waived + c.Known + c.Later, limit: o.Max}
	if !o.Present {
		r.total += c.Fixed
	}
	if o.Unknown {
		r.total += c.Verdicts[probity.Unknown]
	}
	if r.limit == 0 {
		r.limit = MaxResults
	}
	name, version := toolName(h.Tool)
	r.driver = sarifDriver{Name: name, Version: version, Organization: "Probity", InformationURI: home, Rules: []sarifDescriptor{}}
	if semver.MatchString(version) {
		r.driver.SemanticVersion = version
	}
	places := r.taxonomy(h)
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
