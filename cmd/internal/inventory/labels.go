package inventory

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/probity-scan/probity"
)

// Labels is the label index of a scan: of each store that want takes, what kinds of data are in it and how many. It names
// stores by digests, and says nothing of columns, objects, places or facts. It is a scan file like any other.
func Labels(scan probity.Scan, want func(probity.Asset) bool) (probity.Scan, error) {
	var out []probity.Asset
	for a, err := range scan.Assets {
		if err != nil {
			return probity.Scan{}, fmt.Errorf("reading the scan: %w", err)
		}
		k := keys(a)
		if len(k) == 0 || !want(a) || !Looked(a) && len(arns(a)) == 0 {
			continue
		}
		x := probity.Asset{Ref: probity.Ref{ID: k[0]}, Aliases: k[1:], Kind: a.Kind, Class: a.Class}
		if Looked(a) {
			x.Labels = bare(dated(a.Labels, scan.Started))
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	return probity.Scan{
		Header:   probity.Header{Format: scan.Format, Tool: scan.Tool, Started: scan.Started},
		Coverage: func(func(probity.Coverage, error) bool) {},
		Assets: func(yield func(probity.Asset, error) bool) {
			for _, a := range out {
				if !yield(a, nil) {
					return
				}
			}
		},
		Outcomes: func(func(probity.Outcome, error) bool) {},
	}, nil
}

// bare leaves of labels what rules weigh, one for each detector and form.
func bare(l probity.List[probity.Label]) probity.List[probity.Label] {
	var out []probity.Label
	for _, x := range l.Items {
		i := slices.IndexFunc(out, func(o probity.Label) bool {
			return o.Detector == x.Detector && o.Category == x.Category && o.Protection == x.Protection
		})
		if i < 0 {
			x.On, x.Version, x.Origin, x.Inherited, x.Sample = "", "", nil, nil, probity.Sample{Unit: x.Sample.Unit, Read: x.Sample.Read, Method: x.Sample.Method}
			out = append(out, x)
			continue
		}
		o := &out[i]
		o.Found += x.Found
		o.Distinct = max(o.Distinct, x.Distinct)
		o.Confidence = max(o.Confidence, x.Confidence)
		o.Sample.Read = max(o.Sample.Read, x.Sample.Read)
		if x.AsOf.After(o.AsOf) {
			o.AsOf = x.AsOf
		}
	}
	slices.SortFunc(out, func(a, b probity.Label) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Detector, b.Detector), cmp.Compare(a.Protection, b.Protection))
	})
	if _, gap := l.Value(); gap != nil {
		return probity.Open(probity.Gap{Reason: gap.Reason}, l.From(), out...) // its words may name an object
	}
	return probity.Whole(l.From(), out...)
}
