package examples

import (
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Compare says what is otherwise than expected, a line each.
func Compare(expect []Expectation, outcomes []probity.Outcome) []string {
	got := map[string]probity.Outcome{}
	for _, o := range outcomes {
		got[o.Asset.ID] = o
	}
	if len(expect) == 0 {
		return []string{"nothing is expected"}
	}
	var out []string
	for _, x := range expect {
		o, ok := got[x.Asset]
		switch {
		case !ok:
			out = append(out, fmt.Sprintf("%s: not judged; judged are %s", x.Asset, judged(outcomes)))
		case o.Verdict != x.Verdict:
			out = append(out, fmt.Sprintf("%s: got %s, want %s; %s", x.Asset, o.Verdict, x.Verdict, Evidence(o)))
		}
	}
	return out
}

func judged(outcomes []probity.Outcome) string {
	var ids []string
	for _, o := range outcomes {
		ids = append(ids, o.Asset.ID)
	}
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) == 0 {
		return "none: is its class among custom.classes?"
	}
	return strings.Join(ids, ", ")
}

// Evidence is what an outcome rests on, in a line.
func Evidence(o probity.Outcome) string {
	var parts []string
	for _, e := range o.Evidence {
		text := string(e.Fact)
		if e.Gap != nil {
			text += " (" + strings.TrimSpace(string(e.Gap.Reason)+" "+e.Gap.Because) + ")"
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return "it rests on no fact"
	}
	return "it rests on " + strings.Join(parts, "; ")
}
