package gate

import (
	"slices"

	"github.com/probity-scan/probity"
)

// formerNames are what the assets of a scan were called before. A name that an asset still bears, or that two claim, is nobody's
// former one: Terraform refuses such a move, and what is new would pass for what was there.
func formerNames(scan probity.Scan) (map[probity.Ref][]probity.Ref, error) {
	out, claimed := map[probity.Ref][]probity.Ref{}, map[probity.Ref]int{}
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, err
		}
		if len(a.Former) > 0 {
			out[a.Ref] = a.Former
		}
		for _, f := range a.Former {
			claimed[f]++
		}
	}
	if len(out) == 0 {
		return out, nil
	}
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, err
		}
		if claimed[a.Ref] > 0 {
			claimed[a.Ref] = 2
		}
	}
	for r, names := range out {
		out[r] = slices.DeleteFunc(slices.Clone(names), func(f probity.Ref) bool { return claimed[f] > 1 })
	}
	return out, nil
}
