package explain

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// Facts are those of an asset that a rule reads, each with where it is from.
func Facts(r probity.Rule, a probity.Asset) []Fact {
	out := []Fact{}
	for path, l := range probity.Leaves(a) {
		if policies.Reads(r, path) {
			out = append(out, factOf(evidence(a.Ref, path, l), 0))
		}
	}
	return out
}
