package reports

import (
	"strings"

	"github.com/probity-scan/probity"
)

// standingLine says which frameworks apply, as declared, by their IDs alone: their reasons name categories of personal data.
func standingLine(frameworks []probity.Framework) string {
	by := map[probity.Applies][]string{}
	for _, f := range frameworks {
		if f.Standing != nil {
			by[f.Standing.Applies] = append(by[f.Standing.Applies], visible(f.ID))
		}
	}
	var parts []string
	for _, x := range []struct {
		applies probity.Applies
		words   string
	}{{probity.InScope, "apply"}, {probity.OutOfScope, "not in scope as declared"}, {probity.NotSaid, "not declared (organisation in probity.yaml)"}} {
		if ids := by[x.applies]; len(ids) > 0 {
			parts = append(parts, x.words+": "+strings.Join(ids, ", "))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Laws and standards: " + strings.Join(parts, "; ")
}
