package access

import (
	"cmp"
	"maps"
	"slices"
	"strings"
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

// common gives a text that both patterns match: where both leave it open, letters that few patterns mean.
func common(p, q string) (string, bool) {
	const filler = "probity"
	free := func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "*", filler), "?", "p")
	}
	switch n := min(strings.IndexAny(p+"*", "*?"), strings.IndexAny(q+"*", "*?")); {
	case p[:min(n, len(p))] != q[:min(n, len(q))]:
		return "", false
	case covers(p, q):
		return free(q), true
	case covers(q, p):
		return free(p), true
	case !overlaps(p, q):
		return "", false
	}
	// rest[i][j] says that p[i:] and q[j:] share a text: the way through is read off it.
	rest := make([][]bool, len(p)+1)
	for i := range rest {
		rest[i] = make([]bool, len(q)+1)
	}
	for i := len(p); i >= 0; i-- {
		for j := len(q); j >= 0; j-- {
			switch {
			case i == len(p) && j == len(q):
				rest[i][j] = true
			case i < len(p) && p[i] == '*' && rest[i+1][j], j < len(q) && q[j] == '*' && rest[i][j+1]:
				rest[i][j] = true
			case i < len(p) && j < len(q) && p[i] != '*' && q[j] != '*':
				rest[i][j] = (p[i] == q[j] || p[i] == '?' || q[j] == '?') && rest[i+1][j+1]
			case i < len(p) && p[i] != '*' && j < len(q): // q has a star
				rest[i][j] = rest[i+1][j]
			case j < len(q) && q[j] != '*' && i < len(p): // p has one
				rest[i][j] = rest[i][j+1]
			}
		}
	}
	return walk(p, q, rest, filler)
}

func walk(p, q string, rest [][]bool, filler string) (string, bool) {
	var out strings.Builder
	put := func(c byte) {
		if c == '?' {
			c = 'p'
		}
		out.WriteByte(c)
	}
	for i, j := 0, 0; i < len(p) || j < len(q); {
		switch ps, qs := i < len(p) && p[i] == '*', j < len(q) && q[j] == '*'; {
		case ps && qs:
			out.WriteString(filler)
			if i++; !rest[i][j] {
				i, j = i-1, j+1
			}
		case ps && rest[i+1][j]:
			i++
		case qs && rest[i][j+1]:
			j++
		case ps:
			put(q[j])
			j++
		case qs:
			put(p[i])
			i++
		default:
			if c := p[i]; c != '?' {
				put(c)
			} else {
				put(q[j])
			}
			i, j = i+1, j+1
		}
	}
	return out.String(), true
}
