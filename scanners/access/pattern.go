package access

import (
	"cmp"
	"maps"
	"slices"
)

// covers reports whether everything that the pattern q matches, p matches too. It may miss some, and is never wrongly true:
// the wildcards of q stand as ordinary characters, which only a star of p swallows.
func covers(p, q string) bool {
	return match(p, q, func(a, b byte) bool { return a == b || a == '?' && b != '*' })
}

// overlaps reports whether some text matches both patterns.
func overlaps(p, q string) bool {
	// ok[j] says that the part of p read so far and q[:j] share a text.
	ok := make([]bool, len(q)+1)
	ok[0] = true
	for j := range q {
		ok[j+1] = ok[j] && q[j] == '*'
	}
	for i := range p {
		next := make([]bool, len(q)+1)
		next[0] = ok[0] && p[i] == '*'
		for j := range q {
			if p[i] == '*' || q[j] == '*' {
				next[j+1] = next[j] || ok[j+1] // a star takes one more of the other side, or nothing
			} else {
				next[j+1] = ok[j] && (p[i] == q[j] || p[i] == '?' || q[j] == '?')
			}
		}
		ok = next
	}
	return ok[len(q)]
}

// match is a glob match in linear space and without recursion; a star matches any run, eq compares the rest.
func match(p, s string, eq func(p, s byte) bool) bool {
	i, j, star, back := 0, 0, -1, 0
	for j < len(s) {
		switch {
		case i < len(p) && p[i] == '*':
			star, back = i, j
			i++
		case i < len(p) && eq(p[i], s[j]):
			i++
			j++
		case star >= 0:
			back++
			i, j = star+1, back
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}

func sorted[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
