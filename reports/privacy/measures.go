package privacy

import (
	"strconv"

	"github.com/probity-scan/probity"
)

// Measure is a measure of security over some stores: in how many it is known to hold, and in how many not.
type Measure struct {
	Measure string `json:"measure"`
	Holds   int    `json:"holds"`
	Lacks   int    `json:"lacks"`
	Unknown int    `json:"unknown"`
}

// measures are what the facts of stores tell of Art. 32; organisational measures leave no trace in a store.
func measures(stores []probity.Asset) []Measure {
	out := make([]Measure, 0, 7)
	for _, m := range []struct {
		name string
		fact func(probity.Asset) (holds, known bool)
	}{
		{"encrypted at rest", func(a probity.Asset) (bool, bool) { return a.Encryption.AtRest.Get() }},
		{"clear connections refused", func(a probity.Asset) (bool, bool) { return a.Encryption.InTransit.Get() }},
		{"not public", func(a probity.Asset) (bool, bool) { v, ok := a.Exposure.Public.Get(); return !v, ok }},
		{"backed up", func(a probity.Asset) (bool, bool) { v, ok := a.Resilience.BackupDays.Get(); return v > 0, ok }},
		{"access leaves a trace", func(a probity.Asset) (bool, bool) { return a.Audit.Access.Get() }},
		{"protected from deletion", func(a probity.Asset) (bool, bool) { return a.Resilience.DeletionProtection.Get() }},
		{"personal data pseudonymised or encrypted in the field", protected},
	} {
		x := Measure{Measure: m.name}
		for _, a := range stores {
			switch holds, known := m.fact(a); {
			case !known:
				x.Unknown++
			case holds:
				x.Holds++
			default:
				x.Lacks++
			}
		}
		out = append(out, x)
	}
	return out
}

// protected reports whether no own label of the store is in clear.
func protected(a probity.Asset) (holds, known bool) {
	labels := own(a)
	_, g := a.Labels.Value()
	holds, known = true, g == nil && len(labels) > 0
	for _, l := range labels {
		switch l.Protection {
		case probity.Clear:
			return false, true
		case probity.ProtectionUnknown:
			known = false
		}
	}
	return holds, known
}

func measureRows(ms []Measure) [][]string {
	rows := make([][]string, len(ms))
	for i, m := range ms {
		rows[i] = []string{m.Measure, strconv.Itoa(m.Holds), strconv.Itoa(m.Lacks), strconv.Itoa(m.Unknown)}
	}
	return rows
}
