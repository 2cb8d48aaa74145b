package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// ask keeps what the code of a split resource asks to let be, for the asset that it is a part of.
func (e *estate) ask(owner string, part *resource.Resource) {
	if len(part.Ignores) == 0 {
		return
	}
	if e.asked == nil {
		e.asked = map[string][]probity.Ignore{}
	}
	for _, i := range part.Ignores {
		if !slices.Contains(e.asked[owner], i) { // parts are joined once for each question
			e.asked[owner] = append(e.asked[owner], i)
		}
	}
}

// ignores are what the code of an asset and of its parts asks to let be.
func (e *estate) ignores(addr string) []probity.Ignore {
	if r := e.byAddr[addr]; r != nil {
		return slices.Concat(r.Ignores, e.asked[addr])
	}
	return e.asked[addr]
}
