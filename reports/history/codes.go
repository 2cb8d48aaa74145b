package history

import (
	"slices"

	"github.com/probity-scan/probity"
)

// code is a verdict's number in the database; 0: there is none.
func code(v probity.Verdict) int64 { return int64(slices.Index(v.Values(), string(v)) + 1) }

func verdictOf(code int64) probity.Verdict {
	if all := probity.Verdict("").Values(); code >= 1 && code <= int64(len(all)) {
		return probity.Verdict(all[code-1])
	}
	return ""
}

// rank is a severity's number in the database, 1 the worst; 0: there is none.
func rank(s probity.Severity) int64 { return int64(slices.Index(s.Values(), string(s)) + 1) }

func severityOf(rank int64) probity.Severity {
	if all := probity.Severity("").Values(); rank >= 1 && rank <= int64(len(all)) {
		return probity.Severity(all[rank-1])
	}
	return ""
}

// weight is what an outcome counts as: its worst finding that stands, how many there are, and how many of them are waived.
func weight(o probity.Outcome) (severity, findings, waived int64) {
	for _, f := range o.Findings {
		findings++
		if f.Waived() {
			waived++
			continue
		}
		if r := rank(f.Risk.Severity); r > 0 && (severity == 0 || r < severity) {
			severity = r
		}
	}
	return severity, findings, waived
}
