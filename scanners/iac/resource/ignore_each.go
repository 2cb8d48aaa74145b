package resource

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// EachIgnore gives one for each rule that a comment names: probity:ignore versioning,access-logging reason="…" until=2027-01-31.
func EachIgnore(i probity.Ignore) []probity.Ignore {
	var out []probity.Ignore
	for _, rule := range slices.Compact(slices.Sorted(strings.SplitSeq(i.Rule, ","))) {
		if rule != "" || i.Rule == "" {
			each := i
			each.Rule = rule
			out = append(out, each)
		}
	}
	return out
}
