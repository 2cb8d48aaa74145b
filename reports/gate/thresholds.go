package gate

import (
	"maps"
	"slices"

	"github.com/probity-scan/probity"
)

// None as a threshold lets every finding pass; as a limit it lets none be.
const None probity.Severity = "none"

// Thresholds say from which severity on findings fail.
type Thresholds struct {
	FailOn     probity.Severity            // empty: any
	Rules      map[string]probity.Severity // by rule or pattern, in place of FailOn: a rule's own name first, else the strictest
	Frameworks map[string]probity.Severity // besides FailOn, for the rules that give evidence for one
}

// Stricter reports whether threshold a fails on more than b.
func Stricter(a, b probity.Severity) bool {
	return a != b && a != None && b != "" && (b == None || a == "" || !a.AtLeast(b))
}

// fails reports whether a finding of this severity is at or above a threshold.
func fails(t, s probity.Severity) bool { return t != None && (t == "" || s.AtLeast(t)) }

// within reports whether a severity is not above a limit.
func within(limit, s probity.Severity) bool {
	return limit != None && (limit == "" || limit.AtLeast(s))
}

// of is the threshold of a rule.
func (t Thresholds) of(r probity.Rule, served []string) probity.Severity {
	for _, id := range append([]string{r.ID}, r.Aliases...) {
		if s, ok := t.Rules[id]; ok {
			return s
		}
	}
	out, found := None, false
	for p, s := range t.Rules {
		if called(r, p) {
			out, found = strictest(out, s), true
		}
	}
	if found {
		return out
	}
	out = t.FailOn
	for _, f := range served {
		if s, ok := t.Frameworks[f]; ok {
			out = strictest(out, s)
		}
	}
	return out
}

func strictest(a, b probity.Severity) probity.Severity {
	if Stricter(b, a) {
		return b
	}
	return a
}

// thresholds works out one severity for each rule of a scan.
func thresholds(h probity.Header, all []Thresholds) map[string]probity.Severity {
	out := map[string]probity.Severity{}
	for _, r := range h.Rules {
		if len(all) == 0 {
			continue
		}
		var served []string
		for _, f := range h.Frameworks {
			if slices.ContainsFunc(f.Controls, r.Serves) {
				served = append(served, f.ID)
			}
		}
		s := None
		for _, t := range all {
			s = strictest(s, t.of(r, served))
		}
		out[r.ID] = s
	}
	return out
}

// unserved are frameworks with a threshold that the scan knows nothing of.
func unserved(h probity.Header, all []Thresholds) []string {
	var out []string
	for _, t := range all {
		for _, id := range slices.Sorted(maps.Keys(t.Frameworks)) {
			if !slices.ContainsFunc(h.Frameworks, func(f probity.Framework) bool { return f.ID == id }) {
				out = append(out, id)
			}
		}
	}
	return slices.Compact(out)
}
