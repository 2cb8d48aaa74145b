package gate

import (
	"slices"
	"strings"
)

// Match compares a name with a pattern: * is any text, ? one character. It knows no other special characters, since
// addresses are full of brackets.
func Match(pattern, s string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return fits(pattern, s)
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(s) < len(first)+len(last) || !fits(first, s[:len(first)]) || !fits(last, s[len(s)-len(last):]) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		i := 0
		for ; i+len(p) <= len(s) && !fits(p, s[i:i+len(p)]); i++ {
		}
		if i+len(p) > len(s) {
			return false
		}
		s = s[i+len(p):]
	}
	return true
}

func fits(pattern, s string) bool {
	if len(pattern) != len(s) {
		return false
	}
	for i := range len(s) {
		if pattern[i] != '?' && pattern[i] != s[i] {
			return false
		}
	}
	return true
}

// patterns finds which of many patterns match a name without trying each: by the name itself, and by what stands before the
// first special character.
type patterns struct {
	exact   map[string][]int
	begin   map[string][]pattern
	lengths []int // of the beginnings
}

type pattern struct {
	text string
	at   int
}

func (p *patterns) add(text string, at int) {
	i := strings.IndexAny(text, "*?")
	if i < 0 {
		p.name(text, at)
		return
	}
	if p.begin == nil {
		p.begin = map[string][]pattern{}
	}
	if !slices.Contains(p.lengths, i) {
		p.lengths = append(p.lengths, i)
	}
	p.begin[text[:i]] = append(p.begin[text[:i]], pattern{text, at})
}

// name adds a name that is no pattern, whatever characters are in it.
func (p *patterns) name(text string, at int) {
	if p.exact == nil {
		p.exact = map[string][]int{}
	}
	p.exact[text] = append(p.exact[text], at)
}

// match gives the numbers of the patterns that fit the name, in order.
func (p *patterns) match(name string) []int {
	out := slices.Clone(p.exact[name])
	for _, n := range p.lengths {
		if n > len(name) {
			continue
		}
		for _, x := range p.begin[name[:n]] {
			if Match(x.text, name) {
				out = append(out, x.at)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
