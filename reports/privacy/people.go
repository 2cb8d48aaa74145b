package privacy

import (
	"math"

	"github.com/probity-scan/probity"
)

// Records is how much a breach of stores would concern.
type Records struct {
	AtMost   int      `json:"records_at_most"` // rows, items or objects that the stores hold in all; 0 with Unknown
	Unknown  []string `json:"unknown,omitempty"`
	People   int      `json:"people_estimate"` // about how many different people; 0: no estimate
	Basis    string   `json:"people_basis,omitempty"`
	AllThose bool     `json:"bounded"` // AtMost is an upper bound: each store was counted
}

// recordsOf counts what stores hold. One asset's labels speak of the same rows, so of an asset the largest count stands; two
// assets may hold the same people, so that people are estimated by the asset with most.
func recordsOf(stores []probity.Asset) Records {
	r := Records{AllThose: true}
	for _, s := range stores {
		labels := own(s)
		if len(labels) == 0 {
			if gap := read(s); gap != "" {
				r.AllThose = false
				r.Unknown = append(r.Unknown, name(s.Ref)+": what is inside is "+gap)
			}
			continue
		}
		most, known := 0, true
		for _, l := range labels {
			n, ok := l.Sample.Total.Get()
			if !ok || isDeclared(l) {
				known = false
				continue
			}
			most = max(most, n)
			if people, basis := estimate(l, n); people > r.People {
				r.People, r.Basis = people, basis+" of "+name(s.Ref)
			}
		}
		if !known {
			r.AllThose = false
			r.Unknown = append(r.Unknown, name(s.Ref)+": nobody counted its records")
		}
		r.AtMost += most
	}
	return r
}

// estimate is about how many people a label speaks of: the different values in what was read, carried over to all.
func estimate(l probity.Label, total int) (people int, basis string) {
	switch l.Category {
	case probity.Identifier, probity.Contact:
	default:
		return 0, ""
	}
	if l.Found <= 0 || l.Sample.Read <= 0 || l.Distinct <= 0 {
		return 0, ""
	}
	share := float64(l.Found) / float64(l.Sample.Read)
	different := math.Min(1, float64(l.Distinct)/float64(l.Found))
	return int(math.Ceil(float64(total) * share * different)), "by different values (" + l.Detector + ") in " + l.On
}
