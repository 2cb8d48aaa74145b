package gate

import (
	"cmp"
	"slices"

	"github.com/probity-scan/probity"
)

func sortGone(gs []probity.Gone) { slices.SortFunc(gs, inOrder) }

func sortUnseen(gs []NotSeen) {
	slices.SortFunc(gs, func(a, b NotSeen) int { return inOrder(a.Gone, b.Gone) })
}

// inOrder is the order of outcomes.
func inOrder(a, b probity.Gone) int {
	return cmp.Or(a.Asset.Compare(b.Asset), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Element, b.Element),
		cmp.Compare(a.Fingerprint, b.Fingerprint))
}
