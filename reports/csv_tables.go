package reports

import (
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/probity-scan/probity"
)

// CSVAssets writes a row for each asset: what is known of personal data in it, and how its outcomes came out. Rows for what was
// lost come first: stores may be missing.
func CSVAssets(w io.Writer, scan probity.Scan) error {
	c, err := Count(scan)
	if err != nil {
		return err
	}
	t := newSpreadsheet(w, "asset", "root", "name", "kind", "class", "provider", "account", "region", "country", "owner", "data", "categories", "detectors", "places",
		"public", "encrypted_at_rest", "activities", "failed", "unknown", "passed", "not_applicable", "worst")
	for _, l := range c.Losses {
		t.row(append([]string{"", "", "", "", "lost", "", "", "", "", "", lossLine(nil, l)}, make([]string, 11)...)...)
	}
	next, stop := perAsset(scan)
	defer stop()
	for a, err := range each(scan.Assets) {
		if err != nil {
			return err
		}
		n, err := next(a.Ref)
		if err != nil {
			return err
		}
		t.asset(a, n)
	}
	return t.close()
}

func (t *spreadsheet) asset(a probity.Asset, n RuleCounts) {
	var categories, kinds, activities []string
	for _, l := range a.Labels.Items {
		categories, kinds = append(categories, string(l.Category)), append(kinds, l.Detector)
	}
	for _, x := range a.Activities.Items {
		activities = append(activities, x.ID)
	}
	owner, _ := a.Owner.Get()
	t.row(a.ID, a.Root, a.Name, string(a.Kind), string(a.Class), a.Scope.Provider, a.Scope.Account, a.Scope.Region, factWord(a.Location.Country), owner, dataWords(nil, a),
		several(categories), several(kinds), number(len(a.Labels.Items)), factWord(a.Exposure.Public), factWord(a.Encryption.AtRest), several(activities),
		strconv.Itoa(n.Verdicts[probity.Fail]), strconv.Itoa(n.Verdicts[probity.Unknown]), strconv.Itoa(n.Verdicts[probity.Pass]), strconv.Itoa(n.Verdicts[probity.NA]), string(n.Worst()))
}

// factWord is a fact in a word, or that it is unknown and why.
func factWord(l probity.Leaf) string {
	v, g := l.Value()
	if g != nil {
		return "unknown: " + reasonWords(nil, g.Reason)
	}
	return valueText(nil, v)
}

func several(s []string) string {
	slices.Sort(s)
	return strings.Join(slices.Compact(s), "; ")
}

// perAsset counts the outcomes of one asset after the other: next is to be asked for assets in their order.
func perAsset(scan probity.Scan) (next func(probity.Ref) (RuleCounts, error), stop func()) {
	pull, stop := iter.Pull2(each(scan.Outcomes))
	o, err, more := pull()
	return func(of probity.Ref) (RuleCounts, error) {
		n := RuleCounts{Verdicts: map[probity.Verdict]int{}, Severities: map[probity.Severity]int{}}
		for more && err == nil && o.Asset.Compare(of) < 0 {
			o, err, more = pull()
		}
		for more && err == nil && o.Asset == of {
			n.Verdicts[o.Verdict]++
			for _, f := range o.Findings {
				if o.Verdict == probity.Fail && f.Stands() {
					n.Severities[f.Risk.Severity]++
				}
			}
			o, err, more = pull()
		}
		return n, err
	}, stop
}

// CSVGaps writes a row for each thing that is not known: of the run, of coverage, and of facts that decide outcomes.
func CSVGaps(w io.Writer, scan probity.Scan) error {
	t := newSpreadsheet(w, "of", "loss", "reason", "asset", "root", "fact", "rule", "because", "needs", "count", "where", "verdict")
	gap := func(of string, g probity.Gap, a probity.Ref, fact, rule string, count int, where *probity.Origin, verdict string) {
		loss := "no"
		if g.Reason.Loss() || of == "run" {
			loss = "yes"
		}
		t.row(of, loss, string(g.Reason), a.ID, a.Root, fact, rule, g.Because, g.Needs, number(count), where.String(), verdict)
	}
	for _, x := range scan.Trouble {
		gap("run", x.Gap, probity.Ref{ID: x.What}, "", "", 0, nil, "")
	}
	for v, err := range each(scan.Coverage) {
		if err != nil {
			return err
		}
		if v.Gap != nil {
			gap("coverage", *v.Gap, v.On, string(v.Path), "", v.Count, v.Origin, "")
		}
	}
	for a, err := range each(scan.Assets) {
		if err != nil {
			return err
		}
		for p, f := range probity.Losses(&a) {
			_, g := f.Value()
			gap("fact", *g, a.Ref, string(p), "", 0, f.From(), "")
		}
	}
	for o, err := range each(scan.Outcomes) {
		if err != nil {
			return err
		}
		for _, e := range o.Evidence {
			if o.Verdict == probity.Unknown && e.Gap != nil {
				gap("outcome", *e.Gap, e.Asset, string(e.Fact), o.Rule, 0, e.Origin, string(o.Verdict))
			}
		}
	}
	return t.close()
}
