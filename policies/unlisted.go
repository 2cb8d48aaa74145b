package policies

import (
	"slices"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// Unlisted gives an unknown outcome for each rule of a class whose listing is open, on what the listing belongs to: stores
// may exist that nobody judged. Where a service is not offered, none can.
func (c *Corpus) Unlisted(coverage []probity.Coverage) []probity.Outcome {
	type cell struct {
		rule string
		on   probity.Ref
	}
	at := map[cell]int{}
	var out []probity.Outcome
	for _, cov := range coverage {
		if cov.Gap == nil || cov.Path != "" || cov.Class == "" || cov.On.ID == "" || cov.Gap.Reason == probity.Filtered || cov.Gap.Reason == probity.NotApplicable {
			continue
		}
		path := probity.Path("listing of " + string(cov.Kind))
		ev := probity.Evidence{Asset: cov.On, Fact: path, Gap: cov.Gap, Origin: cov.Origin}
		for _, r := range c.Rules {
			if !slices.Contains(r.Classes, cov.Class) || len(r.Kinds) > 0 && !slices.Contains(r.Kinds, cov.Kind) {
				continue
			}
			k := cell{r.ID, cov.On}
			if i, ok := at[k]; ok {
				out[i].Evidence = append(out[i].Evidence, ev)
				continue
			}
			at[k] = len(out)
			f := finding(&r, &probity.Asset{Ref: cov.On}, path, "", "unknown: depends on the "+string(path)+", which "+cov.Gap.String())
			f.Digest = digestOf([]verdict.Missing{{Path: path, Gap: *cov.Gap}})
			if p, ok := cov.Origin.Source(); ok {
				f.Place = &p
			}
			out = append(out, probity.Outcome{Rule: r.ID, Asset: cov.On, Verdict: probity.Unknown, Evidence: []probity.Evidence{ev}, Findings: []probity.Finding{f}})
		}
	}
	return out
}
