package explain

import (
	"slices"
	"strings"
)

// weakest leaves out of several ways to a violation each that asks for all that another asks for, and more.
func weakest(ways []string) []string {
	var out []string
	for i, way := range ways {
		if !slices.ContainsFunc(ways, func(other string) bool { return asksLess(other, way) }) && !slices.Contains(ways[:i], way) {
			out = append(out, way)
		}
	}
	return out
}

// asksLess reports whether all that one way asks for is part of what another asks for.
func asksLess(one, other string) bool {
	if one == other {
		return false
	}
	asked := strings.Split(other, "; ")
	for _, condition := range strings.Split(one, "; ") {
		if !slices.Contains(asked, condition) {
			return false
		}
	}
	return true
}
