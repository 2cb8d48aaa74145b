package history

import (
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// merged is one outcome for each rule. An asset whose parts could not be listed has two of a rule: its own, and that of the parts
// that nobody judged.
func merged(outcomes []probity.Outcome) []probity.Outcome {
	out := outcomes
	at := make(map[string]int, len(outcomes))
	own := false
	for i, o := range outcomes {
		j, twice := at[o.Rule]
		if !twice {
			if at[o.Rule] = i; own {
				at[o.Rule] = len(out)
				out = append(out, o)
			}
			continue
		}
		if !own {
			out, own = slices.Clone(outcomes[:i]), true
		}
		was := out[j]
		if gravity(o.Verdict) < gravity(was.Verdict) {
			out[j].Verdict = o.Verdict
		}
		out[j].Evidence = slices.Concat(was.Evidence, o.Evidence)
		out[j].Findings = slices.Concat(was.Findings, o.Findings)
	}
	return out
}

func gravity(v probity.Verdict) int {
	return slices.Index([]probity.Verdict{probity.Fail, probity.Unknown, probity.Pass, probity.NA}, v)
}

// ofParts reports whether an outcome is of parts that could not be listed, not of the asset.
func ofParts(o probity.Outcome) bool {
	return len(o.Evidence) > 0 && strings.HasPrefix(string(o.Evidence[0].Fact), "listing of ")
}
