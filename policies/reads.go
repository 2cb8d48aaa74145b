package policies

import (
	"context"
	"slices"

	"github.com/probity-scan/probity"
)

// Asked are the facts that the chosen rules can read, and those that a finding's risk is weighed by. Nil: all of them, as where
// nobody chose, or a rule reads assets as a whole or what they are linked with.
func (c *Corpus) Asked(ctx context.Context) ([]probity.Path, error) {
	if len(c.options.Rules)+len(c.options.Frameworks) == 0 {
		return nil, nil
	}
	k, err := newRisk()
	if err != nil {
		return nil, err
	}
	out := k.question.Below("asset")
	for _, r := range c.Rules {
		out = append(out, r.Reads...)
	}
	if slices.ContainsFunc(out, func(p probity.Path) bool { return p == "" || within(p, "links") }) {
		return nil, nil
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
